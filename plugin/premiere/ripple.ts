/** Sees whether an insert pushed other clips along. Pure. */
import type { Layout } from './tracks';

const key = ({ track, start, end }: Layout): string => `${track}:${start.toString()}-${end.toString()}`;

/**
 * Tracks on which a clip was pushed from `at` by `length` ticks, or split there, between two layouts. Other differences
 * are the artist's own edits and do not count.
 */
export function rippledTracks(
  before: readonly Layout[],
  after: readonly Layout[],
  at: bigint,
  length: bigint,
): readonly string[] {
  const was = new Set(before.map(key));
  const is = new Set(after.map(key));
  const pushed = before.filter((clip) => {
    if (clip.end <= at || is.has(key(clip))) return false;
    const start = clip.start < at ? at : clip.start;
    const there = key({ track: clip.track, start: start + length, end: clip.end + length });
    return is.has(there) && !was.has(there);
  });
  return [...new Set(pushed.map((clip) => clip.track))];
}
