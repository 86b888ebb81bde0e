/** The model's own frames for one board: windows chained until there are enough, on the board's colours. */
import type { Clip, Pipeline, RunContext } from '../pipelines';
import { resize, type Rgb } from '../picture/resample';
import { networkFailed } from '../../../inference/packs';
import type { Size } from '../../../../shared/shot';
import { colourLock, type KeyBoard } from './colour-lock';
import { callFor, type Direction } from './direction';
import { normalNoise } from './noise';
import { windowsFor } from './sizes';

export interface TakeOrder {
  /** The board it begins on, and those inside it for models that take key frames, by the model's frames from 0. */
  readonly boards: readonly [KeyBoard, ...KeyBoard[]];
  /** Board that the stretch ends on, for models that take two. */
  readonly last?: Rgb | undefined;
  /** Where it may move, white; everywhere when absent. */
  readonly motion?: Rgb | undefined;
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
  const end = windows.reduce((sum, length) => sum + length - 1, 0);
  const shown = order.last ? [...order.boards, { at: end, picture: order.last }] : order.boards;
  const lock = colourLock(shown.map(({ at, picture }) => ({ at, picture: resize(picture, width, height, 'lanczos') })));
  const frames: Rgb[] = [];
  let drift = 0;
  for (const [index, length] of windows.entries()) {
    const call = callFor(
      family,
      { width, height, frames: length, steps: order.steps, fps: nature.fps },
      order.direction,
    );
    // A window begins on the last frame of the one before, or on the board that is due there.
    const start = Math.max(0, frames.length - 1);
    const image = order.boards.find(({ at }) => at === start)?.picture ?? frames[start] ?? order.boards[0].picture;
    const keys = order.boards
      .map(({ at, picture }) => ({ at: at - start, image: picture }))
      .filter(({ at }) => at > 0 && at < length);
    const lastImage = index === windows.length - 1 ? order.last : undefined;
    const subject = { image, lastImage, keys, motion: order.motion };
    const clip = await pipeline.generate(subject, call, context(order, index, windows.length));
    if (clip.frames.length === 0) throw networkFailed('The model made no frames.');
    const made = pictures(clip).map((picture, i) => lock(picture, start + i));
    drift = Math.max(drift, ...made.map((locked) => locked.drift));
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
