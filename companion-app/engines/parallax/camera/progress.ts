/** A move's way, frame by frame, joined to its neighbours without a jump in speed. */
import type { Ease } from '../../../../shared/shot';
import { easeAt } from './ease';

/** Time over which the speeds of moves that touch pass into each other, each side of the joint; also a hard start's ramp. */
const JOINT_SECONDS = 0.2;

export interface ShotTiming {
  readonly frames: number;
  readonly fps: number;
}

/** When a move happens, and whether other moves end or begin exactly there. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly ease: Ease;
  readonly joinsBefore: boolean;
  readonly joinsAfter: boolean;
}

/**
 * Part of the move done at each frame of the shot: 0 up to `from`, 1 from `to` on (at the shot's last frame when it runs
 * to the end). Where other moves touch it the speeds are blended over the joint; where nothing does, it starts and stops
 * softly inside its own range, whatever its ease. At the shot's own ends it may begin and end at full speed.
 */
export function progressOf(span: Span, timing: ShotTiming): Float64Array {
  const last = timing.frames - 1;
  const done = new Float64Array(Math.max(0, timing.frames));
  const from = Math.max(0, span.from);
  const to = Math.min(last, span.to);
  const length = to - from;
  if (length <= 0) return last >= 0 && span.to < last ? done.fill(1, Math.max(0, Math.ceil(span.to))) : done;

  const half = Math.min(Math.round(JOINT_SECONDS * timing.fps), Math.floor(length / 3));
  const joins = { before: from > 0 && span.joinsBefore, after: to < last && span.joinsAfter };
  const least = {
    up: from > 0 && !joins.before ? half / length : 0,
    down: to < last && !joins.after ? half / length : 0,
  };
  const speed = new Float64Array(last);
  for (let f = Math.floor(from); f < to; f++) {
    speed[f] =
      easeAt(span.ease, (f + 1 - from) / length, length, least) - easeAt(span.ease, (f - from) / length, length, least);
  }
  const joined =
    half > 0 ? blended(speed, half, [...(joins.before ? [from] : []), ...(joins.after ? [to] : [])]) : speed;
  const total = joined.reduce((a, b) => a + b, 0);
  for (let f = 0; f < last; f++) done[f + 1] = (done[f] ?? 0) + (joined[f] ?? 0) / total;
  return done;
}

/** Weights of a raised cosine over 2·half+1 frames, summing to 1. */
function bell(half: number): Float64Array {
  const weights = Float64Array.from(
    { length: 2 * half + 1 },
    (_, i) => 1 + Math.cos((Math.PI * (i - half)) / (half + 1)),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / sum);
}

/** Speeds averaged with their neighbours within `half` frames of the joints, as they were elsewhere. */
function blended(speed: Float64Array, half: number, joints: readonly number[]): Float64Array {
  const weights = bell(half);
  const end = speed.length - 1;
  const near = (f: number) => joints.some((joint) => Math.abs(f + 0.5 - joint) <= half);
  return speed.map((own, f) =>
    near(f) ? weights.reduce((sum, w, i) => sum + w * (speed[Math.min(end, Math.max(0, f + i - half))] ?? 0), 0) : own,
  );
}
