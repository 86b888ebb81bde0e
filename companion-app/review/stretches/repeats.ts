/** Stretches that stand still though a move was asked for, and stretches that come again. */
import type { CameraMove, Shot } from '../../../shared/shot';
import { fact, scored, type Check, type FrameRange } from '../check';
import { visible } from '../expectations';
import type { Look } from '../look/look';
import { THRESHOLDS } from '../thresholds';
import { framesIn, named, runs } from './ranges';

/** Taken out of the global object once: in the innermost loops looking it up would cost more than the sum itself. */
const { abs, max } = Math;

/** Ease parts of a move in which next to nothing moves. */
const EASED: Readonly<Record<CameraMove['ease'], readonly [number, number]>> = {
  linear: [0.06, 0.06],
  snap: [0.06, 0.06],
  'ease-in': [0.25, 0.06],
  'ease-out': [0.06, 0.25],
  'ease-in-out': [0.2, 0.2],
};
/** A shake decays: only its beginning has to be seen. */
const SHAKE_SEEN = 0.5;

/** The stretches in which something has to move from frame to frame. */
export function movingStretches(shot: Shot): FrameRange[] {
  const keys = [...(shot.framing ?? [])].sort((a, b) => a.frame - b.frame);
  if (keys.length > 0) {
    return keys.slice(1).flatMap((key, i) => {
      const before = keys[i];
      if (!before) return [];
      const same =
        before.scale === key.scale &&
        before.roll === key.roll &&
        before.center.x === key.center.x &&
        before.center.y === key.center.y;
      return same ? [] : [trimmed(before.frame, key.frame, 'ease-in-out', shot.frames)];
    });
  }
  return (shot.moves ?? []).filter(visible).map((move) => {
    const to = move.kind === 'shake' ? move.from + SHAKE_SEEN * (move.to - move.from) : move.to;
    return trimmed(move.from, to, move.ease, shot.frames);
  });
}

function trimmed(from: number, to: number, ease: CameraMove['ease'], frames: number): FrameRange {
  const [start, end] = EASED[ease];
  const length = to - from;
  return [Math.max(0, Math.ceil(from + start * length)), Math.min(frames, Math.floor(to - end * length))];
}

/** Null when no move is asked for that could be seen. */
export function frozenCheck({ numbers }: Look, shot: Shot, boardDeviation: number): Check | null {
  const stretches = movingStretches(shot).filter(([from, to]) => to - from >= 2);
  if (stretches.length === 0) return null;
  if (boardDeviation < THRESHOLDS.blankDeviation)
    return fact('frozen', true, 'The board is blank: no move can show on it.');
  const changes = numbers.slice(1).map(({ change }) => change);
  const usual = [...changes].sort((a, b) => a - b)[changes.length >> 1] ?? 0;
  const same = Math.max(THRESHOLDS.sameFrame, THRESHOLDS.sameFramePart * usual);
  const fps = shot.rate.num / shot.rate.den;
  const long = Math.max(THRESHOLDS.frozenFrames, Math.ceil(THRESHOLDS.frozenSeconds * fps));
  const inMove = (frame: number): boolean => stretches.some(([from, to]) => frame > from && frame < to);
  const whole = framesIn(stretches);
  const least = Math.min(long, Math.max(shot.onTwos === true ? 2 : 1, Math.floor(whole / 2)));
  const still = (frame: number): boolean => frame > 0 && inMove(frame) && (numbers[frame]?.change ?? 0) <= same;
  const stood = runs(numbers.length, still, least);
  if (stood.length === 0) return fact('frozen', true, 'Every move goes on without a stop.', []);
  const score = 1 - Math.min(1, framesIn(stood) / Math.max(1, whole));
  return scored(
    'frozen',
    Math.min(0.49, score),
    0.5,
    `A move was asked for, but nothing moves: ${named(stood)}.`,
    stood,
  );
}

/** A stretch that is shown twice or more in a row. */
export function loopCheck({ numbers }: Look, shot: Shot): Check {
  const fps = shot.rate.num / shot.rate.den;
  const most = Math.min(Math.floor(numbers.length / 2), Math.ceil(THRESHOLDS.loopSeconds * fps));
  const found: { period: number; range: FrameRange }[] = [];
  for (let period = 3; period <= most; period += 1) {
    const again = runs(numbers.length - period, comesAgain(numbers, period), period);
    for (const [from, to] of again) found.push({ period, range: [from + period, to + period] });
  }
  const first = found[0];
  if (!first) return fact('loop', true, 'No stretch is repeated.', []);
  const score = Math.min(0.49, 1 - framesIn([first.range]) / numbers.length);
  const detail = `The same ${first.period} frames come again and again: ${named([first.range])}.`;
  return scored('loop', score, 0.5, detail, [first.range]);
}

/**
 * For each frame: whether it looks like the one a period later, in a stretch of a period within which the picture changes. An eased move
 * hardly changes at its ends, so the most that it does within the period counts.
 */
function comesAgain(numbers: Look['numbers'], period: number): (frame: number) => boolean {
  const far = numbers.map((_, frame) => farthest(numbers, frame, period));
  return (frame) => {
    const [here, later] = [numbers[frame], numbers[frame + period]];
    if (!here || !later || abs(here.mean - later.mean) > THRESHOLDS.loopChange) return false;
    const most = max(0, ...far.slice(max(0, frame - (period >> 1)), frame + (period >> 1)));
    if (most <= THRESHOLDS.loopChange) return false;
    const same = max(THRESHOLDS.loopPart * most, Math.min(THRESHOLDS.loopNoise, most / 4));
    return distance(here.signature, later.signature) < same;
  };
}

/** Variance of cells, levels², below which there is no contrast to speak of. */
const LEAST_SPREAD = 1;

/** How much the picture has changed a third, half and two thirds of the period later. */
function farthest(numbers: Look['numbers'], frame: number, period: number): number {
  const here = numbers[frame]?.signature;
  const at = [period / 3, period / 2, (2 * period) / 3].map((part) => numbers[frame + Math.round(part)]?.signature);
  return Math.max(0, ...at.map((other) => (here && other ? distance(here, other) : 0)));
}

/** How unlike two frames are but for their brightness and contrast as a whole, levels: flicker is no motion. */
function distance(a: Float32Array, b: Float32Array): number {
  const n = max(1, a.length);
  let [sa, sb, sab, sbb] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const [p, q] = [a[i] ?? 0, b[i] ?? 0];
    sa += p;
    sb += q;
    sab += p * q;
    sbb += q * q;
  }
  const spread = sbb - (sb * sb) / n;
  const gain = spread > n * LEAST_SPREAD ? (sab - (sa * sb) / n) / spread : 1;
  // A picture that is not the same drawing is not made so by stretching it.
  const held = Math.min(1.25, max(0.8, gain));
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += abs((a[i] ?? 0) - sa / n - held * ((b[i] ?? 0) - sb / n));
  return sum / n;
}
