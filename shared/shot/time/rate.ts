/**
 * Exact frame rates and Premiere ticks. A rate is a ratio of integers; nothing here rounds through floating seconds.
 */

/** Frames a second as a reduced ratio of positive integers: 23.976 is 24000/1001. */
export interface FrameRate {
  readonly num: number;
  readonly den: number;
}

/** Premiere's time unit (Adobe TickTime): ticks in one second. */
export const TICKS_PER_SECOND = 254_016_000_000n;

/** Raised when text, a timebase or a frame count does not denote an exact time. */
export class TimeError extends Error {
  override readonly name = 'TimeError';
}

const table = {
  '23.976': { num: 24000, den: 1001 },
  '24': { num: 24, den: 1 },
  '25': { num: 25, den: 1 },
  '29.97': { num: 30000, den: 1001 },
  '30': { num: 30, den: 1 },
  '50': { num: 50, den: 1 },
  '59.94': { num: 60000, den: 1001 },
  '60': { num: 60, den: 1 },
} as const satisfies Record<string, FrameRate>;

/** The rates an editing timeline uses, by the names editors call them. */
export const RATES: Readonly<Record<keyof typeof table, FrameRate>> = table;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Makes a reduced rate. Throws TimeError unless both are positive safe integers and the rate is 1–1000 frames a second. */
export function frameRate(num: number, den = 1): FrameRate {
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || num <= 0 || den <= 0) {
    throw new TimeError(`A frame rate needs two positive whole numbers, not ${num}/${den}.`);
  }
  if (num < den || num > den * 1000) throw new TimeError(`A frame rate lies between 1 and 1000, not ${num / den}.`);
  const d = gcd(num, den);
  return { num: num / d, den: den / d };
}

/**
 * Reads "23.976", "23.98", "24", "24000/1001", "29.97", "12.5". NTSC decimals become their exact ratio.
 * Throws TimeError for anything else.
 */
export function parseRate(text: string): FrameRate {
  const clean = text
    .trim()
    .toLowerCase()
    .replace(/\s*(fps|p)$/, '');
  const ratio = /^(\d{1,9})\s*[/:]\s*(\d{1,9})$/.exec(clean);
  if (ratio) return frameRate(Number(ratio[1]), Number(ratio[2]));
  if (!/^\d{1,4}(\.\d{1,6})?$/.test(clean))
    throw new TimeError(`"${text}" is not a frame rate. Write it like 23.976, 25 or 24000/1001.`);
  const value = Number(clean);
  const ntsc = Math.ceil(value);
  if (!Number.isInteger(value) && Math.abs(value - (ntsc * 1000) / 1001) < 0.005) return frameRate(ntsc * 1000, 1001);
  return frameRate(Math.round(value * 1_000_000), 1_000_000);
}

/** "23.976", "25", "12.5": the rate as editors write it (three decimals at most, NTSC rates by their usual names). */
export function formatRate(rate: FrameRate): string {
  for (const [name, known] of Object.entries(RATES)) if (sameRate(known, rate)) return name;
  return String(Number((rate.num / rate.den).toFixed(3)));
}

/** True when both ratios denote the same rate. */
export function sameRate(a: FrameRate, b: FrameRate): boolean {
  return a.num * b.den === b.num * a.den;
}

/** Frames counted in one second of timecode: 24 for 23.976, 30 for 29.97. */
export function nominalRate(rate: FrameRate): number {
  return Math.round(rate.num / rate.den);
}

/** Premiere ticks in one frame. Throws TimeError where the rate does not divide the tick (no editing rate does that). */
export function ticksPerFrame(rate: FrameRate): bigint {
  const ticks = TICKS_PER_SECOND * BigInt(rate.den);
  if (ticks % BigInt(rate.num) !== 0n)
    throw new TimeError(`${formatRate(rate)} fps has no whole number of ticks a frame.`);
  return ticks / BigInt(rate.num);
}

/** The rate of a Premiere timebase (ticks a frame, as Sequence.getTimebase gives it). Throws TimeError when not positive. */
export function rateFromTimebase(ticksInFrame: bigint): FrameRate {
  if (ticksInFrame <= 0n) throw new TimeError(`A timebase of ${ticksInFrame.toString()} ticks a frame is no rate.`);
  let a = TICKS_PER_SECOND;
  let b = ticksInFrame;
  while (b !== 0n) [a, b] = [b, a % b];
  return frameRate(Number(TICKS_PER_SECOND / a), Number(ticksInFrame / a));
}

/** Start of frame `frame` in ticks. Frames may be negative. */
export function framesToTicks(frame: number, rate: FrameRate): bigint {
  if (!Number.isSafeInteger(frame)) throw new TimeError(`${frame} is not a whole frame.`);
  return BigInt(frame) * ticksPerFrame(rate);
}

/** The frame whose half-open range [start, end) holds this tick. */
export function ticksToFrame(ticks: bigint, rate: FrameRate): number {
  const per = ticksPerFrame(rate);
  const floor = ticks >= 0n ? ticks / per : -((-ticks + per - 1n) / per);
  return Number(floor);
}

/** The frame boundary nearest to this tick (halves go up), as Premiere's alignToNearestFrame does. */
export function nearestFrame(ticks: bigint, rate: FrameRate): number {
  return ticksToFrame(ticks + ticksPerFrame(rate) / 2n, rate);
}

/** Seconds as a double: for display and for logs only, never to compute a position from. */
export function framesToSeconds(frames: number, rate: FrameRate): number {
  return (frames * rate.den) / rate.num;
}

/** Whole frames nearest to a length in milliseconds (storyboards count in those), at least `least`. */
export function millisecondsToFrames(ms: number, rate: FrameRate, least = 1): number {
  return Math.max(least, Math.round((ms * rate.num) / (rate.den * 1000)));
}
