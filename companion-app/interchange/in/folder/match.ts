/** Which pictures belong to which row of a table. */
import { parseBoardName } from '../../../../shared/shot';
import { lastPart } from '../media/names';
import type { ShotRow } from '../table/rows';
import type { BoardPicture } from './pictures';

const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase();
const stem = (name: string): string => plain(name).replace(/\.[a-z0-9]{2,5}$/, '');
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

/** Each picture goes to the first row that names it: by file, else by shot and panel, else by shot alone. */
export function matchRows(rows: readonly ShotRow[], pictures: readonly BoardPicture[]): Matched[] {
  const byFile = indexBy(pictures, ({ name }) => [plain(name), stem(name)]);
  const byShot = indexBy(pictures, ({ slate, name }) => [code(slate.shot), code(stem(name))]);
  const used = new Set<BoardPicture>();
  const take = (found: readonly BoardPicture[]): BoardPicture[] => {
    const free = found.filter((picture) => !used.has(picture));
    for (const picture of free) used.add(picture);
    return free;
  };
  return rows.map((row) => {
    const named = row.file === '' ? '' : lastPart(row.file);
    if (named !== '')
      return { row, pictures: take((byFile.get(plain(named)) ?? byFile.get(stem(named)) ?? []).slice(0, 1)) };
    const shots = [
      row.shot,
      `${row.scene}${row.shot}`,
      `${row.scene}_${row.shot}`,
      parseBoardName(row.shot).shot,
    ].filter(Boolean);
    const candidates = shots.map((shot) => byShot.get(code(shot)) ?? []).find((found) => found.length > 0) ?? [];
    if (row.panel === '') return { row, pictures: take(candidates) };
    const wanted = panelCode(row.panel);
    const inShot = candidates.filter(({ slate }) => panelCode(slate.board) === wanted);
    const alone = row.shot === '' ? (byShot.get(code(row.panel)) ?? byFile.get(stem(row.panel)) ?? []) : [];
    const single = candidates.length === 1 && candidates[0]?.slate.board === '' ? candidates : [];
    return { row, pictures: take([...inShot, ...alone, ...single].slice(0, 1)) };
  });
}
