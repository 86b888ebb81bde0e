/** Where in the cut one is, and how fast it goes, as plain steps. Pure. */

export interface Place {
  /** Which shot. */
  readonly index: number;
  /** Seconds into it. */
  readonly seconds: number;
}

/** Times real time; below 0 backwards, 0 stands. */
export type Speed = number;

const FASTEST = 8;

/** J and L: the other direction begins at once, the same one doubles. K stands; space goes on or stands. */
export function pressed(speed: Speed, key: 'j' | 'k' | 'l' | 'space'): Speed {
  if (key === 'k') return 0;
  if (key === 'space') return speed === 0 ? 1 : 0;
  const way = key === 'l' ? 1 : -1;
  return speed * way > 0 ? way * Math.min(FASTEST, Math.abs(speed) * 2) : way;
}

/**
 * Brings a place that has run over an end of its shot into the neighbour; null at the ends of the cut.
 * `lengths` are seconds, one for each shot.
 */
export function carried({ index, seconds }: Place, lengths: readonly number[]): Place | null {
  const length = lengths[index];
  if (length === undefined) return null;
  if (seconds >= length)
    return index + 1 < lengths.length ? carried({ index: index + 1, seconds: seconds - length }, lengths) : null;
  if (seconds >= 0) return { index, seconds };
  const before = lengths[index - 1];
  return before === undefined ? null : carried({ index: index - 1, seconds: before + seconds }, lengths);
}

/** The frame that is shown at so many seconds, from 0. The last one holds. */
export const frameAt = (seconds: number, length: number, frames: number): number =>
  Math.max(0, Math.min(frames - 1, Math.floor((seconds * frames) / length + 1e-6)));

/** The middle of a frame, so that a player shows that one. */
export const secondsAt = (frame: number, length: number, frames: number): number => ((frame + 0.5) * length) / frames;
