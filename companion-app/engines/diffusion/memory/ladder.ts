/**
 * What to do when a window does not fit into memory: smaller and smaller ways to make it, each told. What was given up stays
 * given up for the shots that follow: what did not fit once will not fit again.
 */
import { InbetweenError } from '../../../../shared/problem';
import { saysOutOfMemory } from '../../../inference/packs';
import type { Clip, Nature, Pipeline, RunContext, Subject } from '../pipelines';

/** How a window is made. */
export interface Way {
  /** Frames are decoded one at a time, or in tiles where the family's decoder takes films. */
  readonly chunked: boolean;
  /** Networks take turns in memory. */
  readonly staged: boolean;
  /** Of the width and the height asked for. */
  readonly scale: number;
  /** Pieces a window is made in, each begun on the last frame of the one before. */
  readonly pieces: number;
}

/** The ways down from the best, in the order they are tried. */
export const WAYS: readonly (Way & { readonly told: string })[] = [
  { chunked: false, staged: false, scale: 1, pieces: 1, told: '' },
  { chunked: true, staged: false, scale: 1, pieces: 1, told: 'its frames are decoded one at a time' },
  { chunked: true, staged: true, scale: 1, pieces: 1, told: 'its networks take turns, which is slower' },
  {
    chunked: true,
    staged: true,
    scale: 0.75,
    pieces: 1,
    told: 'it is drawn at three quarters of the size and enlarged',
  },
  { chunked: true, staged: true, scale: 0.5, pieces: 1, told: 'it is drawn at half the size and enlarged' },
  { chunked: true, staged: true, scale: 0.5, pieces: 2, told: 'it is drawn in runs of half as many frames' },
  { chunked: true, staged: true, scale: 0.5, pieces: 4, told: 'it is drawn in runs of a quarter as many frames' },
];

/** What a person is told of a way. */
export function toldOf(way: number, { tile }: Pick<Nature, 'tile'>): string {
  const { chunked = false, told = '' } = WAYS[way] ?? {};
  return way === 1 && chunked && tile ? 'its pictures are decoded in tiles, a few frames at a time' : told;
}

export interface Ladder {
  readonly family: Pipeline['family'];
  readonly nature: Nature;
  /**
   * The pipeline for one shot, whose person is told of each step down.
   * @param from the way (a place in WAYS) it begins with, for what an estimate says; a worse one where memory ran out before
   */
  under(warn: (sentence: string) => void, from?: number): Pipeline;
  close(): Promise<void>;
}

/**
 * @param open opens the pack's networks, at once or to take turns; the ladder closes them
 * @throws what `open` throws
 */
export async function memoryLadder(open: (staged: boolean) => Promise<Pipeline>): Promise<Ladder> {
  let at = 0;
  let pipeline = await open(false);
  let staged = false;
  let closed = false;

  const wayAt = (index: number) => WAYS[Math.min(index, WAYS.length - 1)] ?? { ...PLAIN, told: '' };
  const prepare = async (way: Way): Promise<void> => {
    if (way.staged === staged) return;
    await pipeline.close();
    closed = true;
    pipeline = await open(way.staged);
    [staged, closed] = [way.staged, false];
  };
  const generate = async (
    subject: Subject,
    call: Readonly<Record<string, unknown>>,
    context: RunContext,
    { warn, from }: { readonly warn: (sentence: string) => void; readonly from: number },
  ): Promise<Clip> => {
    for (;;) {
      const here = Math.max(at, from);
      const way = wayAt(here);
      try {
        await prepare(way);
        return await generated(pipeline, subject, call, context, way);
      } catch (error) {
        context.signal.throwIfAborted();
        if (!ranOut(error) || here >= WAYS.length - 1) throw error;
        at = nextWay(here, call, pipeline.nature);
        warn(`There is not enough memory for this model: ${toldOf(at, pipeline.nature)}.`);
      }
    }
  };

  return {
    family: pipeline.family,
    nature: pipeline.nature,
    under: (warn, from = 0) => ({
      family: pipeline.family,
      nature: pipeline.nature,
      generate: (subject, call, context) => generate(subject, call, context, { warn, from }),
      close: () => Promise.resolve(),
    }),
    close: async () => {
      if (!closed) await pipeline.close();
      closed = true;
    },
  };
}

const PLAIN: Way = { chunked: false, staged: false, scale: 1, pieces: 1 };

/** The next way down that changes anything for this call. */
function nextWay(at: number, call: Readonly<Record<string, unknown>>, { tile }: Pick<Nature, 'tile'>): number {
  return at === 0 && !('decode_chunk_size' in call) && !tile ? 2 : at + 1;
}

/** True for every way in which memory is said to have run out. */
export function ranOut(error: unknown): boolean {
  if (error instanceof InbetweenError) return error.problem.code === 'out-of-memory';
  return error instanceof Error && saysOutOfMemory(error.message);
}

async function generated(
  pipeline: Pipeline,
  subject: Subject,
  call: Readonly<Record<string, unknown>>,
  context: RunContext,
  way: Way,
): Promise<Clip> {
  const smaller = {
    ...call,
    ...smallerSize(call, pipeline.nature, way.scale),
    ...inParts(call, way.chunked, pipeline.nature),
  };
  const asked = Number(call.num_frames);
  const lengths = piecesOf(asked, way.pieces, pipeline.nature);
  let clip: Clip | undefined;
  for (const [index, length] of lengths.entries()) {
    const last = index === lengths.length - 1;
    const start = Math.max(0, (clip?.frames.length ?? 0) - 1);
    const due = subject.keys?.find(({ at }) => clip && at === start)?.image;
    const piece = await pipeline.generate(
      {
        image: due ?? (clip ? lastPicture(clip) : subject.image),
        lastImage: last ? subject.lastImage : undefined,
        keys: subject.keys
          ?.map(({ at, image }) => ({ at: at - start, image }))
          .filter(({ at }) => at > 0 && at < length),
        motion: subject.motion,
      },
      lengths.length === 1 ? smaller : { ...smaller, num_frames: length },
      lengths.length === 1 ? context : pieceOf(context, index, lengths.length),
    );
    clip = clip ? { ...clip, frames: [...clip.frames, ...piece.frames.slice(1)] } : piece;
  }
  if (!clip) throw new RangeError('a window of no pieces');
  return lengths.length === 1 ? clip : { ...clip, frames: clip.frames.slice(0, asked) };
}

/** Noise and progress of one piece among its window's. */
function pieceOf(context: RunContext, index: number, of: number): RunContext {
  return {
    ...context,
    noise: (name, dims) => context.noise(`piece ${index}/${name}`, dims),
    progress: (done, steps, stage) => context.progress(index * steps + done, of * steps, stage),
  };
}

/** Lengths the model can make which, each after the first begun on the last frame of the one before, give at least `frames`. */
export function piecesOf(frames: number, pieces: number, nature: Pick<Nature, 'every' | 'plus'>): number[] {
  if (pieces === 1 || !Number.isInteger(frames)) return [frames];
  const wanted = Math.max(2, Math.ceil((frames - 1) / pieces) + 1);
  const length = Math.max(2, Math.ceil((wanted - nature.plus) / nature.every) * nature.every + nature.plus);
  if (length >= frames) return [frames];
  return new Array<number>(Math.ceil((frames - 1) / (length - 1))).fill(length);
}

function smallerSize(
  call: Readonly<Record<string, unknown>>,
  { multiple }: Pick<Nature, 'multiple'>,
  scale: number,
): Record<string, number> {
  if (scale === 1) return {};
  const side = (value: unknown) => Math.max(1, Math.floor((Number(value) * scale) / multiple)) * multiple;
  return { width: side(call.width), height: side(call.height) };
}

/** Families that decode in runs of frames are asked for runs of one, those that decode films for tiles. */
function inParts(
  call: Readonly<Record<string, unknown>>,
  chunked: boolean,
  { tile }: Pick<Nature, 'tile'>,
): Record<string, number> {
  if (!chunked) return {};
  if (tile) return { vae_tile: tile.cells, vae_tile_frames: tile.frames };
  return 'decode_chunk_size' in call ? { decode_chunk_size: 1 } : {};
}

function lastPicture({ width, height, frames }: Clip): Subject['image'] {
  const last = frames[frames.length - 1] ?? new Float32Array(width * height * 3);
  return { width, height, rgb: Uint8Array.from(last, (x) => Math.round(x * 255)) };
}
