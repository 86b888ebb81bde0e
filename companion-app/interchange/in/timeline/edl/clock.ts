/** What an edit list counts in: it names no rate, and its sources may count in another one. */
import { canDrop, frameRate, nominalRate, parseTimecode, TimeError, type FrameRate } from '../../../../../shared/shot';
import { FormatFault } from '../../file/refuse';
import { convertFrames, dropRate } from '../rates';
import type { EdlEvent, EdlLines } from './lines';

const USUAL = [24, 25, 30, 50, 60] as const;

const frameField = (timecode: string): number => Number(/\d+$/.exec(timecode)?.[0] ?? 0);

/** Frames of a timecode at a nominal rate, drop-frame left aside; NaN where it counts more than that. */
function counted(timecode: string, nominal: number): number {
  const [hours, minutes, seconds, frames] = timecode.split(/[:;.,]/).map(Number);
  if (hours === undefined || minutes === undefined || seconds === undefined || frames === undefined) return NaN;
  return frames < nominal ? ((hours * 60 + minutes) * 60 + seconds) * nominal + frames : NaN;
}

/** How many events last as long in their source as in the cut, were a second so many frames. */
function agreeing(events: readonly EdlEvent[], nominal: number): number {
  return events.filter(({ times: [sourceIn, sourceOut, from, to] }) => {
    const length = counted(to, nominal) - counted(from, nominal);
    return length > 0 && counted(sourceOut, nominal) - counted(sourceIn, nominal) === length;
  }).length;
}

/**
 * The slowest usual rate that can count the frames of the cut, or a faster one where it alone makes most sources as long as their events.
 * Drop-frame lists are 29.97 or 59.94.
 */
export function guessRate(lines: EdlLines): FrameRate {
  const highest = Math.max(0, ...lines.events.flatMap(({ times: [, , from, to] }) => [from, to].map(frameField)));
  if (lines.dropFrame === true) return dropRate(highest >= 30 ? 60 : 30);
  const able = USUAL.filter((nominal) => highest < nominal);
  const [slowest] = able;
  if (slowest === undefined) throw new FormatFault(`it counts ${highest} frames in a second`);
  const sourced = lines.events.filter(({ times: [sourceIn, sourceOut] }) => sourceIn !== sourceOut);
  const scores = able.map((nominal) => ({ nominal, agree: agreeing(sourced, nominal) }));
  const best = scores.reduce((a, b) => (b.agree > a.agree ? b : a));
  return frameRate(best.agree * 2 > sourced.length ? best.nominal : slowest);
}

/** A list that begins within a minute of a whole hour counts from that hour, as timelines do; others from their first event. */
export function zeroOf(first: number, rate: FrameRate, drop: boolean): number {
  const hour = (n: number): number => parseTimecode(`${String(n).padStart(2, '0')}:00:00:00`, rate, drop);
  const before =
    Array.from({ length: 24 }, (_, n) => hour(n))
      .filter((frame) => frame <= first)
      .at(-1) ?? 0;
  return first - before < nominalRate(rate) * 60 ? before : first;
}

/** A moment of the cut in frames. Throws TimeError for what is no timecode at this rate. */
export const recordFrames = (timecode: string, rate: FrameRate, drop: boolean): number =>
  parseTimecode(timecode.replaceAll(/[;.,]/g, ':'), rate, drop);

/** The frames that `read` finds, or null where its text is no timecode. */
export function attempt(read: () => number): number | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof TimeError) return null;
    throw error;
  }
}

/**
 * A moment of a source in frames of the cut. A source counts as the cut does, or without dropping, or at a faster rate of its own; some
 * lists write plain frame numbers. 0 where it cannot be read: where a clip lies does not depend on it.
 */
export function sourceFrames(text: string, rate: FrameRate, drop: boolean): number {
  if (/^\d+$/.test(text)) return Number(text);
  const plain = text.replaceAll(/[;.,]/g, ':');
  const own = attempt(() => parseTimecode(plain, rate, drop)) ?? attempt(() => parseTimecode(plain, rate, false));
  if (own !== null) return own;
  const faster = USUAL.find((nominal) => nominal > frameField(plain));
  if (faster === undefined) return 0;
  const theirs = canDrop(rate) || rate.den !== 1 ? frameRate(faster * 1000, 1001) : frameRate(faster);
  return convertFrames(attempt(() => parseTimecode(plain, theirs, false)) ?? 0, theirs, rate);
}
