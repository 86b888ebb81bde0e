/** What each kind of move does to the camera, added up frame by frame. */
import type { CameraMove, MoveKind } from '../../../../shared/shot';
import { progressOf, type ShotTiming, type Span } from './progress';
import { addUnrest } from './unrest';

/** Sums over all moves; amounts add up because each is kept in the measure in which it composes. */
export interface Channels {
  /** Natural logarithm of how much tighter the middle distance is framed by having come nearer. */
  readonly dolly: Float64Array;
  /** Natural logarithm of the focal length over the lens of rest. */
  readonly zoom: Float64Array;
  /** Frame widths at the middle distance, right and down. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Radians: right, up, clockwise, and around the middle distance to the right. */
  readonly yaw: Float64Array;
  readonly pitch: Float64Array;
  readonly roll: Float64Array;
  readonly orbit: Float64Array;
  /** 0: the far is sharp, 1: the near. Absent when no move racks focus. */
  readonly focus?: Float64Array;
}

export type Channel = Exclude<keyof Channels, 'focus'>;

const STILL: ReadonlySet<MoveKind> = new Set<MoveKind>(['static', 'hold', 'handheld', 'shake', 'rack-focus']);
const RADIAN = Math.PI / 180;
/** Beyond these the plane of the board is seen edge-on or the framing loses all meaning. */
const MOST_TURN = 55 * RADIAN;
const MOST_SCALE = 12;

/** Which channel a kind moves, and by how much in that channel's measure. */
function effects(kind: MoveKind, amount: number, heightInWidths: number): readonly (readonly [Channel, number])[] {
  const log = Math.log(Math.min(MOST_SCALE, Math.max(1 / MOST_SCALE, amount)));
  const turn = Math.min(MOST_TURN, Math.max(-MOST_TURN, amount * RADIAN));
  switch (kind) {
    case 'push-in':
      return [['dolly', log]];
    case 'pull-out':
      return [['dolly', -log]];
    case 'zoom-in':
      return [['zoom', log]];
    case 'zoom-out':
      return [['zoom', -log]];
    case 'dolly-zoom':
      return [
        ['zoom', log],
        ['dolly', -log],
      ];
    case 'pan-right':
    case 'whip-pan-right':
      return [['yaw', turn]];
    case 'pan-left':
    case 'whip-pan-left':
      return [['yaw', -turn]];
    case 'tilt-up':
      return [['pitch', turn]];
    case 'tilt-down':
      return [['pitch', -turn]];
    case 'truck-right':
      return [['x', amount]];
    case 'truck-left':
      return [['x', -amount]];
    case 'crane-up':
      return [['y', -amount * heightInWidths]];
    case 'crane-down':
      return [['y', amount * heightInWidths]];
    case 'orbit-right':
      return [['orbit', turn]];
    case 'orbit-left':
      return [['orbit', -turn]];
    case 'roll-cw':
      return [['roll', amount * RADIAN]];
    case 'roll-ccw':
      return [['roll', -amount * RADIAN]];
    case 'static':
    case 'hold':
    case 'handheld':
    case 'shake':
    case 'rack-focus':
      return [];
  }
}

/** When a move happens, and which of the others it touches. */
export function spanOf(move: CameraMove, all: readonly CameraMove[]): Span {
  const moving = all.filter((other) => other !== move && !STILL.has(other.kind));
  return {
    from: move.from,
    to: move.to,
    ease: move.ease,
    joinsBefore: moving.some((other) => other.to === move.from),
    joinsAfter: moving.some((other) => other.from === move.to),
  };
}

/**
 * Adds up the moves of a shot. Moves whose ranges overlap happen together; moves that touch pass into each other with no
 * jump in speed. A path that would at its widest show more than the board starts tighter instead: a pull-out ends on the
 * whole board.
 * @param elsewhere true for moves that are carried out in another way and only count as neighbours here
 */
export function channelsOf(
  moves: readonly CameraMove[],
  timing: ShotTiming,
  heightInWidths: number,
  seed: number,
  elsewhere: (move: CameraMove) => boolean = () => false,
): Channels {
  const zeros = () => new Float64Array(timing.frames);
  const sum = {
    dolly: zeros(),
    zoom: zeros(),
    x: zeros(),
    y: zeros(),
    yaw: zeros(),
    pitch: zeros(),
    roll: zeros(),
    orbit: zeros(),
  };
  const racks = moves.filter((move) => move.kind === 'rack-focus');
  for (const move of moves) {
    if (elsewhere(move)) continue;
    const acts = effects(move.kind, move.amount, heightInWidths);
    if (acts.length === 0) continue;
    const progress = progressOf(spanOf(move, moves), timing);
    for (const [channel, amount] of acts) {
      const values = sum[channel];
      for (let f = 0; f < timing.frames; f++) values[f] = (values[f] ?? 0) + amount * (progress[f] ?? 0);
    }
  }
  startTighter(sum.dolly, sum.zoom);
  addUnrest(sum, moves, timing, heightInWidths, seed);
  return racks.length === 0 ? sum : { ...sum, focus: focusOf(racks, timing) };
}

/** Lifts dolly and zoom together so that the middle distance is never framed wider than the board. */
function startTighter(dolly: Float64Array, zoom: Float64Array): void {
  const widest = dolly.reduce((least, d, f) => Math.min(least, d + (zoom[f] ?? 0)), 0);
  if (widest >= 0) return;
  const byZoom = Math.min(-widest, -zoom.reduce((least, z) => Math.min(least, z), 0));
  for (let f = 0; f < dolly.length; f++) {
    zoom[f] = (zoom[f] ?? 0) + byZoom;
    dolly[f] = (dolly[f] ?? 0) - widest - byZoom;
  }
}

function focusOf(racks: readonly CameraMove[], timing: ShotTiming): Float64Array {
  const focus = new Float64Array(timing.frames);
  const first = racks.reduce((a, b) => (b.from < a.from ? b : a));
  focus.fill(first.amount >= 0 ? 0 : 1);
  for (const rack of racks) {
    const progress = progressOf(
      { from: rack.from, to: rack.to, ease: rack.ease, joinsBefore: false, joinsAfter: false },
      timing,
    );
    for (let f = 0; f < focus.length; f++) focus[f] = (focus[f] ?? 0) + rack.amount * (progress[f] ?? 0);
  }
  return focus.map((value) => Math.min(1, Math.max(0, value)));
}
