/** The pictures of one folder and what their names say. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { naturalOrder, parseBoardName, type BoardName } from '../../../../shared/shot';
import { IN_LIMITS } from '../file/limits';

export const PICTURE = /\.(?:png|jpe?g|jpe|jfif|webp|tiff?|psd|psb|gif|avif)$/i;
/** Boards in formats that cannot be decoded: they keep their place, and are told one by one when they are. */
const UNDECODED = /\.(?:bmp|dib|tga|hei[cf]|exr|dpx|hdr|jp2|j2k|jxl|pcx|pict?|pct|sgi|iff)$/i;
/** Documents of drawing programs. */
export const DRAWING = /\.(?:ai|eps|svg|kra|ora|xcf|clip|procreate|sketch|mdp|sai2?|afphoto|afdesign|fla|tvpp|csp)$/i;
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

/** What `inbetween animate` has left in a folder of its own is no storyboard. */
const isOutput = (names: readonly string[]): boolean =>
  names.includes('result.json') && names.includes('timeline.otio');

/** Files of the folders below, in natural order of their paths, written with forward slashes. */
export async function filesBelow(folder: string): Promise<string[]> {
  const out: string[] = [];
  const open = [{ place: '', depth: 0 }];
  for (let next = open.shift(); next !== undefined && out.length < IN_LIMITS.searched; next = open.shift()) {
    const { place, depth } = next;
    const entries = await readdir(path.join(folder, place), { withFileTypes: true }).catch(() => []);
    const seen = entries.filter(({ name }) => !name.startsWith('.') && name !== '__MACOSX' && name !== 'node_modules');
    if (isOutput(seen.map(({ name }) => name))) continue;
    for (const entry of seen) {
      const at = place === '' ? entry.name : `${place}/${entry.name}`;
      if (entry.isDirectory() && depth < IN_LIMITS.searchDepth) open.push({ place: at, depth: depth + 1 });
      else if (entry.isFile() || entry.isSymbolicLink()) out.push(at);
    }
  }
  return out.sort(naturalOrder);
}

/** A name without its extension, whatever its case. */
export const stem = (name: string): string => name.replace(/\.[^.]+$/, '').toLowerCase();

/** The pictures among these names; one of a format that cannot be decoded only where it has no twin that can. */
export async function picturesIn(folder: string, names: readonly string[]): Promise<BoardPicture[]> {
  const readable = new Set(names.filter((name) => PICTURE.test(name)).map(stem));
  const boards = names.filter((name) => PICTURE.test(name) || (UNDECODED.test(name) && !readable.has(stem(name))));
  const out: BoardPicture[] = [];
  for (const name of boards) out.push(await pictureAt(path.resolve(folder, name)));
  return out;
}

/** Which shot a picture belongs to; empty where it is a shot by itself. */
export const shotKey = (picture: BoardPicture): string =>
  picture.slate.board === '' ? '' : `${path.dirname(picture.path)}/${picture.slate.shot.toLowerCase()}`;
