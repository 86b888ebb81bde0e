/** Black, blown-out and flickering frames. */
import { fact, scored, type Check } from '../check';
import type { Look } from '../look/look';
import { THRESHOLDS, type EngineThresholds } from '../thresholds';
import { framesIn, named, runs } from './ranges';

/** What the board has to show: its mean brightness and standard deviation. */
export interface BoardLevels {
  readonly mean: number;
  readonly deviation: number;
}

export function blackCheck({ numbers }: Look, board: BoardLevels): Check {
  if (board.mean < THRESHOLDS.darkBoardLevel) return fact('black', true, 'The board itself is dark.');
  const dark = runs(numbers.length, (frame) => (numbers[frame]?.mean ?? 0) < THRESHOLDS.blackLevel);
  const score = 1 - framesIn(dark) / Math.max(1, numbers.length);
  return scored('black', score, 1, dark.length === 0 ? 'No black frame.' : `Black: ${named(dark)}.`, dark);
}

/** White where there should be a drawing. `expected` tells the contrast that the move leads one to expect at a frame. */
export function blownCheck({ numbers }: Look, expected: (frame: number) => number): Check {
  const { level, contrast } = THRESHOLDS.blown;
  const blown = runs(numbers.length, (frame) => {
    const { mean = 0, deviation = 0 } = numbers[frame] ?? {};
    const due = expected(frame);
    return mean > level && due > 4 * THRESHOLDS.blankDeviation && deviation < contrast * due;
  });
  const score = 1 - framesIn(blown) / Math.max(1, numbers.length);
  return scored(
    'blown out',
    score,
    1,
    blown.length === 0 ? 'No frame is blown out.' : `Nothing but white: ${named(blown)}.`,
    blown,
  );
}

/** Frames that are lighter or darker than both neighbours, which agree with one another. */
export function flickerCheck({ numbers }: Look, limits: EngineThresholds): Check {
  const leaves = (frame: number): number => {
    const [a, b, c] = [numbers[frame - 1]?.mean, numbers[frame]?.mean, numbers[frame + 1]?.mean];
    if (a === undefined || b === undefined || c === undefined) return 0;
    const off = b - (a + c) / 2;
    return Math.abs(a - c) > 0.5 * Math.abs(off) ? 0 : Math.abs(off);
  };
  const flickering = runs(numbers.length, (frame) => leaves(frame) > limits.flicker);
  const most = Math.max(
    0,
    ...flickering.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => leaves(from + i))),
  );
  // One frame alone may be a drawing that comes and goes; a flash is not.
  const told = framesIn(flickering) > 1 || most > THRESHOLDS.flash ? flickering : [];
  if (told.length === 0) return fact('flicker', true, 'The brightness is steady.', []);
  const score = Math.min(0.49, limits.flicker / (2 * most));
  return scored(
    'flicker',
    score,
    0.5,
    `The brightness jumps by up to ${most.toFixed(1)} levels for a frame: ${named(told)}.`,
    told,
  );
}
