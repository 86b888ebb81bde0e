/** Moments as exact fractions of seconds: sums of clips at any mixture of rates round once, where they become frames. */
import type { FrameRate } from '../../../../shared/shot';

/** Seconds as an exact fraction; the denominator is positive. */
export interface Seconds {
  readonly num: bigint;
  readonly den: bigint;
}

export const ZERO: Seconds = { num: 0n, den: 1n };

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The same fraction in its smallest numbers. */
export function reduced({ num, den }: Seconds): Seconds {
  const by = commonDivisor(num, den);
  return { num: num / by, den: den / by };
}

/** Reduced where the denominators differ, so that long sums stay small. */
export function plus(a: Seconds, b: Seconds): Seconds {
  if (a.den === b.den) return { num: a.num + b.num, den: a.den };
  return reduced({ num: a.num * b.den + b.num * a.den, den: a.den * b.den });
}

export const minus = (a: Seconds, b: Seconds): Seconds => plus(a, { num: -b.num, den: b.den });

/** Whether `a` lies before `b`. */
export const before = (a: Seconds, b: Seconds): boolean => a.num * b.den < b.num * a.den;

/** To the nearest frame boundary. */
export function toFrames({ num, den }: Seconds, rate: FrameRate): number {
  const top = 2n * num * BigInt(rate.num) + den * BigInt(rate.den);
  const bottom = 2n * den * BigInt(rate.den);
  return Number(top >= 0n ? top / bottom : -((-top + bottom - 1n) / bottom));
}
