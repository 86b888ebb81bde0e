/** Reads a storyboard that has come, and makes of it what the daemon shows, queues and hands to Premiere. Heavy: see main.ts. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { toProblem } from '../../../../../shared/problem';
import { readStoryboard } from '../../../../interchange/in';
import type { Storyboard } from '../../../../interchange/storyboard';
import { boardPicture, boardShape, decodeBoard } from '../../../../media';
import { BoardFiles, prepareBoards } from '../../../animate/board-files';
import { planShots, sizeForBoards, type PlannedShot } from '../../../animate/plan';
import { soundTracks } from '../../../animate/sound-tracks';
import { soundAt, timeOf } from '../../../animate/time-of';
import { filesFolder, readManifest, sourceOf } from '../manifest';
import type { Reading, ReadShot, StoryboardRead } from '../reading';
import { sequenceNames } from './sequence-names';

const SMALL = 320;
/** Pictures that Premiere imports as they are. */
const PLAIN = new Set(['.png', '.jpg', '.jpeg', '.tif', '.tiff']);

async function aspectsOf({ shots }: Storyboard): Promise<number[]> {
  const boards = shots.flatMap((shot) => shot.boards);
  const shapes = await Promise.all(boards.map(({ path: file, layers }) => boardShape(file ?? layers[0]?.path ?? '')));
  return shapes.flatMap((shape) => (shape ? [shape.width / shape.height] : []));
}

/** A board's picture under a name of its own, in a format that Premiere imports without asking. */
async function pictureFor(source: string, folder: string, stem: string): Promise<string> {
  const extension = path.extname(source).toLowerCase();
  if (PLAIN.has(extension)) {
    const file = path.join(folder, `${stem}${extension}`);
    await copyFile(source, file);
    return file;
  }
  const file = path.join(folder, `${stem}.png`);
  const { rgb, width, height } = await decodeBoard(source);
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file);
  return file;
}

class Maker {
  private n = 0;

  constructor(
    private readonly folder: string,
    private readonly files: BoardFiles,
  ) {}

  async shot(planned: PlannedShot, stems: readonly string[]): Promise<ReadShot> {
    const { draft } = planned;
    const { name, startFrame, frames, notes, action = '', dialogue = '' } = draft;
    const base = { name, startFrame, frames, notes, action, dialogue };
    const prepared = await prepareBoards(
      planned.boards.map(({ source }) => source),
      this.files,
    );
    if ('problem' in prepared) return { ...base, problem: prepared.problem, boards: [] };
    try {
      const boards: ReadShot['boards'] = [];
      for (const [i, { at, source }] of planned.boards.entries()) {
        const file = prepared.files[i];
        if (!file) continue;
        const n = this.n++;
        const picture = await pictureFor(
          file.picture,
          path.join(this.folder, 'sequence'),
          stems[i] ?? `board-${n + 1}`,
        );
        const small = path.join(this.folder, 'small', `${n}.jpg`);
        await writeFile(small, await boardPicture(picture, SMALL));
        boards.push({ n, at, name: source.name, sha256: file.sha256, file: file.path, picture, small });
      }
      const shot = {
        ...draft,
        boards: boards.map(({ at, name: board, sha256 }) => ({ at, name: board, board: sha256 })),
      };
      return { ...base, shot, boards };
    } catch (error) {
      return { ...base, problem: toProblem(error, 'board-unreadable'), boards: [] };
    }
  }
}

/** Reads what lies in a storyboard's folder. Never throws for what is wrong with the storyboard: that is the reading then. */
export async function prepare(folder: string): Promise<Reading> {
  try {
    return await read(folder);
  } catch (error) {
    return { problem: toProblem(error, 'board-unreadable') };
  }
}

async function read(folder: string): Promise<StoryboardRead> {
  const manifest = await readManifest(folder);
  if (!manifest) throw new Error('the storyboard was removed');
  const { place, named } = sourceOf(manifest.files.map((file) => file.place));
  const source = path.join(filesFolder(folder), ...place.split('/'));
  const asked = manifest.rate ? { rate: manifest.rate } : {};
  const { sheets = 'auto' } = manifest;
  // What was read otherwise before may be in a sequence already: it stays as it is.
  const into = sheets === 'auto' ? folder : path.join(folder, `sheets-${sheets}`);
  const storyboard = await readStoryboard(source, { pictures: path.join(into, 'pages'), sheets, ...asked });
  const time = timeOf(storyboard, { ...asked, dropFrame: manifest.dropFrame ?? false });
  const { rate, dropFrame, startFrame: timecodeZero } = time;
  const aspects = await aspectsOf(storyboard);
  const size = sizeForBoards(aspects, storyboard.aspect);
  const zero = timecodeZero === 0 ? {} : { timecodeZero };
  const planned = planShots(storyboard, { rate, dropFrame, size, aspects, fit: 'letterbox', ...zero });
  for (const name of ['sequence', 'small']) await mkdir(path.join(into, name), { recursive: true });
  const maker = new Maker(into, new BoardFiles(path.join(into, 'boards'), size.width / size.height));
  const names = sequenceNames(planned.map(({ draft, boards }) => ({ name: draft.name, boards: boards.length })));
  const shots: ReadShot[] = [];
  for (const [i, shot] of planned.entries()) shots.push(await maker.shot(shot, names[i]?.stems ?? []));
  const name = (named && storyboard.name) || manifest.name;
  const end = Math.max(0, ...shots.map((shot) => shot.startFrame + shot.frames));
  const heard = storyboard.sounds.map((sound) => soundAt(sound, rate));
  const sounds = soundTracks(heard, end).flatMap((onTrack, track) =>
    onTrack.map(({ inFrame = 0, ...sound }) => ({ ...sound, track, inFrame })),
  );
  return { name, rate, dropFrame, timecodeZero, size, shots, sounds, warnings: [...storyboard.warnings] };
}
