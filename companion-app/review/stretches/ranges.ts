/** Stretches of frames. */
import type { FrameRange } from '../check';

/** The runs of frames for which `is` holds, at least `least` frames long, within [0, frames). */
export function runs(frames: number, is: (frame: number) => boolean, least = 1): FrameRange[] {
  const found: FrameRange[] = [];
  let from = -1;
  for (let frame = 0; frame <= frames; frame += 1) {
    const inside = frame < frames && is(frame);
    if (inside && from < 0) from = frame;
    if (!inside && from >= 0) {
      if (frame - from >= least) found.push([from, frame]);
      from = -1;
    }
  }
  return found;
}

/** How many frames lie in the ranges. */
export function framesIn(ranges: readonly FrameRange[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** "frames 3–7, 12": as people count them, the first frame 0, ends included. */
export function named(ranges: readonly FrameRange[]): string {
  const shown = ranges.slice(0, 6).map(([from, to]) => (to - from === 1 ? String(from) : `${from}–${to - 1}`));
  const more = ranges.length > 6 ? ' and more' : '';
  return `frame${framesIn(ranges) === 1 ? '' : 's'} ${shown.join(', ')}${more}`;
}
