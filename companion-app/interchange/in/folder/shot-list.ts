/** Pictures under the order, lengths and words of a table beside them. */
import path from 'node:path';
import { parseBoardName, type FrameRate } from '../../../../shared/shot';
import type { StoryboardBoard, StoryboardShot } from '../../storyboard';
import type { Warnings } from '../file/warnings';
import { MediaFinder } from '../media/finder';
import { readCells } from '../table/cells';
import { readRows, type ShotRow } from '../table/rows';
import { locate } from './locate';
import { matchRows, type Matched } from './match';
import { shotKey, type BoardPicture } from './pictures';

interface Entry {
  readonly key: string;
  readonly name: string;
  readonly board: StoryboardBoard;
}

const joined = (parts: readonly string[]): string => parts.filter(Boolean).join('. ');

function entriesOf({ row, pictures }: Matched, warnings: Warnings): Entry[] {
  const ofRow = row.shot === '' ? '' : parseBoardName(row.shot).shot;
  const name = ofRow || (pictures[0] ? pictures[0].slate.shot : row.panel || row.file || `Row ${row.line}`);
  const several = row.panel !== '' || pictures.length > 1 || pictures.some((p) => p.slate.board !== '');
  const key = several ? `${row.scene}/${name}`.toLowerCase() : '';
  if (pictures.length === 0) {
    const wanted = row.file || joined([row.shot, row.panel]) || `row ${row.line}`;
    warnings.add(`Row ${row.line} (${wanted}) has no picture: it is blank paper.`);
    return [{ key, name, board: { name: wanted, layers: [], ...wordsOf(row), ...lengthOf(row, 1) } }];
  }
  return pictures.map((picture, i) => ({
    key,
    name,
    board: {
      name: picture.name,
      path: picture.path,
      layers: [],
      ...(i === 0 ? wordsOf(row) : { notes: '', action: '', dialogue: '' }),
      ...(row.notes === '' ? { notes: picture.notes } : {}),
      ...lengthOf(row, pictures.length),
    },
  }));
}

const wordsOf = ({ notes, action, dialogue }: ShotRow) => ({ notes, action, dialogue });

const lengthOf = (row: ShotRow, among: number): { milliseconds?: number } =>
  row.milliseconds === undefined ? {} : { milliseconds: row.milliseconds / among };

/** Pictures no row speaks of follow the picture before them in natural order. */
function withLeftOver(matched: readonly Matched[], pictures: readonly BoardPicture[], warnings: Warnings): Entry[] {
  const used = new Set(matched.flatMap((m) => m.pictures));
  const entries = matched.map((m) => ({ last: m.pictures.at(-1), entries: entriesOf(m, warnings) }));
  const leading: Entry[] = [];
  let before: BoardPicture | undefined;
  for (const picture of pictures) {
    if (used.has(picture)) {
      before = picture;
      continue;
    }
    warnings.add(`${picture.name} is in no row of the table; it was kept in its place.`);
    const entry = { key: shotKey(picture), name: picture.slate.shot, board: boardOf(picture) };
    const place = before === undefined ? undefined : entries.find((e) => e.last === before);
    if (place) place.entries.push(entry);
    else leading.push(entry);
  }
  return [...leading, ...entries.flatMap((e) => e.entries)];
}

/** A picture as a board that has no table. */
export const boardOf = (picture: BoardPicture): StoryboardBoard => ({
  name: picture.name,
  path: picture.path,
  layers: [],
  notes: picture.notes,
  action: '',
  dialogue: '',
});

/** Boards that follow each other under one key are one shot. */
export function groupShots(entries: readonly Entry[]): StoryboardShot[] {
  const shots: { key: string; shot: StoryboardShot & { boards: StoryboardBoard[] } }[] = [];
  for (const { key, name, board } of entries) {
    const last = shots.at(-1);
    if (key !== '' && last?.key === key) last.shot.boards.push(board);
    else shots.push({ key, shot: { name, boards: [board] } });
  }
  return shots.map((item) => item.shot);
}

/** The shots of a table; null where the file is no shot list. Throws InbetweenError where it cannot be read at all. */
export async function shotsOfTable(
  table: string,
  pictures: readonly BoardPicture[],
  rate: FrameRate,
  warnings: Warnings,
): Promise<StoryboardShot[] | null> {
  const rows = readRows(await readCells(table), table, rate, warnings);
  if (rows === null || rows.length === 0) return null;
  const located = await locate(rows, pictures, new MediaFinder(path.dirname(path.resolve(table))));
  let matched = matchRows(rows, pictures, located);
  if (matched.every((m) => m.pictures.length === 0) && rows.length === pictures.length) {
    warnings.add(`No row of ${path.basename(table)} names a picture; rows and pictures were paired in order.`);
    matched = rows.map((row, i) => ({ row, pictures: pictures.slice(i, i + 1) }));
  }
  return groupShots(withLeftOver(matched, pictures, warnings));
}

/** Pictures alone, in natural order. */
export const shotsOfPictures = (pictures: readonly BoardPicture[]): StoryboardShot[] =>
  groupShots(pictures.map((picture) => ({ key: shotKey(picture), name: picture.slate.shot, board: boardOf(picture) })));
