/** FCPXML's times: rational seconds, "1001/24000s". */
import type { Seconds } from '../seconds';

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
