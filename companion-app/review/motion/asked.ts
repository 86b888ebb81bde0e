/** What a shot's moves let one expect of the picture as a whole. */
import {
  AMOUNT_UNIT,
  DEFAULT_AMOUNT,
  type CameraMove,
  type FramingKey,
  type MoveKind,
  type Shot,
} from '../../../shared/shot';
import type { FrameRange } from '../check';
import type { Motion } from './similarity';

/** One stretch of the shot with what was asked of it. */
export interface Asked {
  /** "push-in", "pan-left with roll-cw", "the drawn frames". */
  readonly name: string;
  readonly frames: FrameRange;
  /** Expected motion of the picture from its first to its last frame. */
  readonly motion: Motion;
  /** `still`: nothing may move; `unrest`: it trembles; `change`: something changes that no similarity tells; `way`: as `motion` says. */
  readonly kind: 'still' | 'unrest' | 'change' | 'way';
  /** For unrest: strength 0–1. */
  readonly strength: number;
  /**
   * Widths the camera may go whatever was asked: a usual amount along a board that is longer than the frame goes to its end, and a move
   * to somebody goes as far as they are. 0 where it is held to what was asked.
   */
  readonly upTo: number;
}

/** True for a motion that is one. */
const isMotion = ({ growth, turn, x, y }: Motion): boolean =>
  Math.max(Math.abs(growth), Math.abs(turn), Math.abs(x), Math.abs(y)) > 1e-6;

const NONE: Motion = { growth: 0, turn: 0, x: 0, y: 0 };
const UNREST: ReadonlySet<MoveKind> = new Set<MoveKind>(['handheld', 'shake']);
const CHANGE: ReadonlySet<MoveKind> = new Set<MoveKind>(['orbit-left', 'orbit-right', 'dolly-zoom', 'rack-focus']);
const RADIAN = Math.PI / 180;
const MOST_TURN = 55 * RADIAN;

/** The picture's motion under a whole move, at the board's middle distance (shared/shot says what amounts mean). */
export function motionAsked({ kind, amount }: Pick<CameraMove, 'kind' | 'amount'>, aspect: number): Motion {
  const log = Math.log(Math.min(12, Math.max(1 / 12, amount)));
  // The lens of a still camera sees about 45° over the diagonal's longer side: focal length in frame widths.
  const focal = 1.05 * Math.hypot(1, 1 / aspect);
  const swing = focal * Math.tan(Math.min(MOST_TURN, Math.max(-MOST_TURN, amount * RADIAN)));
  switch (kind) {
    case 'push-in':
    case 'zoom-in':
      return { ...NONE, growth: log };
    case 'pull-out':
    case 'zoom-out':
      return { ...NONE, growth: -log };
    case 'pan-right':
    case 'whip-pan-right':
      return { ...NONE, x: -swing };
    case 'pan-left':
    case 'whip-pan-left':
      return { ...NONE, x: swing };
    case 'tilt-up':
      return { ...NONE, y: swing };
    case 'tilt-down':
      return { ...NONE, y: -swing };
    case 'truck-right':
      return { ...NONE, x: -amount };
    case 'truck-left':
      return { ...NONE, x: amount };
    case 'crane-up':
      return { ...NONE, y: amount / aspect };
    case 'crane-down':
      return { ...NONE, y: -amount / aspect };
    case 'roll-cw':
      return { ...NONE, turn: -amount * RADIAN };
    case 'roll-ccw':
      return { ...NONE, turn: amount * RADIAN };
    default:
      return NONE;
  }
}

/** The stretches of a shot that ask for something. Empty when nothing is said: then nothing is expected either. */
export function askedOf(shot: Shot, boardAspect: number): Asked[] {
  const aspect = shot.size.width / shot.size.height;
  const last = shot.frames - 1;
  if (last < 1) return [];
  if (shot.framing && shot.framing.length > 0) return drawn(shot.framing, aspect, last);
  const moves = shot.moves ?? [];
  return moves.flatMap((move) => {
    const [from, to] = [Math.max(0, Math.round(move.from)), Math.min(last, Math.round(move.to))];
    if (to <= from) return [];
    return [together(move, moves, { from, to, last, aspect, boardAspect })];
  });
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** The shot's last frame. */
  readonly last: number;
  readonly aspect: number;
  readonly boardAspect: number;
}

/** Shapes this close are the same. */
const SAME_SHAPE = 1.04;
/** What is longer than this many frames is not gone over to its end. */
const MOST_BEYOND = 3.2;

/** Widths from one end of a longer board to the other, for a move that goes along it by an amount nobody stated. */
function alongBoard({ kind, amount }: CameraMove, aspect: number, boardAspect: number): number {
  if (!DEFAULT_AMOUNT[AMOUNT_UNIT[kind]].includes(amount)) return 0;
  const across = /^(pan|whip-pan|truck)-/.test(kind);
  if (!across && !/^(tilt|crane)-/.test(kind)) return 0;
  const longer = across ? boardAspect / aspect : aspect / boardAspect;
  if (longer <= SAME_SHAPE) return 0;
  return Math.min(MOST_BEYOND, longer - 1) / (across ? 1 : aspect);
}

/** A move with what the others do meanwhile. */
function together(
  move: CameraMove,
  moves: readonly CameraMove[],
  { from, to, last, aspect, boardAspect }: Stretch,
): Asked {
  const motion = { ...NONE } as { -readonly [K in keyof Motion]: number };
  const kinds = new Set<MoveKind>();
  let strength = 0;
  let upTo = 0;
  for (const other of moves) {
    const shared = Math.min(to, other.to) - Math.max(from, other.from);
    if (shared <= 0) continue;
    const part = Math.min(1, shared / Math.max(1, Math.min(other.to, last) - Math.max(0, other.from)));
    if (part < 0.05 && other !== move) continue;
    kinds.add(other.kind);
    if (UNREST.has(other.kind)) strength = Math.max(strength, other.amount);
    upTo = Math.max(upTo, other.subject === undefined ? alongBoard(other, aspect, boardAspect) : Infinity);
    const own = motionAsked(other, aspect);
    for (const key of ['growth', 'turn', 'x', 'y'] as const) motion[key] += part * own[key];
  }
  const all = [...kinds];
  const moving = isMotion(motion);
  const kind = moving
    ? 'way'
    : all.some((k) => UNREST.has(k))
      ? 'unrest'
      : all.some((k) => CHANGE.has(k))
        ? 'change'
        : 'still';
  const name = [move.kind, ...all.filter((k) => k !== move.kind)].join(' with ');
  return {
    name,
    frames: [from, to + 1],
    motion,
    kind,
    strength,
    upTo,
  };
}

function drawn(keys: readonly FramingKey[], aspect: number, last: number): Asked[] {
  const ordered = [...keys].sort((a, b) => a.frame - b.frame);
  return ordered.slice(1).flatMap((key, i) => {
    const before = ordered[i];
    if (!before || before.frame >= last || key.frame <= before.frame) return [];
    const part = (Math.min(key.frame, last) - before.frame) / (key.frame - before.frame);
    const motion = betweenKeys(before, key, aspect, part);
    const moving = isMotion(motion);
    const frames: FrameRange = [before.frame, Math.min(key.frame, last) + 1];
    return [
      { name: 'the drawn frames', frames, motion, kind: moving ? 'way' : 'still', strength: 0, upTo: 0 } as const,
    ];
  });
}

/** A board point p lies on screen at turn(−roll)·(p − centre)/scale, in widths. */
function betweenKeys(a: FramingKey, b: FramingKey, aspect: number, part: number): Motion {
  const turn = -(b.roll - a.roll) * RADIAN;
  const growth = Math.log(a.scale / b.scale);
  const [dx, dy] = [(a.center.x - b.center.x) / b.scale, (a.center.y - b.center.y) / b.scale / aspect];
  const roll = -b.roll * RADIAN;
  return {
    growth: part * growth,
    turn: part * turn,
    x: part * (Math.cos(roll) * dx - Math.sin(roll) * dy),
    y: part * (Math.sin(roll) * dx + Math.cos(roll) * dy),
  };
}
