/** The camera's way through a clip, measured from its pictures. */
import type { Look } from '../look/look';
import { fit } from './fit';
import { pyramid, type Level } from './pyramid';
import { STILL, inverse, motionOf, then, type Similarity } from './similarity';

/** The motion of the whole picture since the first frame, at the frames that were kept. */
export interface MeasuredWay {
  readonly frames: readonly number[];
  /** From frame 0 to this one. */
  readonly since: ReadonlyMap<number, Similarity>;
}

/** Two frames that differ by less than this (levels, on average) show the same. */
const SAME = 0.01;
/** A picture with less contrast than this (levels) shows no motion: nothing is known, nothing is assumed. */
const BLANK = 1.5;

/** Follows the picture from each kept frame to the next. */
export function measuredWay(look: Look): MeasuredWay {
  const frames = [...look.lumas.keys()].sort((a, b) => a - b);
  const since = new Map<number, Similarity>();
  let total = STILL;
  let step = STILL;
  let before: { frame: number; levels: Level[] } | undefined;
  for (const frame of frames) {
    const luma = look.lumas.get(frame);
    if (!luma) continue;
    const levels = pyramid(luma);
    if (before) {
      const plain = Math.min(look.numbers[frame]?.deviation ?? 0, look.numbers[before.frame]?.deviation ?? 0) < BLANK;
      const found =
        !plain && changed(look, before.frame, frame) ? fit(before.levels, levels, [step]).similarity : STILL;
      step = isJump(found, frame - before.frame) ? STILL : found;
      total = then(total, step);
    }
    since.set(frame, total);
    before = { frame, levels };
  }
  return { frames, since };
}

/** No camera gets so far in one frame: a cut to another drawing, some part of which happens to lie on this one. */
const JUMP = { growth: 0.35, turn: 0.35, shift: 0.6 };

function isJump(step: Similarity, frames: number): boolean {
  const { growth, turn, x, y } = motionOf(step);
  return (
    Math.abs(growth) > frames * JUMP.growth ||
    Math.abs(turn) > frames * JUMP.turn ||
    Math.hypot(x, y) > frames * JUMP.shift
  );
}

function changed({ numbers }: Look, from: number, to: number): boolean {
  for (let frame = from + 1; frame <= to; frame += 1) if ((numbers[frame]?.change ?? 0) > SAME) return true;
  return false;
}

/** The motion between two frames: at the kept frames nearest to them. */
export function wayBetween(way: MeasuredWay, from: number, to: number): Similarity {
  return then(inverse(at(way, from)), at(way, to));
}

function at({ frames, since }: MeasuredWay, frame: number): Similarity {
  let nearest = frames[0] ?? 0;
  for (const each of frames) if (Math.abs(each - frame) < Math.abs(nearest - frame)) nearest = each;
  return since.get(nearest) ?? STILL;
}
