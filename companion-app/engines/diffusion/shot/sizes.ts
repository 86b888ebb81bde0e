/** How large and how long the model's own pictures are for a shot. */
import type { FrameRate, Size } from '../../../../shared/shot';
import type { Nature } from '../pipelines';

/**
 * The size a model works in for a frame: about its shape, not larger than the frame or the model's liking, in whole
 * multiples. Pictures are stretched the little that remains, and back again.
 */
export function modelSize(frame: Size, nature: Pick<Nature, 'multiple' | 'pixels'>, part = 1): Size {
  const { multiple } = nature;
  const most = Math.min(nature.pixels * part, frame.width * frame.height);
  const scale = Math.sqrt(most / (frame.width * frame.height));
  const rounded = (side: number) => Math.max(1, Math.round((side * scale) / multiple)) * multiple;
  return { width: rounded(frame.width), height: rounded(frame.height) };
}

/** Where a frame of the clip lies between the model's frames: `whole` and the part of the way to the next. */
export interface Place {
  readonly whole: number;
  readonly part: number;
}

/** The model's frame at the moment of frame `index` of the clip, counted from the board's first frame; exact in whole numbers. */
export function placeOf(index: number, rate: FrameRate, fps: number): Place {
  const units = index * rate.den * fps;
  const whole = Math.floor(units / rate.num);
  return { whole, part: (units - whole * rate.num) / rate.num };
}

/** The same where `length` clip frames are drawn from `steps` steps of the model's, both ends meeting. */
export function pacedPlace(index: number, length: number, steps: number): Place {
  const units = index * steps;
  const whole = Math.floor(units / length);
  return { whole, part: (units - whole * length) / length };
}

/** How many of the model's frames a stretch of `frames` clip frames needs. */
export function framesNeeded(frames: number, rate: FrameRate, fps: number): number {
  const last = placeOf(Math.max(0, frames - 1), rate, fps);
  return last.whole + (last.part > 0 ? 2 : 1);
}

/** Lengths of the windows that together give `needed` frames, each after the first beginning on the last frame of the one before. */
export function windowsFor(needed: number, nature: Pick<Nature, 'frames' | 'every' | 'plus'>): number[] {
  const { frames: window, every, plus } = nature;
  // A model of one length only always makes all of it: it was never trained on less.
  const shortest = (count: number) =>
    every === 1 ? window : Math.max(1, Math.ceil((count - plus) / every)) * every + plus;
  const windows: number[] = [];
  let have = 0;
  while (have < needed) {
    const missing = needed - have + (have === 0 ? 0 : 1);
    const length = Math.min(window, Math.max(2, shortest(missing)));
    windows.push(length);
    have += have === 0 ? length : length - 1;
  }
  return windows;
}
