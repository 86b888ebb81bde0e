/** The example sequence as its file describes it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { parseRate, parseTimecode, type FrameRate, type Size } from '../../shared/shot';

const zBoard = z.object({ file: z.string(), frames: z.number().int().positive(), clipName: z.string().optional() });
const zShot = z.object({
  name: z.string(),
  boards: z.array(zBoard).min(1),
  /** Notes as a sequence marker over the shot. */
  marker: z.string().optional(),
  /** Notes as a marker of the board's project item. */
  itemMarker: z.string().optional(),
});
const zSequence = z.object({
  name: z.string(),
  rate: z.string(),
  dropFrame: z.boolean(),
  size: z.object({ width: z.number().int(), height: z.number().int() }),
  startTimecode: z.string(),
  audio: z.object({ file: z.string(), name: z.string(), startFrame: z.number().int(), frames: z.number().int() }),
  shots: z.array(zShot).min(1),
});

export interface ExampleShot extends Omit<z.output<typeof zShot>, 'boards'> {
  /** Frames from the sequence's zero. */
  readonly start: number;
  readonly frames: number;
  readonly boards: readonly {
    readonly path: string;
    readonly start: number;
    readonly frames: number;
    readonly clipName: string;
  }[];
}

export interface ExampleSequence {
  readonly name: string;
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  readonly size: Size;
  /** Timecode of frame 0, in frames. */
  readonly zero: number;
  readonly audio: { readonly path: string; readonly name: string; readonly start: number; readonly frames: number };
  readonly shots: readonly ExampleShot[];
}

/** Reads sequence.json; files are found beside it. Throws where the file is not what it should be. */
export async function readExample(file: string): Promise<ExampleSequence> {
  const folder = path.dirname(path.resolve(file));
  const parsed = zSequence.parse(JSON.parse(await readFile(file, 'utf8')));
  const rate = parseRate(parsed.rate);
  let at = 0;
  const shots = parsed.shots.map((shot): ExampleShot => {
    const start = at;
    const boards = shot.boards.map((board) => {
      const placed = {
        path: path.join(folder, board.file),
        start: at,
        frames: board.frames,
        clipName: board.clipName ?? path.basename(board.file),
      };
      at += board.frames;
      return placed;
    });
    return { ...shot, start, frames: at - start, boards };
  });
  return {
    name: parsed.name,
    rate,
    dropFrame: parsed.dropFrame,
    size: parsed.size,
    zero: parseTimecode(parsed.startTimecode, rate, parsed.dropFrame),
    audio: {
      path: path.join(folder, parsed.audio.file),
      name: parsed.audio.name,
      start: parsed.audio.startFrame,
      frames: parsed.audio.frames,
    },
    shots,
  };
}

/** The same sequence, each shot cut to at most so many frames and smaller pictures: for tests. */
export function shortened(sequence: ExampleSequence, most: number, size: Size): ExampleSequence {
  let at = 0;
  const shots = sequence.shots.map((shot) => {
    const start = at;
    const each = Math.max(1, Math.floor(most / shot.boards.length));
    const boards = shot.boards.map((board) => {
      const frames = Math.min(each, board.frames);
      const placed = { ...board, start: at, frames };
      at += frames;
      return placed;
    });
    return { ...shot, start, frames: at - start, boards };
  });
  return { ...sequence, size, shots, audio: { ...sequence.audio, frames: at } };
}
