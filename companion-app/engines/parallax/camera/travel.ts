/** Travelling over a board that is longer than the frame: tilts and cranes over tall boards, pans and trucks over wide ones. */
import { AMOUNT_UNIT, DEFAULT_AMOUNT, type CameraMove, type MoveKind } from '../../../../shared/shot';
import { spanOf } from './moves';
import { progressOf, type ShotTiming } from './progress';

export type Axis = 'x' | 'y';

/** How far a board reaches beyond the frame on either side when it covers it, along the axis that it is travelled. */
export interface Travel {
  readonly axis: Axis;
  /** Frame widths, whichever the axis. */
  readonly beyond: number;
}

/** Way along the axis (right and down count up) of every kind that travels. */
const ALONG: Readonly<Partial<Record<MoveKind, readonly [Axis, 1 | -1]>>> = {
  'tilt-up': ['y', -1],
  'tilt-down': ['y', 1],
  'crane-up': ['y', -1],
  'crane-down': ['y', 1],
  'pan-left': ['x', -1],
  'pan-right': ['x', 1],
  'whip-pan-left': ['x', -1],
  'whip-pan-right': ['x', 1],
  'truck-left': ['x', -1],
  'truck-right': ['x', 1],
};

/**
 * Frame widths (heights, for cranes) that a truck over a long board leaves its place by either way: what is near passes what is
 * far, and the nearest things show no more beyond the board's end than may be invented. The rest of the way the lens is shifted.
 */
const TRUCKS = 0.06;

/** How far the camera itself goes with a travel, for each part of the framing's shift; 0 where it only turns. */
export function truckShare(moves: readonly CameraMove[], travel: Travel, heightInWidths: number): number {
  const along = moves.filter((move) => goesAlong(move, travel.axis));
  if (along.length === 0 || !along.every(({ kind }) => /^(truck|crane)-/.test(kind))) return 0;
  return Math.min(1, (TRUCKS * (travel.axis === 'x' ? 1 : heightInWidths)) / Math.max(1e-9, travel.beyond));
}

const RADIAN = Math.PI / 180;

/** True when a move goes along the axis, so that it travels over a board that is longer that way. */
export function goesAlong(move: CameraMove, axis: Axis): boolean {
  return move.amount !== 0 && ALONG[move.kind]?.[0] === axis;
}

/**
 * Shift of the framing for every frame, in frame widths from the board's middle. A move whose amount is one of the usual
 * sizes goes from one end of the board to the other; one whose amount was stated goes that far from the end it starts at.
 */
export function travelShifts(
  moves: readonly CameraMove[],
  travel: Travel,
  timing: ShotTiming,
  lens: number,
  heightInWidths: number,
): Float64Array {
  const shifts = new Float64Array(Math.max(0, timing.frames));
  const along = moves.filter((move) => goesAlong(move, travel.axis));
  for (const move of along) {
    const way = ALONG[move.kind]?.[1] ?? 1;
    const distance = way * Math.sign(move.amount) * Math.min(2 * travel.beyond, stated(move, lens, heightInWidths));
    const progress = progressOf(spanOf(move, moves), timing);
    for (let f = 0; f < shifts.length; f++) shifts[f] = (shifts[f] ?? 0) + distance * (progress[f] ?? 0);
  }
  return fromItsEnd(shifts, travel.beyond);
}

/** Frame widths that a stated amount stands for; Infinity for a usual one. */
function stated(move: CameraMove, lens: number, heightInWidths: number): number {
  const unit = AMOUNT_UNIT[move.kind];
  if (DEFAULT_AMOUNT[unit].includes(move.amount)) return Infinity;
  const amount = Math.abs(move.amount);
  if (unit === 'widths') return amount;
  if (unit === 'heights') return amount * heightInWidths;
  return lens * Math.tan(Math.min(80, amount) * RADIAN);
}

/** Lays the way so that it begins at the end of the board it goes away from, made smaller where it is longer than the board. */
function fromItsEnd(shifts: Float64Array, beyond: number): Float64Array {
  const low = shifts.reduce((least, value) => Math.min(least, value), 0);
  const high = shifts.reduce((most, value) => Math.max(most, value), 0);
  const scale = Math.min(1, (2 * beyond) / Math.max(1e-9, high - low));
  const first = shifts.find((value) => Math.abs(value) > 1e-9) ?? 0;
  const start = first >= 0 ? -beyond - low * scale : beyond - high * scale;
  return shifts.map((value) => start + value * scale);
}
