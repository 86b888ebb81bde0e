/** OTIO's times: a number of frames at a rate, which may be that of sound or of a whole second; and how fast they pass. */
import { z } from 'zod';
import type { FrameRate } from '../../../../../shared/shot';
import { rateOf } from '../rates';
import { plus, toFrames, type Seconds } from '../seconds';
import type { OtioRange, OtioTime } from './schema';

/** Fractions of a frame are kept to a millionth. */
const FINE = 1_000_000;

/** The time as exact seconds; rates near a broadcast rate are that rate. */
export function secondsOf({ value, rate }: OtioTime): Seconds {
  const exact = rateOf(rate) ?? { num: Math.max(1, Math.round(rate * FINE)), den: FINE };
  const [num, den] = Number.isSafeInteger(value)
    ? [BigInt(value), 1n]
    : [BigInt(Math.round(Math.min(Math.max(value, -1e9), 1e9) * FINE)), BigInt(FINE)];
  return { num: num * BigInt(exact.den), den: den * BigInt(exact.num) };
}

/** To the nearest frame at `rate`. */
export const framesOf = (time: OtioTime, rate: FrameRate): number => toFrames(secondsOf(time), rate);

export interface Stretch {
  readonly start: Seconds;
  readonly duration: Seconds;
}

export const stretchOf = (range: OtioRange): Stretch => ({
  start: secondsOf(range.start_time),
  duration: secondsOf(range.duration),
});

export interface Span {
  readonly start: number;
  readonly frames: number;
}

/** Start and end are both brought to frames, so that ranges that touch still touch. */
export function framesIn({ start, duration }: Stretch, rate: FrameRate): Span {
  const from = toFrames(start, rate);
  return { start: from, frames: toFrames(plus(start, duration), rate) - from };
}

export const spanOf = (range: OtioRange, rate: FrameRate): Span => framesIn(stretchOf(range), rate);

const zWarp = z.object({
  OTIO_SCHEMA: z.string().regex(/^(?:LinearTimeWarp|FreezeFrame)\./),
  time_scalar: z.number().catch(0),
});

/** How many frames of its media a clip shows for each of its own: 1 without effects of time. */
export function speedOf(effects: readonly unknown[]): number {
  const warps = effects.flatMap((effect) => zWarp.safeParse(effect).data ?? []);
  return warps.reduce(
    (speed, { OTIO_SCHEMA, time_scalar }) => speed * (OTIO_SCHEMA.startsWith('F') ? 0 : time_scalar),
    1,
  );
}
