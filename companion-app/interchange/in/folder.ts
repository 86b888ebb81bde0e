/** A folder of boards, or one board: natural order, SH010_A / SH010_B grouped into one shot, a .txt beside a board is its note. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../../shared/problem';
import { naturalOrder, parseBoardName } from '../../../shared/shot';
import type { Storyboard, StoryboardBoard, StoryboardShot } from '../storyboard';

export const PICTURE = /\.(?:png|jpe?g|webp|tiff?|psd|gif|avif)$/i;
const NOTE_BYTES = 8_000;

async function noteBeside(file: string): Promise<string> {
  const note = file.replace(/\.[^.]+$/, '.txt');
  try {
    if ((await stat(note)).size > NOTE_BYTES) return '';
    return (await readFile(note, 'utf8')).trim();
  } catch {
    return '';
  }
}

async function readBoard(file: string): Promise<{ shot: string; board: StoryboardBoard }> {
  const name = path.basename(file);
  const slate = parseBoardName(name);
  const notes = [await noteBeside(file), slate.words].filter(Boolean).join('. ');
  return {
    shot: slate.board === '' ? '' : slate.shot.toLowerCase(),
    board: { name, path: file, layers: [], notes, action: '', dialogue: '' },
  };
}

const shotName = (name: string): string => parseBoardName(name).shot;

/** One picture as a storyboard of one shot. The file itself is looked at later, when it is decoded. */
export async function readPicture(file: string): Promise<Storyboard> {
  const { board } = await readBoard(path.resolve(file));
  return {
    name: shotName(board.name),
    shots: [{ name: shotName(board.name), boards: [board] }],
    sounds: [],
    warnings: [],
  };
}

/**
 * The pictures of one folder (not below it) as a storyboard. Hidden files are passed over.
 * Throws InbetweenError `board-missing` when there is no picture in it.
 */
export async function readFolder(folder: string): Promise<Storyboard> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter(
      (entry) => (entry.isFile() || entry.isSymbolicLink()) && PICTURE.test(entry.name) && !entry.name.startsWith('.'),
    )
    .map((entry) => entry.name)
    .sort(naturalOrder);
  if (names.length === 0) {
    throw new InbetweenError({
      code: 'board-missing',
      message: `There is no picture in ${folder}.`,
      safe: 'Nothing was written.',
      action: 'Name a folder with PNG, JPEG, WebP, TIFF or PSD boards in it.',
    });
  }
  const shots: { key: string; shot: StoryboardShot & { boards: StoryboardBoard[] } }[] = [];
  for (const name of names) {
    const { shot: key, board } = await readBoard(path.resolve(folder, name));
    const last = shots.at(-1);
    if (key !== '' && last?.key === key) last.shot.boards.push(board);
    else shots.push({ key, shot: { name: shotName(name), boards: [board] } });
  }
  return { name: path.basename(path.resolve(folder)), shots: shots.map((s) => s.shot), sounds: [], warnings: [] };
}
