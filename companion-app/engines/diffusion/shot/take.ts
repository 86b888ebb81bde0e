/** The model's own frames for one board: windows chained until there are enough, on the board's colours. */
import type { Clip, Pipeline, RunContext } from '../pipelines';
import { resize, type Rgb } from '../picture/resample';
import { networkFailed } from '../../../inference/packs';
import type { Size } from '../../../../shared/shot';
import { colourLock } from './colour-lock';
import { callFor, type Direction } from './direction';
import { normalNoise } from './noise';
import { windowsFor } from './sizes';

export interface TakeOrder {
  readonly board: Rgb;
  /** Board that the stretch ends on, for models that take two. */
  readonly next?: Rgb | undefined;
  readonly frames: number;
  readonly size: Size;
  readonly steps: number;
  readonly direction: Direction;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Steps done of all windows' steps. */
  readonly progress: (done: number, of: number, stage: string) => void;
}

export interface NativeTake {
  /** 8-bit RGB in the model's size; the first is the model's own picture of the board. */
  readonly frames: readonly Rgb[];
  /** Widest drift of colour that was taken out, in parts of white. */
  readonly drift: number;
}

/** Makes at least `order.frames` frames. */
export async function nativeTake(pipeline: Pipeline, order: TakeOrder): Promise<NativeTake> {
  const { nature, family } = pipeline;
  const windows = windowsFor(order.frames, nature);
  const { width, height } = order.size;
  const lock = colourLock(resize(order.board, width, height, 'lanczos'));
  const frames: Rgb[] = [];
  let drift = 0;
  for (const [index, length] of windows.entries()) {
    const call = callFor(
      family,
      { width, height, frames: length, steps: order.steps, fps: nature.fps },
      order.direction,
    );
    const image = frames[frames.length - 1] ?? order.board;
    const last = index === windows.length - 1 && nature.lastImage ? order.next : undefined;
    const clip = await pipeline.generate({ image, lastImage: last }, call, context(order, index, windows.length));
    if (clip.frames.length === 0) throw networkFailed('The model made no frames.');
    const made = pictures(clip).map(lock);
    drift = Math.max(drift, ...made.map((locked) => locked.drift));
    // A window begins on the last frame of the one before.
    frames.push(...made.slice(index === 0 ? 0 : 1).map(({ picture }) => picture));
  }
  return { frames, drift };
}

function context(order: TakeOrder, index: number, windows: number): RunContext {
  return {
    noise: (name, dims) =>
      normalNoise(
        order.seed,
        `${index}/${name}`,
        dims.reduce((product, size) => product * size, 1),
      ),
    tap: (_, data) => data,
    note: () => undefined,
    signal: order.signal,
    progress: (done, of, stage) => {
      if (stage === 'denoising') order.progress(index * of + done, windows * of, 'drawing the motion');
    },
  };
}

function pictures({ width, height, frames }: Clip): Rgb[] {
  return frames.map((frame) => ({ width, height, rgb: Uint8Array.from(frame, (x) => Math.round(x * 255)) }));
}
