/** Which frames show what a check found. */
import type { Check, FrameRange } from './check';

export interface Evidence {
  readonly check: Check;
  /** Frames to be shown side by side, one to three, in order. */
  readonly frames: readonly number[];
}

/** For each failed check that is about pictures: begin, middle and end of its longest stretch. */
export function evidence(checks: readonly Check[], frames: number): Evidence[] {
  return checks
    .filter((check) => !check.ok && check.frames !== undefined)
    .map((check) => ({ check, frames: shown(check.frames ?? [], frames) }));
}

function shown(ranges: readonly FrameRange[], frames: number): number[] {
  const longest = ranges.reduce<FrameRange>(
    (long, each) => (each[1] - each[0] > long[1] - long[0] ? each : long),
    ranges[0] ?? [0, 1],
  );
  const [from, to] = [Math.max(0, longest[0]), Math.min(frames, longest[1]) - 1];
  return [...new Set([from, Math.floor((from + to) / 2), to])]
    .filter((frame) => frame >= 0 && frame < frames)
    .sort((a, b) => a - b);
}
