/** Lengths as people write them into tables: seconds, frames, timecode. */
import { nominalRate, parseTimecode, TimeError, type FrameRate } from '../../../../shared/shot';
import type { Unit } from './columns';

/** A length in milliseconds; `bare` for a number that does not say what it counts. `middle`: of a range. */
export type Length =
  (({ readonly milliseconds: number } | { readonly bare: number }) & { readonly middle?: true }) | null;

/** What "1:12" is: minutes and seconds, or seconds and frames. */
export type Clock = 'minutes' | 'frames';

const ofFrames = (frames: number, rate: FrameRate): Length => ({ milliseconds: (frames * 1000 * rate.den) / rate.num });
const number = (text: string): number => Number(text.replace(',', '.'));

const SEC = String.raw`(?:s|secs?|seconds?|sek|sekunden?|segs?|segundos?|secondes?|secondi|сек|секунд\p{L}*|["″]|''|′′|’’|秒|초)`;
const FRAME = String.raw`(?:f|ff|frs?|frms?|frames?|im|imgs?|images?|bilder|fotogramas?|fotogrammi|quadros|klatki|beelden|кадр\p{L}*|コマ|k|帧|幀|格|프레임)`;
const MIN = String.raw`(?:m|min|mins|minutes?|minuten?|minutos?|мин|分钟?|分鐘?|분|['′’])`;
const rule = (text: string): RegExp => new RegExp(`^${text}$`, 'iu');
const MINUTES = rule(String.raw`(\d{1,3})\s*${MIN}\.?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*${SEC}?\.?)?`);
const SECONDS = rule(String.raw`(\d{1,6}(?:[.,]\d{1,6})?)\s*${SEC}\.?`);
const MILLISECONDS = rule(String.raw`(\d{1,9}(?:[.,]\d{1,3})?)\s*(?:ms|msecs?|milliseconds?|毫秒)`);
const FRAMES = rule(String.raw`(\d{1,7})\s*${FRAME}\.?`);
/** Seconds and frames, the animator's way: "2+12", "2s12f", "2 sec 12 fr", "2s + 12f". */
const BOTH = rule(String.raw`(\d{1,5})\s*(?:${SEC}\.?\s*(?:\+|,|&|and|et|und|y|e)?|\+)\s*(\d{1,3})\s*(?:${FRAME}\.?)?`);
const CLOCK = /^(?:(\d{1,2}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,6})?)$/;
/** "0:05-0:08", "2–3 sec": from one to the other. */
const RANGE = /^(.*?\d[^-–—~～〜]*?)\s*(?:[-–—~～〜]|\bto\b|→|-->)\s*(\d.*)$/u;
const ABOUT = /^(?:~|≈|≃|\+\/-|±|ca?\.?|circa|about|approx(?:imately)?\.?|around|env(?:iron)?\.?|约|約|약)\s*(?=\d)/iu;

/** Digits of every script as 0–9, no "about" before and no remark in brackets behind. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Nd}/gu, digit)
    .replaceAll('\u066b', '.')
    .trim()
    .replace(ABOUT, '')
    .replace(/(?<=.)\s*\([^()]*\)$/u, '')
    .trim();
}

/** A script's ten digits follow each other, and each such run begins with a zero that is none for the number before it. */
function digit(letter: string): string {
  if (letter >= '0' && letter <= '9') return letter;
  const code = letter.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/** Null for text that is no length. */
export function parseLength(text: string, rate: FrameRate, clock: Clock = 'minutes'): Length {
  const value = plain(text);
  return parseOne(value, rate, clock) ?? parseRange(value, rate, clock);
}

function parseOne(value: string, rate: FrameRate, clock: Clock): Length {
  const frames = FRAMES.exec(value);
  if (frames?.[1]) return ofFrames(Number(frames[1]), rate);
  const ms = MILLISECONDS.exec(value);
  if (ms?.[1]) return { milliseconds: number(ms[1]) };
  const seconds = SECONDS.exec(value);
  if (seconds?.[1]) return { milliseconds: number(seconds[1]) * 1000 };
  const both = BOTH.exec(value) ?? (clock === 'frames' ? shortClock(value) : null);
  if (both?.[1] && both[2]) return ofFrames(Number(both[1]) * nominalRate(rate) + Number(both[2]), rate);
  const minutes = MINUTES.exec(value);
  if (minutes?.[1]) return { milliseconds: Number(minutes[1]) * 60_000 + number(minutes[2] ?? '0') * 1000 };
  const time = CLOCK.exec(value);
  if (time?.[3])
    return { milliseconds: (Number(time[1] ?? '0') * 3600 + Number(time[2] ?? '0') * 60 + number(time[3])) * 1000 };
  if (/^\d{1,9}(?:[.,]\d{1,6})?$/.test(value)) return { bare: number(value) };
  try {
    return /^\d/.test(value) ? ofFrames(parseTimecode(value, rate), rate) : null;
  } catch (error) {
    if (error instanceof TimeError) return null;
    throw error;
  }
}

/** "1:12", as its two numbers. */
export const shortClock = (text: string): RegExpExecArray | null => /^(\d{1,4}):(\d{2})$/.exec(plain(text));

/** Between two times as long as from one to the other, between two lengths their middle. */
function parseRange(value: string, rate: FrameRate, clock: Clock): Length {
  const range = RANGE.exec(value);
  if (!range?.[1] || !range[2]) return null;
  const [a, b] = [parseOne(range[1].trim(), rate, clock), parseOne(range[2].trim(), rate, clock)];
  if (!a || !b) return null;
  const unit = /\d\s*(\D+)$/.exec(range[2])?.[1] ?? '';
  const from = 'bare' in a ? parseOne(`${a.bare}${unit}`, rate, clock) : a;
  if (!from || 'bare' in from !== 'bare' in b) return null;
  const [x, y] = [amount(from), amount(b)];
  if (y <= x) return null;
  if (range[2].includes(':')) return { milliseconds: y - x };
  const middle = (x + y) / 2;
  return 'bare' in b ? { bare: middle, middle: true } : { milliseconds: middle, middle: true };
}

const amount = (length: Exclude<Length, null>): number => ('bare' in length ? length.bare : length.milliseconds);

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

/** Less than this can only be a part of a day, as workbooks keep times. */
const PART_OF_DAY = 0.01;

/** Milliseconds of a bare number. */
export function bareLength(value: number, unit: Exclude<Unit, null>, rate: FrameRate): number {
  if (value < PART_OF_DAY && !Number.isInteger(value)) return value * 86_400_000;
  if (unit === 'milliseconds') return value;
  return unit === 'seconds' ? value * 1000 : (value * 1000 * rate.den) / rate.num;
}
