/** The pictures of one folder and what their names say. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { naturalOrder, parseBoardName, type BoardName } from '../../../../shared/shot';

export const PICTURE = /\.(?:png|jpe?g|webp|tiff?|psd|psb|gif|avif)$/i;
const NOTE_BYTES = 8_000;

export interface BoardPicture {
  /** File name with its extension. */
  readonly name: string;
  readonly path: string;
  readonly slate: BoardName;
  /** Words in its name and in a text file beside it. */
  readonly notes: string;
}

async function noteBeside(file: string): Promise<string> {
  const note = file.replace(/\.[^.]+$/, '.txt');
  try {
    if ((await stat(note)).size > NOTE_BYTES) return '';
    return (await readFile(note, 'utf8')).trim();
  } catch {
    return '';
  }
}

/** One picture; the file itself is looked at later, when it is decoded. */
export async function pictureAt(file: string): Promise<BoardPicture> {
  const name = path.basename(file);
  const slate = parseBoardName(name);
  const notes = [await noteBeside(file), slate.words].filter(Boolean).join('. ');
  return { name, path: path.resolve(file), slate, notes };
}

/** Plain files of a folder (not below it) in natural order; hidden ones are passed over. */
export async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort(naturalOrder);
}

/** The pictures among these names. */
export async function picturesIn(folder: string, names: readonly string[]): Promise<BoardPicture[]> {
  const out: BoardPicture[] = [];
  for (const name of names.filter((n) => PICTURE.test(n))) out.push(await pictureAt(path.resolve(folder, name)));
  return out;
}

/** Which shot a picture belongs to; empty where it is a shot by itself. */
export const shotKey = (picture: BoardPicture): string =>
  picture.slate.board === '' ? '' : picture.slate.shot.toLowerCase();
