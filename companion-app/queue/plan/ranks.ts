/** Ranks are fractions: a job is put between two others by a number between theirs. Pure. */

/** Between two jobs as they were submitted. */
export const RANK_STEP = 1;
/** Ranks closer than this are spread out before anything goes between them: far above what a double can tell apart. */
const LEAST_STEP = 2 ** -20;
/** What jobs are spread out to, so that it is not to be done again soon. */
export const ROOMY_STEP = 2 ** -10;

/**
 * `count` ranks in rising order between two others, or beyond the last one on a side where there is none; null where they would be
 * closer to each other than `least`.
 */
export function ranksBetween(
  after: number | null,
  before: number | null,
  count: number,
  least = LEAST_STEP,
): number[] | null {
  const each = (first: number, step: number): number[] => Array.from({ length: count }, (_, n) => first + n * step);
  if (before === null) return each((after ?? 0) + RANK_STEP, RANK_STEP);
  if (after === null) return each(before - count * RANK_STEP, RANK_STEP);
  const step = (before - after) / (count + 1);
  return step < least ? null : each(after + step, step);
}
