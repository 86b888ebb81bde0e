/** Pictures that a table names and that lie in folders below it. */
import type { MediaFinder } from '../media/finder';
import type { ShotRow } from '../table/rows';
import { fileName, plain, stem } from './match';
import { PICTURE, pictureAt, type BoardPicture } from './pictures';

/** "a.png; b.png" is two pictures. */
function filesOf(text: string): string[] {
  const parts = text.split(/[;,|\n]/).map((part) => part.trim());
  return parts.length > 1 && parts.every((part) => PICTURE.test(part)) ? parts : [text];
}

/** The pictures of rows whose file is not one of `pictures` alone: several in a cell, or such as lie deeper. */
export async function locate(
  rows: readonly ShotRow[],
  pictures: readonly BoardPicture[],
  finder: MediaFinder,
): Promise<ReadonlyMap<ShotRow, readonly BoardPicture[]>> {
  const known = new Map(pictures.map((picture) => [picture.path, picture]));
  const named = (name: string): BoardPicture[] => {
    const whole = pictures.filter((picture) => plain(picture.name) === plain(name));
    return whole.length > 0 ? whole : pictures.filter((picture) => stem(picture.name) === stem(name));
  };
  const search = async (reference: string): Promise<BoardPicture | undefined> => {
    const beside = named(fileName(reference));
    if (beside.length === 1) return beside[0];
    const file = await finder.find(/^https?:/i.test(reference) ? fileName(reference) : reference);
    if (file === null || !PICTURE.test(file)) return beside[0];
    const found = known.get(file) ?? (await pictureAt(file));
    known.set(file, found);
    return found;
  };
  const out = new Map<ShotRow, readonly BoardPicture[]>();
  for (const row of rows.filter(({ file }) => file !== '')) {
    const files = filesOf(row.file);
    if (files.length === 1 && named(fileName(row.file)).length === 1) continue;
    const found: BoardPicture[] = [];
    for (const file of files) found.push(...[await search(file)].filter((picture) => picture !== undefined));
    if (found.length > 0) out.set(row, found);
  }
  return out;
}
