/** OTIO's times in whole frames. */
import type { FrameRate } from '../../../../../shared/shot';
import { convertFrames, rateOf } from '../rates';
import type { OtioRange, OtioTime } from './schema';

/** To the nearest frame at `rate`; times at rates that are none count as frames of it. */
export function framesOf(time: OtioTime, rate: FrameRate): number {
  return convertFrames(time.value, rateOf(time.rate) ?? rate, rate);
}

export interface Span {
  readonly start: number;
  readonly frames: number;
}

/** Start and end are both brought to frames, so that ranges that touch still touch. */
export function spanOf(range: OtioRange, rate: FrameRate): Span {
  const start = framesOf(range.start_time, rate);
  const same = range.start_time.rate === range.duration.rate;
  const end = same
    ? framesOf({ value: range.start_time.value + range.duration.value, rate: range.duration.rate }, rate)
    : start + framesOf(range.duration, rate);
  return { start, frames: end - start };
}
