/** Chooses where a take lies: never on anybody's clip. Pure. */
import { overlaps } from './own-takes';

/** A track's clips as tick ranges. */
interface Lane {
  readonly index: number;
  readonly clips: readonly { readonly start: bigint; readonly end: bigint }[];
}

export type TrackChoice =
  /** Overwrite here: the range is free. */
  | { readonly how: 'free'; readonly index: number }
  /** No track above is free: insert one track past the last. */
  | { readonly how: 'new'; readonly index: number };

/**
 * The lowest track above `above` that is free over [start, end); else a new one on top. `lanes` are all video tracks,
 * by index.
 */
export function chooseTrack(lanes: readonly Lane[], above: number, start: bigint, end: bigint): TrackChoice {
  const free = lanes.find((lane) => lane.index > above && !lane.clips.some((clip) => overlaps(clip, start, end)));
  return free ? { how: 'free', index: free.index } : { how: 'new', index: lanes.length };
}
