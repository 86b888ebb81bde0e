/** Keeping a camera path on the board: from closer and aside first, and made smaller only for the rest. */
import type { Sides } from '../camera/reach';
import { AT_REST, type Stand } from '../camera/stand';

/** Closest that a move may be started for its own sake. */
export const MOST_CLOSER = 1.35;
const HALVINGS = 12;
/** Half a pixel of a 2K frame: less than this beyond the board is not seen. */
const TOLERANCE = 0.0003;

/** How far the view reaches beyond each side with the move `gain` times its size; see extentOf. */
export type ExtentAt = (gain: number, stand: Stand) => Sides<number>;

export interface Footing {
  readonly gain: number;
  readonly stand: Stand;
}

/**
 * The least change that keeps the view within `room` on every side (parts of the frame's width and height).
 * @param heightInWidths of the frame, since stands shift in widths on both axes
 */
export function footingFor(extentAt: ExtentAt, room: Sides<number>, heightInWidths: number): Footing {
  // Standing aside shows no more beyond the frame on any side than the move itself does.
  const asked = extentAt(1, AT_REST);
  const allowed = (side: keyof Sides<number>) => Math.min(room[side], Math.max(0, asked[side]));
  const limits = { left: allowed('left'), right: allowed('right'), top: allowed('top'), bottom: allowed('bottom') };
  const at = (gain: number, closer: number) => standAt(extentAt, limits, heightInWidths, gain, closer);
  const asAsked = at(1, 1);
  if (asAsked) return { gain: 1, stand: asAsked };
  const closest = at(1, MOST_CLOSER);
  if (closest) {
    const closer = bisect(MOST_CLOSER, 1, (c) => at(1, c) !== undefined);
    return { gain: 1, stand: at(1, closer) ?? closest };
  }
  const gain = bisect(0, 1, (g) => at(g, MOST_CLOSER) !== undefined);
  return { gain, stand: at(gain, MOST_CLOSER) ?? { ...AT_REST, closer: MOST_CLOSER } };
}

/** The place from which all of it fits, as little aside as can be; undefined where there is none. */
function standAt(
  extentAt: ExtentAt,
  room: Sides<number>,
  heightInWidths: number,
  gain: number,
  closer: number,
): Stand | undefined {
  const e = extentAt(gain, { ...AT_REST, closer });
  const x = aside(e.left - room.left, room.right - e.right);
  const y = aside(e.top - room.top, room.bottom - e.bottom);
  if (x === undefined || y === undefined) return undefined;
  const stand = { closer, x, y: y * heightInWidths };
  return (x === 0 && y === 0) || within(extentAt(gain, stand), room) ? stand : undefined;
}

/** The number nearest to 0 in [least, most]; undefined where there is none. */
function aside(least: number, most: number): number | undefined {
  if (least > most + 2 * TOLERANCE) return undefined;
  if (least <= TOLERANCE && most >= -TOLERANCE) return 0;
  return least > 0 ? least : most;
}

function within(extent: Sides<number>, room: Sides<number>): boolean {
  return (['left', 'right', 'top', 'bottom'] as const).every((side) => extent[side] <= room[side] + TOLERANCE);
}

/** Between a value that is good and one that is not, the last good one found. */
function bisect(good: number, bad: number, isGood: (value: number) => boolean): number {
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (good + bad) / 2;
    if (isGood(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
