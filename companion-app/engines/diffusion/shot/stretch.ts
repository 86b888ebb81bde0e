/** One stretch of a shot: pictures for each of its frames, from the model's own, retimed, exact on its boards. */
import type { Shot } from '../../../../shared/shot';
import type { AnimateOptions, BoardPicture } from '../../engine';
import { layBoard, type FrameSpace } from '../../inbetween/boards';
import type { Camera } from '../../inbetween/camera';
import { resize, type Rgb } from '../picture/resample';
import type { Nature, Pipeline } from '../pipelines';
import { boardRest } from './colour-lock';
import { directionOf } from './direction';
import { frameToBoard, masked, motionMask } from './regions';
import type { Between } from './retime';
import { framesNeeded, modelSize, pacedPlace, placeOf, type Place } from './sizes';
import { nativeTake } from './take';

export interface Means {
  readonly pipeline: Pipeline;
  /** The shot's camera over flat pictures; the boards in order, the first at frame 0. */
  readonly camera: (shot: Shot, shown: readonly BoardPicture[]) => Camera;
  /** Steps of a run; the model's own number when absent. */
  readonly steps?: number | undefined;
  /** Draws the picture between two of the model's frames. */
  readonly between: Between;
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

export interface Boards {
  /** The board it begins on, and those inside it. */
  readonly boards: readonly [BoardPicture, ...BoardPicture[]];
  /** The board shown after it. */
  readonly next: BoardPicture | undefined;
  /** Frame of the shot after its last one. */
  readonly end: number;
}

/** A shot's stretches: all of it at once for models that take key frames, else one a board. */
export function stretches(
  shown: readonly BoardPicture[],
  frames: number,
  { keyFrames = false }: Pick<Nature, 'keyFrames'>,
): Boards[] {
  const [first, ...more] = shown;
  if (!first) return [];
  if (keyFrames) return [{ boards: [first, ...more], next: undefined, end: frames }];
  return shown.map((board, i) => ({ boards: [board], next: shown[i + 1], end: shown[i + 1]?.at ?? frames }));
}

/** Pictures of one stretch by their place in it; at its boards' places they are the boards themselves. */
export async function stretch(
  means: Means,
  shot: Shot,
  { boards, next, end, space }: Boards & { readonly space: FrameSpace },
  options: AnimateOptions,
): Promise<(index: number) => Promise<Rgb>> {
  const { pipeline } = means;
  const { nature } = pipeline;
  const [board] = boards;
  const length = end - board.at;
  const laid = boards.map((each) => ({ at: each.at - board.at, picture: layBoard(each, space) }));
  const [opening = { at: 0, picture: layBoard(board, space) }] = laid;
  if (length === 1) return () => Promise.resolve(opening.picture);
  const preview = options.quality === 'preview';
  const steps = means.steps ?? nature.steps;
  const regions = (shot.regions ?? []).filter((region) => region.from < end && region.to > board.at);
  const mask = motionMask(regions, space, frameToBoard(space.size, board, shot.fit), board.masks);
  // A model that is given the next board arrives there when that board's own stretch begins.
  const last = next && nature.lastImage ? layBoard(next, space) : undefined;
  const keyed = laid.slice(1).map(({ at, picture }) => ({ at: nearest(placeOf(at, shot.rate, nature.fps)), picture }));
  const take = await nativeTake(pipeline, {
    boards: [opening, ...keyed],
    last,
    motion: mask && { width: space.width, height: space.height, rgb: mask },
    frames: framesNeeded(last ? length + 1 : length, shot.rate, nature.fps),
    size: modelSize(options.size, nature, preview ? PREVIEW_PIXELS : 1),
    steps: preview ? Math.min(steps, Math.max(LEAST_STEPS, Math.round(steps * PREVIEW_STEPS))) : steps,
    direction: directionOf(shot, options.lines),
    seed: options.seed,
    signal: options.signal,
    progress: options.progress,
  });
  if (take.drift > TOLD_DRIFT) {
    options.warn(`The model's colours drifted by up to ${Math.round(take.drift * 100)} %; they were brought back.`);
  }
  const place = (index: number): Place =>
    last ? pacedPlace(index, length, take.frames.length - 1) : placeOf(index, shot.rate, nature.fps);
  const grown = grower(take.frames, space, means.between);
  const ends = last ? [...laid, { at: length, picture: last }] : laid;
  const finish = await finisher(ends, (at) => grown(place(at)), (HANDOVER * shot.rate.num) / shot.rate.den);
  const still = boardAt(laid);
  return async (index) => {
    const key = laid.find(({ at }) => at === index);
    if (key) return key.picture;
    return masked(still(index), finish(await grown(place(index)), index), mask);
  };
}

const nearest = ({ whole, part }: Place): number => whole + (part < 0.5 ? 0 : 1);

interface Laid {
  readonly at: number;
  readonly picture: Rgb;
}

/** The board that stands where nothing may move. */
function boardAt(laid: readonly Laid[]): (index: number) => Rgb {
  return (index) => {
    const shown = laid.filter(({ at }) => at <= index).at(-1) ?? laid[0];
    if (!shown) throw new RangeError('a stretch without a board');
    return shown.picture;
  };
}

/** Gives frames near a board what the model's own picture of it lacks; between two boards neither reaches past the middle. */
async function finisher(
  laid: readonly Laid[],
  modelAt: (index: number) => Promise<Rgb>,
  handover: number,
): Promise<(picture: Rgb, index: number) => Rgb> {
  const keys: { at: number; reach: number; give: ReturnType<typeof boardRest> }[] = [];
  for (const [i, { at, picture }] of laid.entries()) {
    const gaps = [laid[i - 1], laid[i + 1]].flatMap((other) => (other ? [Math.abs(other.at - at) / 2] : []));
    keys.push({ at, reach: Math.min(handover, ...gaps), give: boardRest(picture, await modelAt(at)) });
  }
  return (picture, index) => {
    const near = keys.find(({ at, reach }) => Math.abs(index - at) < reach);
    return near ? near.give(picture, 1 - Math.abs(index - near.at) / near.reach) : picture;
  };
}

/** The model's frames, and pictures between them, in the clip's size; the last two stay in memory. */
function grower(
  frames: readonly Rgb[],
  { width, height }: FrameSpace,
  between: Between,
): (place: Place) => Promise<Rgb> {
  const kept = new Map<number, Rgb>();
  const native = (asked: number): Rgb => {
    const source = frames[Math.min(asked, frames.length - 1)];
    if (!source) throw new RangeError(`no frame ${asked}`);
    return source;
  };
  return async ({ whole, part }) => {
    const at = whole + part;
    const known = kept.get(at);
    if (known) return known;
    const picture = part === 0 ? native(whole) : await between(native(whole), native(whole + 1), part);
    const grown = resize(picture, width, height, 'bicubic');
    kept.set(at, grown);
    for (const old of kept.keys()) if (old < at - 1) kept.delete(old);
    return grown;
  };
}
