/** What an automatic check says of a take. The same shape travels in a take (shared/protocol). */

/** Frames from the first to before the second. */
export type FrameRange = readonly [from: number, to: number];

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** 0–1, 1 is best. */
  readonly score: number;
  /** For people: what was found, and the frames it is about. */
  readonly detail: string;
  /** The frames it is about, in order, half-open. */
  readonly frames?: readonly FrameRange[];
}

/** A check by its score against the least that passes. */
export function scored(
  name: string,
  score: number,
  least: number,
  detail: string,
  frames?: readonly FrameRange[],
): Check {
  const clamped = Number.isFinite(score) ? Math.min(1, Math.max(0, score)) : 0;
  return { name, ok: clamped >= least, score: clamped, detail, ...(frames && { frames: fewest(frames) }) };
}

/** A check of a plain fact. */
export function fact(name: string, ok: boolean, detail: string, frames?: readonly FrameRange[]): Check {
  return { name, ok, score: ok ? 1 : 0, detail, ...(frames && { frames: fewest(frames) }) };
}

/** Most ranges a check carries; the rest is joined to the last. */
const MOST_RANGES = 64;

function fewest(ranges: readonly FrameRange[]): readonly FrameRange[] {
  if (ranges.length <= MOST_RANGES) return ranges;
  const last = ranges[MOST_RANGES - 1]?.[0] ?? 0;
  return [...ranges.slice(0, MOST_RANGES - 1), [last, ranges.at(-1)?.[1] ?? last]];
}
