/** A folder of boards, or one board: a table, Boords' file, an edit list or the names themselves say what belongs together. */
import path from 'node:path';
import type { FrameRate } from '../../../../shared/shot';
import type { Storyboard } from '../../storyboard';
import { empty } from '../file/refuse';
import { Warnings } from '../file/warnings';
import { withPanels } from '../sheet/cut';
import { TABLE } from '../table/cells';
import { readBoords } from './boords';
import { filesIn, pictureAt, picturesIn } from './pictures';
import { shotsOfPictures, shotsOfTable } from './shot-list';

/** One picture as a storyboard of one shot, or of the panels on it; those are written into `panels`. */
export async function readPicture(file: string, panels: string): Promise<Storyboard> {
  const picture = await pictureAt(file);
  const warnings = new Warnings();
  const shots = shotsOfPictures(await withPanels([picture], panels, warnings));
  return { name: picture.slate.shot, shots, sounds: [], warnings: warnings.list() };
}

/** A table as a storyboard: its pictures are those of its folder. Throws InbetweenError `board-missing` or `board-unreadable`. */
export async function readTable(table: string, rate: FrameRate): Promise<Storyboard> {
  const folder = path.dirname(path.resolve(table));
  const warnings = new Warnings();
  const pictures = await picturesIn(folder, await filesIn(folder));
  const shots = await shotsOfTable(table, pictures, rate, warnings);
  if (shots === null)
    throw empty(
      table,
      'has no column for shots, panels or pictures',
      'Give it a first row with headings like shot, duration, notes.',
    );
  return { name: path.basename(table).replace(TABLE, ''), shots, sounds: [], warnings: warnings.list() };
}

/**
 * The pictures of one folder (not below it) as a storyboard; panels of sheets are written into `panels`.
 * Throws InbetweenError `board-missing` when there is no picture in it.
 */
export async function readFolder(folder: string, rate: FrameRate, panels: string): Promise<Storyboard> {
  const names = await filesIn(folder);
  const pictures = await picturesIn(folder, names);
  if (names.includes('ae.json') && pictures.length > 0) return readBoords(folder, names, pictures);
  if (pictures.length === 0)
    throw empty(folder, 'holds no picture', 'Name a folder with PNG, JPEG, WebP, TIFF or PSD boards in it.');
  const name = path.basename(path.resolve(folder));
  const tables = names.filter((n) => TABLE.test(n) && !n.startsWith('~$'));
  const heard = new Warnings();
  for (const table of tables) {
    const warnings = new Warnings();
    const shots = await shotsOfTable(path.join(folder, table), pictures, rate, warnings);
    if (shots === null) {
      heard.add(`${table} is no list of shots and was not read.`);
      continue;
    }
    if (tables.length > 1) heard.add(`Of ${tables.length} tables, ${table} was read.`);
    return { name, shots, sounds: [], warnings: [...heard.list(), ...warnings.list()] };
  }
  const boards = await withPanels(pictures, panels, heard);
  return { name, shots: shotsOfPictures(boards), sounds: [], warnings: heard.list() };
}
