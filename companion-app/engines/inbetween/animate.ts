/** Frames of a shot with several boards, one by one. */
import { InbetweenError } from '../../../shared/problem';
import type { Shot } from '../../../shared/shot';
import type { AnimateOptions, BoardPicture, Frame } from '../engine';
import type { Warper } from '../parallax/warp/warper';
import type { Between, Inbetweener } from './between';
import { frameSpace, shownBoards, type FrameSpace } from './boards';
import { flatCamera, type Camera } from './camera';
import type { Breathe, Picture } from './morph';
import { reliefsOf, type NearMap } from './relief';
import { stillsOf, type Stills } from './stills';
import { momentsOf, type Moment } from './timing';

export interface Means {
  readonly inbetweener: Inbetweener;
  /** Started when a camera moves for the first time. */
  readonly warper: () => Warper;
}

/** See Engine.animate. */
export async function* animate(
  means: Means,
  shot: Shot,
  boards: readonly BoardPicture[],
  options: AnimateOptions,
): AsyncGenerator<Frame> {
  const { size, signal, warn } = options;
  const shown = shownBoards(boards, shot.frames);
  if (shown.length === 0) throw noBoard(shot);
  const camera = flatCamera(shot, shown, means.warper, { size, seed: options.seed, warn });
  const space = frameSpace(shown, size, shot.fit, camera.tightest);
  const moments = momentsOf(shown, shot.frames, shot.rate, shot.onTwos === true);
  const still = stillsOf(shot, shown, moments, space, options);
  const pictures = picturesOf(means.inbetweener, shown, still, space, options, shot.frames);
  const near = camera.focuses ? reliefsOf(shown, space) : undefined;
  const buffers = [0, 1].map(() => new Uint8Array(3 * size.width * size.height));
  let last: { moment: Moment; frame: number; rgb: Uint8Array } | undefined;
  try {
    for (const [index, moment] of moments.entries()) {
      signal.throwIfAborted();
      const again =
        last !== undefined &&
        last.moment.key === moment.key &&
        last.moment.part === moment.part &&
        !still.moves(moment, last.frame, index);
      const held = again && last !== undefined && camera.same(last.frame, index);
      const rgb = held && last ? last.rgb : (buffers[index % 2] ?? new Uint8Array());
      if (!held) await take(camera, { pictures, near }, moment, again, index, rgb);
      last = { moment, frame: index, rgb };
      signal.throwIfAborted();
      yield { index, width: size.width, height: size.height, rgb };
      options.progress(index + 1, shot.frames, 'drawing in-betweens');
    }
  } finally {
    await camera.strike();
  }
}

/** What a shot shows: its picture at a moment and frame, and near and far in it where focus is racked. */
interface Looks {
  readonly pictures: (moment: Moment, frame: number) => Promise<Picture>;
  readonly near: ((moment: Moment) => NearMap) | undefined;
}

async function take(
  camera: Camera,
  { pictures, near }: Looks,
  moment: Moment,
  again: boolean,
  frame: number,
  target: Uint8Array,
): Promise<void> {
  if (camera.rests) target.set((await pictures(moment, frame)).rgb);
  else {
    if (!again) await camera.load(await pictures(moment, frame), near?.(moment));
    await camera.shoot(frame, target);
  }
}

/** The picture of a moment, two boards at most in memory; good until the next is asked for. */
function picturesOf(
  inbetweener: Inbetweener,
  boards: readonly BoardPicture[],
  still: Stills,
  space: FrameSpace,
  options: AnimateOptions,
  frames: number,
): (moment: Moment, frame: number) => Promise<Picture> {
  const between = new Map<number, Between | undefined>();
  const scratch: Picture = {
    width: space.width,
    height: space.height,
    rgb: new Uint8Array(3 * space.width * space.height),
  };
  const breathe = breather(options.signal);
  return async ({ key, part }, frame) => {
    for (const old of between.keys()) if (old < key) between.delete(old);
    if (part === 0) return still.at(key, frame);
    if (!between.has(key)) {
      options.progress(boards[key]?.at ?? 0, frames, 'matching the boards');
      const left = await still.at(key, still.leaves(key));
      const prepared = await inbetweener.prepare(left, await still.at(key + 1, boards[key + 1]?.at ?? frame), breathe);
      if ('kinship' in prepared) options.warn(cutSentence(boards[key], boards[key + 1], prepared.kinship));
      between.set(key, 'kinship' in prepared ? undefined : prepared);
    }
    const way = between.get(key);
    if (!way) return still.at(key, frame);
    await way.draw(part, scratch.rgb);
    return scratch;
  };
}

/** Lets timers and messages through between the heavy steps, and ends the work when it is no longer wanted. */
function breather(signal: AbortSignal): Breathe {
  return async () => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  };
}

function cutSentence(first: BoardPicture | undefined, second: BoardPicture | undefined, kinship: number): string {
  const share = Math.round(kinship * 100);
  return `${first?.name ?? 'A board'} and ${second?.name ?? 'the next'} have too little in common (${share} % of their lines) to be drawn as one movement: they are cut.`;
}

function noBoard(shot: Shot): InbetweenError {
  return new InbetweenError({
    code: 'board-missing',
    message: `${shot.name} has no board to animate.`,
    safe: 'The other shots go on.',
    action: 'Put a still under the clip on the timeline and send the shot again.',
  });
}
