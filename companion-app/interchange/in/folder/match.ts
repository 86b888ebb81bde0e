/** Which pictures belong to which row of a table. */
import { parseBoardName } from '../../../../shared/shot';
import { lastPart } from '../media/names';
import type { ShotRow } from '../table/rows';
import type { BoardPicture } from './pictures';

export const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase();
export const stem = (name: string): string => plain(name).replace(/\.[a-z0-9]{2,5}$/, '');
/** "SH010", "sh 10" and "10" name one shot. */
const code = (text: string): string =>
  plain(text)
    .replaceAll(/[\s_.-]+/g, '')
    .replace(/^(?:shot|sht|sh|cut|plan|s)(?=\d)/, '')
    .replace(/^0+(?=\d)/, '');
/** "A", "1", "panel 1" name one panel. */
function panelCode(text: string): string {
  const short = plain(text)
    .replace(/^(?:panel|board|pnl|bd|p)[\s_-]*/, '')
    .replace(/^0+(?=\d)/, '');
  return /^[a-z]$/.test(short) ? String(short.charCodeAt(0) - 96) : short;
}

/** The numbers of a name: "sc01_sh002-A" and "1/2" are 1.2. */
const numbersOf = (text: string): string =>
  (plain(text).match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, '')).join('.');

type Index = ReadonlyMap<string, readonly BoardPicture[]>;

function indexBy(pictures: readonly BoardPicture[], keys: (picture: BoardPicture) => readonly string[]): Index {
  const index = new Map<string, BoardPicture[]>();
  for (const picture of pictures)
    for (const key of new Set(keys(picture))) index.set(key, [...(index.get(key) ?? []), picture]);
  return index;
}

export interface Matched {
  readonly row: ShotRow;
  /** In natural order; empty where the row has none. */
  readonly pictures: readonly BoardPicture[];
}

/** The picture that a row's numbers name, where there is one such and no other. */
function byNumbersOf({ scene, shot, panel }: ShotRow, index: Index): readonly BoardPicture[] {
  const parts = [scene, shot, panel].filter((part) => part !== '').map(numbersOf);
  if (parts.length === 0 || parts.includes('')) return [];
  const found = index.get(parts.join('.')) ?? [];
  return found.length === 1 ? found : [];
}

/**
 * A picture goes to the rows that name its file, else to the first row of its shot and panel, of its shot alone, or of its numbers. `located`
 * are the pictures of rows whose files were searched for.
 */
export function matchRows(
  rows: readonly ShotRow[],
  pictures: readonly BoardPicture[],
  located: ReadonlyMap<ShotRow, readonly BoardPicture[]> = new Map(),
): Matched[] {
  const byFile = indexBy(pictures, ({ name }) => [plain(name), stem(name)]);
  const byShot = indexBy(pictures, ({ slate, name }) => [code(slate.shot), code(stem(name))]);
  const byNumbers = indexBy(pictures, ({ name }) => [numbersOf(stem(name))]);
  const used = new Set<BoardPicture>();
  const kept = (found: readonly BoardPicture[]): readonly BoardPicture[] => {
    for (const picture of found) used.add(picture);
    return found;
  };
  const take = (found: readonly BoardPicture[]): readonly BoardPicture[] => {
    const free = found.filter((picture) => !used.has(picture));
    return kept(free);
  };
  return rows.map((row) => {
    const named = row.file === '' ? '' : fileName(row.file);
    const searched = located.get(row);
    if (searched !== undefined) return { row, pictures: kept(searched) };
    // A picture that is named twice is shown twice.
    if (named !== '')
      return { row, pictures: kept((byFile.get(plain(named)) ?? byFile.get(stem(named)) ?? []).slice(0, 1)) };
    const shots = [
      row.shot,
      `${row.scene}${row.shot}`,
      `${row.scene}_${row.shot}`,
      parseBoardName(row.shot).shot,
    ].filter(Boolean);
    const candidates = shots.map((shot) => byShot.get(code(shot)) ?? []).find((found) => found.length > 0) ?? [];
    const numbered = byNumbersOf(row, byNumbers);
    if (row.panel === '') return { row, pictures: take(candidates.length > 0 ? candidates : numbered) };
    const wanted = panelCode(row.panel);
    const inShot = candidates.filter(({ slate }) => panelCode(slate.board) === wanted);
    const alone = row.shot === '' ? (byShot.get(code(row.panel)) ?? byFile.get(stem(row.panel)) ?? []) : [];
    const single = candidates.length === 1 && candidates[0]?.slate.board === '' ? candidates : [];
    return { row, pictures: take([...inShot, ...alone, ...single, ...numbered].slice(0, 1)) };
  });
}

/** The last part of a path or an address, without what follows a question mark. */
export const fileName = (reference: string): string => lastPart(reference.replace(/^(https?:[^?#]*)[?#].*$/i, '$1'));
