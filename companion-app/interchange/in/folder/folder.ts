/** A folder of boards, or one board: a table, Boords' file, an edit list or the names themselves say what belongs together. */
import path from 'node:path';
import type { FrameRate, Sheets } from '../../../../shared/shot';
import type { Storyboard } from '../../storyboard';
import { empty } from '../file/refuse';
import { Warnings } from '../file/warnings';
import { withPanels } from '../sheet/cut';
import { TABLE } from '../table/cells';
import { readBoords } from './boords';
import { withPages } from './pages';
import { DRAWING, filesBelow, filesIn, pictureAt, picturesIn, type BoardPicture } from './pictures';
import { shotsOfPictures, shotsOfTable } from './shot-list';

/** How pictures are read: `pages` is where those go that only exist inside another file. */
export interface PictureWish {
  readonly pages: string;
  readonly sheets: Sheets;
  /** What frames and timecodes in tables count. */
  readonly rate: FrameRate;
}

/** One picture as a storyboard of one shot, or of the pages and panels in it. */
export async function readPicture(file: string, { pages, sheets }: PictureWish): Promise<Storyboard> {
  const picture = await pictureAt(file);
  const warnings = new Warnings();
  const opened = await withPages([picture], pages, warnings);
  const shots = shotsOfPictures(await withPanels(opened, { folder: pages, sheets, warnings }));
  return { name: picture.slate.shot, shots, sounds: [], warnings: warnings.list() };
}

/** A table as a storyboard: its pictures are those of its folder. Throws InbetweenError `board-missing` or `board-unreadable`. */
export async function readTable(table: string, { rate, pages }: PictureWish): Promise<Storyboard> {
  const folder = path.dirname(path.resolve(table));
  const warnings = new Warnings();
  const pictures = await withPages(await boardsIn(folder, await filesIn(folder)), pages, warnings);
  const shots = await shotsOfTable(table, pictures, rate, warnings);
  if (shots === null)
    throw empty(
      table,
      'has no column for shots, panels or pictures',
      'Give it a first row with headings like shot, duration, notes.',
    );
  return { name: path.basename(table).replace(TABLE, ''), shots, sounds: [], warnings: warnings.list() };
}

/** The pictures of a folder; of those below it where it has none itself. Numbers alone are told apart by their folder's name. */
async function boardsIn(folder: string, names: readonly string[]): Promise<BoardPicture[]> {
  const own = await picturesIn(folder, names);
  if (own.length > 0) return own;
  const below = await picturesIn(folder, await filesBelow(folder));
  const folders = new Set(below.map((picture) => path.dirname(picture.path)));
  if (folders.size < 2) return below;
  return below.map((picture) => {
    const { slate } = picture;
    const shot = `${path.basename(path.dirname(picture.path))} ${slate.shot}`;
    return slate.code === 'token' ? picture : { ...picture, slate: { ...slate, shot } };
  });
}

/** Tables of other programs, which a person may take for read. */
const OTHER_TABLE = /\.(?:xls|xlsm|xlsb|ods|numbers|gsheet|docx?|odt|pages)$/i;

/** What lies beside the pictures and is not read, told. */
function tellUnread(names: readonly string[], warnings: Warnings): void {
  for (const name of names) {
    const twin = names.some((other) => other !== name && !DRAWING.test(other) && other.startsWith(stemOf(name)));
    if (DRAWING.test(name) && !twin)
      warnings.add(`${name} is a drawing program’s own file and was not read; export it as PNG.`);
    else if (OTHER_TABLE.test(name)) warnings.add(`${name} was not read; save it as CSV or XLSX.`);
    else if (/\.pdf$/i.test(name)) warnings.add(`${name} was not read: there are pictures beside it.`);
  }
}

const stemOf = (name: string): string => name.replace(/\.[^.]+$/, '.');

/**
 * The pictures of a folder as a storyboard; pages and panels of sheets are written into `pages`.
 * Throws InbetweenError `board-missing` when there is no picture in it.
 */
export async function readFolder(folder: string, { rate, pages, sheets }: PictureWish): Promise<Storyboard> {
  const names = await filesIn(folder);
  const heard = new Warnings();
  const pictures = await withPages(await boardsIn(folder, names), pages, heard);
  if (names.includes('ae.json') && pictures.length > 0) return readBoords(folder, names, pictures);
  if (pictures.length === 0)
    throw empty(folder, 'holds no picture', 'Name a folder with PNG, JPEG, WebP, TIFF or PSD boards in it.');
  tellUnread(names, heard);
  const name = path.basename(path.resolve(folder));
  const tables = names.filter((n) => TABLE.test(n) && !n.startsWith('~$'));
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
  const boards = await withPanels(pictures, { folder: pages, sheets, warnings: heard });
  return { name, shots: shotsOfPictures(boards), sounds: [], warnings: heard.list() };
}
