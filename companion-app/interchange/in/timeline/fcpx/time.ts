/** FCPXML's times: rational seconds, "1001/24000s". */
import type { FrameRate } from '../../../../../shared/shot';

/** Seconds as an exact fraction; the denominator is positive. */
export interface Seconds {
  readonly num: bigint;
  readonly den: bigint;
}

export const ZERO: Seconds = { num: 0n, den: 1n };

/** Null for text that is no time. */
export function parseSeconds(text: string | undefined): Seconds | null {
  const m = /^\s*(-?\d{1,18})(?:\/(\d{1,12})|\.(\d{1,9}))?s\s*$/.exec(text ?? '');
  if (m?.[1] === undefined) return null;
  if (m[3] !== undefined) {
    const den = 10n ** BigInt(m[3].length);
    const whole = BigInt(m[1]) * den;
    return { num: m[1].startsWith('-') ? whole - BigInt(m[3]) : whole + BigInt(m[3]), den };
  }
  const den = BigInt(m[2] ?? '1');
  return den === 0n ? null : { num: BigInt(m[1]), den };
}

export const plus = (a: Seconds, b: Seconds): Seconds => ({ num: a.num * b.den + b.num * a.den, den: a.den * b.den });
export const minus = (a: Seconds, b: Seconds): Seconds => plus(a, { num: -b.num, den: b.den });

/** To the nearest frame boundary. */
export function toFrames({ num, den }: Seconds, rate: FrameRate): number {
  const top = 2n * num * BigInt(rate.num) + den * BigInt(rate.den);
  const bottom = 2n * den * BigInt(rate.den);
  return Number(top >= 0n ? top / bottom : -((-top + bottom - 1n) / bottom));
}
