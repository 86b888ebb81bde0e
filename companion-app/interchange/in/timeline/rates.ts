/** Rates and times as timelines write them, made exact. */
import { frameRate, TimeError, type FrameRate } from '../../../../shared/shot';

/** A rate written as a decimal: 23.976, 23.98 and 23.976023976 are all 24000/1001. Null where it is no rate. */
export function rateOf(value: number | undefined): FrameRate | null {
  if (value === undefined || !(value >= 1 && value <= 1000)) return null;
  const whole = Math.round(value);
  try {
    if (Math.abs(value - whole) < 1e-6) return frameRate(whole);
    const ntsc = Math.ceil(value);
    if (Math.abs(value - (ntsc * 1000) / 1001) < 0.0051) return frameRate(ntsc * 1000, 1001);
    return frameRate(Math.round(value * 1000), 1000);
  } catch (error) {
    if (error instanceof TimeError) return null;
    throw error;
  }
}

/** A timebase and whether it runs a thousandth slower: 30 and true are 29.97. Null where it is no rate. */
export function rateOfTimebase(timebase: number | undefined, ntsc: boolean): FrameRate | null {
  if (timebase === undefined || !Number.isInteger(timebase)) return rateOf(timebase);
  if (timebase < 1 || timebase > 1000) return null;
  return ntsc && timebase > 1 ? frameRate(timebase * 1000, 1001) : frameRate(timebase);
}

/** Frames at one rate in frames at another, to the nearest; exact in integers where `value` is whole. */
export function convertFrames(value: number, from: FrameRate, to: FrameRate): number {
  if (from.num * to.den === to.num * from.den) return Math.round(value);
  if (!Number.isSafeInteger(value)) return Math.round((value * from.den * to.num) / (from.num * to.den));
  const top = 2n * BigInt(value) * BigInt(from.den) * BigInt(to.num);
  const bottom = BigInt(from.num) * BigInt(to.den);
  const shifted = top + bottom;
  const twice = 2n * bottom;
  const floor = shifted >= 0n ? shifted / twice : -((-shifted + twice - 1n) / twice);
  return Number(floor);
}

/** 29.97 for a list that says DROP FRAME without naming a rate, and so on: the drop rate of a nominal one. */
export function dropRate(nominal: number): FrameRate {
  return frameRate(nominal >= 50 ? 60000 : 30000, 1001);
}
