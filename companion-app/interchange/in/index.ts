/** Storyboards in: whatever a person points at. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../../shared/problem';
import { naturalOrder, RATES, type FrameRate, type Sheets } from '../../../shared/shot';
import type { Storyboard } from '../storyboard';
import { combined } from './combine';
import { readFolder, readPicture, readTable, type PictureWish } from './folder/folder';
import { filesBelow, filesIn, PICTURE } from './folder/pictures';
import { readPdf } from './pdf/pdf';
import { readStoryboarder } from './storyboarder/storyboarder';
import { TABLE } from './table/cells';
import { readTimeline, TIMELINE } from './timeline';
import { storyboardOfTimeline } from './timeline/boards/storyboard';

export {
  readTimeline,
  TIMELINE,
  type ReadClip,
  type ReadTimeline,
  type ReadTrack,
  type TimelineWish,
} from './timeline';

export interface ReadWish {
  /** Folder for pictures that only exist inside another file (pages of a PDF, panels of a scanned sheet); made when it is needed. */
  readonly pictures: string;
  /** What frames and timecodes count where the file does not say (tables, edit lists). */
  readonly rate?: FrameRate;
  /** Whether scanned sheets become a board a panel; `auto` where absent. */
  readonly sheets?: Sheets;
}

const ofPictures = ({ pictures, rate, sheets }: ReadWish): PictureWish => ({
  pages: pictures,
  rate: rate ?? RATES['24'],
  sheets: sheets ?? 'auto',
});

const PROJECT = /\.storyboarder$/i;
const PDF = /\.pdf$/i;

/** Storyboarder's projects among the names of a folder, the one that is read first. What we write beside "film" is "film (edit)". */
export function projectsIn(names: readonly string[]): string[] {
  const stem = (name: string): string => name.replace(PROJECT, '');
  return names.filter((name) => PROJECT.test(name)).sort((a, b) => naturalOrder(stem(a), stem(b)));
}

/** Files of other programs, and what to export there instead. */
const OTHERS: readonly (readonly [RegExp, string, string])[] = [
  [/\.sboard$/i, 'a Storyboard Pro project', 'Export it there as Final Cut Pro XML with bitmaps, and name that file.'],
  [/\.aaf$/i, 'an AAF', 'Export OTIO or Final Cut Pro XML instead.'],
  [/\.prproj$/i, 'a Premiere project', 'Export the sequence there as Final Cut Pro XML or OTIO.'],
  [/\.(?:drp|drt)$/i, 'a Resolve project', 'Export the timeline there as OTIO, FCP 7 XML or FCPXML.'],
  [/\.otioz$/i, 'a packed OTIO', 'Unpack it with any zip program and name content.otio.'],
  [/\.(?:fdx|fountain)$/i, 'a script without pictures', 'Name the storyboard drawn for it.'],
];

function notReadable(source: string): InbetweenError {
  const other = OTHERS.find(([fits]) => fits.test(source));
  const name = path.basename(source);
  return new InbetweenError({
    code: 'board-unreadable',
    message: other
      ? `${name} is ${other[1]}, which cannot be read.`
      : `${name} is neither a picture nor a storyboard that can be read.`,
    safe: 'Nothing was written.',
    action:
      other?.[2] ??
      'Name a picture, a folder of pictures, a PDF, a .storyboarder file, a CSV or XLSX beside pictures, or an OTIO, XML or EDL.',
  });
}

/** A folder that is somebody's project is read as that project; everything else by its pictures. */
async function readDirectory(folder: string, wish: ReadWish): Promise<Storyboard> {
  if (/\.(?:fcpxmld|otiod)$/i.test(folder)) return fromTimeline(folder, wish);
  const names = await filesIn(folder);
  const projects = projectsIn(names);
  const [project] = projects;
  if (project !== undefined) {
    const read = await readProject(path.join(folder, project));
    const others = projects.length > 1 ? [`Of ${projects.length} projects in the folder, ${project} was read.`] : [];
    return { ...read, warnings: [...others, ...read.warnings] };
  }
  // timeline.* are our own results.
  const cuts = names.filter((name) => TIMELINE.test(name) && !/^timeline\./i.test(name));
  const [cut] = cuts;
  const hasTable = names.some((name) => TABLE.test(name)) || names.includes('ae.json');
  if (cut !== undefined && cuts.length === 1 && !hasTable) {
    const read = await fromTimeline(path.join(folder, cut), wish);
    return { ...read, warnings: [`Order and lengths are those of ${cut}.`, ...read.warnings] };
  }
  if (names.some((name) => PICTURE.test(name))) return readFolder(folder, ofPictures(wish));
  if (hasTable) return readFolder(folder, ofPictures(wish));
  const documents = names.filter((name) => PDF.test(name));
  if (documents.length > 0)
    return combined(folder, documents, (name, i) => {
      const pages = documents.length === 1 ? wish.pictures : path.join(wish.pictures, String(i + 1));
      return readPdf(path.join(folder, name), pages, wish.sheets);
    });
  return (await readScenes(folder, folder)) ?? readFolder(folder, ofPictures(wish));
}

/** A project's scenes, each in a folder of its own below `place`; null where there are none. */
async function readScenes(folder: string, place: string): Promise<Storyboard | null> {
  const scenes = (await filesBelow(place)).filter((name) => PROJECT.test(name));
  return scenes.length === 0 ? null : combined(folder, scenes, (name) => readStoryboarder(path.join(place, name)));
}

/** A project of one scene, or the file of one whose scenes lie in folders of their own. */
async function readProject(file: string): Promise<Storyboard> {
  try {
    return await readStoryboarder(file);
  } catch (error) {
    const folder = path.dirname(file);
    const scenes = await readScenes(folder, path.join(folder, 'storyboards'));
    if (scenes === null) throw error;
    return scenes;
  }
}

async function fromTimeline(file: string, wish: ReadWish): Promise<Storyboard> {
  return storyboardOfTimeline(await readTimeline(file, wish.rate ? { rate: wish.rate } : {}), file);
}

/**
 * Reads a picture, a folder of pictures with or without a table, a Storyboarder project, a PDF, or a timeline.
 * Throws InbetweenError `board-missing`, `board-unreadable` or `board-too-large`.
 */
export async function readStoryboard(source: string, wish: ReadWish): Promise<Storyboard> {
  const info = await stat(source).catch(() => null);
  if (info === null) {
    throw new InbetweenError({
      code: 'board-missing',
      message: `There is no ${source}.`,
      safe: 'Nothing was written.',
      action: 'Check the path and try again.',
    });
  }
  if (info.isDirectory()) return readDirectory(source, wish);
  if (PROJECT.test(source)) return readProject(source);
  if (PICTURE.test(source)) return readPicture(source, ofPictures(wish));
  if (PDF.test(source)) return readPdf(source, wish.pictures, wish.sheets);
  if (TABLE.test(source)) return readTable(source, ofPictures(wish));
  if (TIMELINE.test(source)) return fromTimeline(source, wish);
  throw notReadable(source);
}
