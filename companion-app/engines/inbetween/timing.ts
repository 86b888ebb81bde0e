/** When each board is held and when one becomes the next. Frames are counted from the shot's start. */
import type { FrameRate } from '../../../shared/shot';

/** A drawing of the shot and the first frame that shows it exactly. */
export interface Key {
  readonly at: number;
}

/** What a frame shows: the key itself (`part` 0), or `part` (0 < part < 1) of the way to the next. */
export interface Moment {
  readonly key: number;
  readonly part: number;
}

/** Longest way from one pose to the next, in seconds, and in parts of the time between them. */
const LONGEST = 0.5;
const MOST_OF_INTERVAL = 0.6;

/** Starts and stops gently: 0 and 1 with no speed at either end. */
export function easeInOut(t: number): number {
  return t * t * (3 - 2 * t);
}

/**
 * What each of `frames` frames shows. A pose is held; the last frames before the next key move to it. On twos every picture
 * is held for two frames, counted from the shot's start, but a key shows from its own frame on.
 */
export function momentsOf(keys: readonly Key[], frames: number, rate: FrameRate, onTwos: boolean): readonly Moment[] {
  const longest = Math.round((LONGEST * rate.num) / rate.den);
  return Array.from({ length: frames }, (_, frame) => {
    const key = keys.reduce((last, { at }, i) => (at <= frame ? i : last), 0);
    const from = keys[key]?.at ?? 0;
    const next = keys[key + 1]?.at;
    if (next === undefined) return { key, part: 0 };
    const shown = onTwos ? Math.max(from, frame - (frame % 2)) : frame;
    const length = Math.min(longest, Math.floor(MOST_OF_INTERVAL * (next - from)));
    const into = shown - (next - length);
    return { key, part: length < 2 || into <= 0 ? 0 : easeInOut(into / length) };
  });
}
