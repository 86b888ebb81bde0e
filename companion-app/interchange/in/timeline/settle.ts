/** Clips of a track as the model wants them: in order, whole frames, never over each other. */
import { IN_LIMITS } from '../file/limits';
import { FormatFault } from '../file/refuse';
import type { Warnings } from '../file/warnings';
import type { ReadClip } from './model';

const whole = (clip: ReadClip): boolean =>
  Number.isSafeInteger(clip.start) &&
  Number.isSafeInteger(clip.frames) &&
  clip.frames >= 1 &&
  Math.abs(clip.start) <= IN_LIMITS.frames &&
  clip.frames <= IN_LIMITS.frames;

/** Sorts, drops clips without a length, shortens those that run under the next one. Throws FormatFault beyond the limits. */
export function settle(clips: readonly ReadClip[], warnings: Warnings): ReadClip[] {
  if (clips.length > IN_LIMITS.clips) throw new FormatFault(`a track holds more than ${IN_LIMITS.clips} clips`);
  const sorted = clips
    .filter((clip) => {
      if (whole(clip)) return true;
      warnings.add(`The clip "${clip.name}" has no length that can be read and was left out.`);
      return false;
    })
    .sort((a, b) => a.start - b.start);
  return sorted.flatMap((clip, i) => {
    const next = sorted[i + 1];
    if (next === undefined || clip.start + clip.frames <= next.start) return [clip];
    const frames = next.start - clip.start;
    if (frames < 1) {
      warnings.add(`The clip "${clip.name}" starts together with "${next.name}" on one track and was left out.`);
      return [];
    }
    return [{ ...clip, frames }];
  });
}
