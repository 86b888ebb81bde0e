/** Lengths as people write them into tables: seconds, frames, timecode. */
import { nominalRate, parseTimecode, TimeError, type FrameRate } from '../../../../shared/shot';
import type { Unit } from './columns';

/** A length in milliseconds; `bare` for a number that does not say what it counts. */
export type Length = { readonly milliseconds: number } | { readonly bare: number } | null;

const ofFrames = (frames: number, rate: FrameRate): Length => ({ milliseconds: (frames * 1000 * rate.den) / rate.num });
const number = (text: string): number => Number(text.replace(',', '.'));

const MINUTES = /^(\d{1,3})\s*(?:m|min|mins|minutes?|分|['′])\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:s|secs?|["″]|秒)?)?$/i;
const SECONDS = /^(\d{1,6}(?:[.,]\d{1,6})?)\s*(?:s|secs?|seconds?|sek|sekunden?|seg|segundos?|secondes?|["″]|秒)\.?$/i;
const MILLISECONDS = /^(\d{1,9}(?:[.,]\d{1,3})?)\s*(?:ms|msec|milliseconds?)$/i;
const FRAMES = /^(\d{1,7})\s*(?:f|fr|frm|frames?|im|images?|bilder|fotogramas?|コマ|k)\.?$/i;
/** Seconds and frames, the animator's way: "2+12", "2s12f", "2 sec 12 fr". */
const BOTH = /^(\d{1,5})\s*(?:\+|s|secs?|秒)\s*(\d{1,3})\s*(?:f|fr|frames?|コマ|k)?$/i;
const CLOCK = /^(?:(\d{1,2}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,6})?)$/;

/** Null for text that is no length. */
export function parseLength(text: string, rate: FrameRate): Length {
  const value = text.normalize('NFKC').trim();
  const frames = FRAMES.exec(value);
  if (frames?.[1]) return ofFrames(Number(frames[1]), rate);
  const ms = MILLISECONDS.exec(value);
  if (ms?.[1]) return { milliseconds: number(ms[1]) };
  const seconds = SECONDS.exec(value);
  if (seconds?.[1]) return { milliseconds: number(seconds[1]) * 1000 };
  const both = BOTH.exec(value);
  if (both?.[1] && both[2]) return ofFrames(Number(both[1]) * nominalRate(rate) + Number(both[2]), rate);
  const minutes = MINUTES.exec(value);
  if (minutes?.[1]) return { milliseconds: Number(minutes[1]) * 60_000 + number(minutes[2] ?? '0') * 1000 };
  const clock = CLOCK.exec(value);
  if (clock?.[3])
    return { milliseconds: (Number(clock[1] ?? '0') * 3600 + Number(clock[2] ?? '0') * 60 + number(clock[3])) * 1000 };
  if (/^\d{1,9}(?:[.,]\d{1,6})?$/.test(value)) return { bare: number(value) };
  try {
    return /^\d/.test(value) ? ofFrames(parseTimecode(value, rate), rate) : null;
  } catch (error) {
    if (error instanceof TimeError) return null;
    throw error;
  }
}

/**
 * What a column's bare numbers count, where its heading does not say: whole numbers that are mostly above 500 are milliseconds,
 * above 15 frames, all others seconds.
 */
export function guessUnit(values: readonly number[]): Exclude<Unit, null> {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  if (!values.every(Number.isInteger)) return 'seconds';
  return middle >= 500 ? 'milliseconds' : middle > 15 ? 'frames' : 'seconds';
}

/** Milliseconds of a bare number. */
export function bareLength(value: number, unit: Exclude<Unit, null>, rate: FrameRate): number {
  if (unit === 'milliseconds') return value;
  return unit === 'seconds' ? value * 1000 : (value * 1000 * rate.den) / rate.num;
}
