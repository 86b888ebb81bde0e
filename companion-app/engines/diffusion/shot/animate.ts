/** Frames of a shot, one by one: the model's motion, retimed, begun on the board itself, under the shot's camera. */
import { InbetweenError } from '../../../../shared/problem';
import type { Shot } from '../../../../shared/shot';
import type { AnimateOptions, BoardPicture, Frame } from '../../engine';
import { frameSpace, layBoard, shownBoards, type FrameSpace } from '../../inbetween/boards';
import type { Camera } from '../../inbetween/camera';
import { resize, type Rgb } from '../picture/resample';
import type { Pipeline } from '../pipelines';
import { boardRest } from './colour-lock';
import { directionOf } from './direction';
import { frameToBoard, masked, motionMask } from './regions';
import { framesNeeded, modelSize, placeOf } from './sizes';
import { nativeTake } from './take';

export interface Means {
  readonly pipeline: Pipeline;
  /** The shot's camera over flat pictures; the boards in order, the first at frame 0. */
  readonly camera: (shot: Shot, shown: readonly BoardPicture[]) => Camera;
  /** A line for every prompt of the sequence. */
  readonly style?: string | undefined;
  /** Steps of a run; the model's own number when absent. */
  readonly steps?: number | undefined;
}

/** A preview takes this part of the steps and of the pixels. */
const PREVIEW_STEPS = 1 / 3;
const PREVIEW_PIXELS = 1 / 4;
/** Fewest steps of a preview. */
const LEAST_STEPS = 4;
/** Seconds over which the board's own detail gives way to the model's. */
const HANDOVER = 0.5;
/** Drift of colour worth telling, in parts of white. */
const TOLD_DRIFT = 0.04;

/** See Engine.animate. */
export async function* animate(
  means: Means,
  shot: Shot,
  boards: readonly BoardPicture[],
  options: AnimateOptions,
): AsyncGenerator<Frame> {
  const { size, signal } = options;
  const shown = shownBoards(boards, shot.frames);
  if (shown.length === 0) throw noBoard(shot);
  const camera = means.camera(shot, shown);
  const space = frameSpace(shown, size, shot.fit, camera.tightest);
  const target = new Uint8Array(3 * size.width * size.height);
  try {
    for (const [index, board] of shown.entries()) {
      const end = shown[index + 1]?.at ?? shot.frames;
      const pictures = await stretch(means, shot, { board, next: shown[index + 1], end, space }, options);
      for (let frame = board.at; frame < end; frame++) {
        signal.throwIfAborted();
        const picture = pictures(frame - board.at);
        if (camera.rests) target.set(picture.rgb);
        else {
          await camera.load(picture);
          await camera.shoot(frame, target);
        }
        yield { index: frame, width: size.width, height: size.height, rgb: target };
        options.progress(frame + 1, shot.frames, 'moving the camera');
      }
    }
  } finally {
    await camera.strike();
  }
}

interface Stretch {
  readonly board: BoardPicture;
  readonly next: BoardPicture | undefined;
  /** Frame of the shot after the last one of this board. */
  readonly end: number;
  readonly space: FrameSpace;
}

/** Pictures of one board's stretch by their place in it; the first is the board itself. */
async function stretch(
  means: Means,
  shot: Shot,
  { board, next, end, space }: Stretch,
  options: AnimateOptions,
): Promise<(index: number) => Rgb> {
  const { pipeline } = means;
  const { nature } = pipeline;
  const length = end - board.at;
  const laid = layBoard(board, space);
  if (length === 1) return () => laid;
  const preview = options.quality === 'preview';
  const steps = means.steps ?? nature.steps;
  const take = await nativeTake(pipeline, {
    board: laid,
    next: next && nature.lastImage ? layBoard(next, space) : undefined,
    frames: framesNeeded(length, shot.rate, nature.fps),
    size: modelSize(options.size, nature, preview ? PREVIEW_PIXELS : 1),
    steps: preview ? Math.min(steps, Math.max(LEAST_STEPS, Math.round(steps * PREVIEW_STEPS))) : steps,
    direction: directionOf(shot, means.style),
    seed: options.seed,
    signal: options.signal,
    progress: options.progress,
  });
  if (take.drift > TOLD_DRIFT) {
    options.warn(`The model's colours drifted by up to ${Math.round(take.drift * 100)} %; they were brought back.`);
  }
  const regions = (shot.regions ?? []).filter((region) => region.from < end && region.to > board.at);
  const mask = motionMask(regions, space, frameToBoard(space.size, board, shot.fit));
  const grown = grower(take.frames, space);
  const finish = boardRest(laid, grown(0));
  const handover = (HANDOVER * shot.rate.num) / shot.rate.den;
  return (index) => {
    if (index === 0) return laid;
    const { whole, part } = placeOf(index, shot.rate, nature.fps);
    const between = part === 0 ? grown(whole) : mixed(grown(whole), grown(whole + 1), part);
    return masked(laid, finish(between, 1 - index / handover), mask);
  };
}

/** The model's frames in the clip's size; the last two stay in memory. */
function grower(frames: readonly Rgb[], { width, height }: FrameSpace): (index: number) => Rgb {
  const kept = new Map<number, Rgb>();
  return (asked) => {
    const index = Math.min(asked, frames.length - 1);
    const source = frames[index];
    if (!source) throw new RangeError(`no frame ${index}`);
    const known = kept.get(index) ?? resize(source, width, height, 'bicubic');
    kept.set(index, known);
    for (const old of kept.keys()) if (old < index - 1) kept.delete(old);
    return known;
  };
}

/** Two pictures over each other, `part` of the second. */
function mixed(a: Rgb, b: Rgb, part: number): Rgb {
  return { ...a, rgb: a.rgb.map((value, i) => Math.round(value + part * ((b.rgb[i] ?? 0) - value))) };
}

function noBoard(shot: Shot): InbetweenError {
  return new InbetweenError({
    code: 'board-missing',
    message: `${shot.name} has no board to animate.`,
    safe: 'The other shots go on.',
    action: 'Put a still under the clip on the timeline and send the shot again.',
  });
}
