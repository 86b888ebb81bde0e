/** Sounds laid at exact frames and mixed, as one ffmpeg filter graph. */
import type { FrameRate } from '../../shared/shot';

export interface Sound {
  /** Absolute path of a sound file (or a movie with sound). */
  readonly path: string;
  /** Frame of the cut at which it is first heard. */
  readonly startFrame: number;
  /** How many frames of it are heard; to its end where absent. */
  readonly frames?: number | undefined;
  /** Frame of the sound itself to begin with, in the cut's rate. */
  readonly inFrame?: number | undefined;
}

export const SAMPLE_RATE = 48_000;

/** amerge and pan take 64 channels at most, older builds fewer. */
const MOST_AT_ONCE = 16;

/** The sample at which a frame starts, to the nearest; exact in integers, so nothing drifts over hours. */
export function sampleAt(frame: number, rate: FrameRate): number {
  const [num, den] = [BigInt(rate.num), BigInt(rate.den)];
  return Number((BigInt(frame) * den * BigInt(SAMPLE_RATE) * 2n + num) / (num * 2n));
}

/**
 * The graph that ends in [mix], stereo and exactly `frames` frames long. `firstInput` is ffmpeg's number of the first
 * sound's input. At least one sound.
 */
export function mixGraph(sounds: readonly Sound[], frames: number, rate: FrameRate, firstInput: number): string {
  const total = sampleAt(frames, rate);
  const laid = sounds.map((sound, i) => lay(sound, i, rate, total, firstInput));
  const chains = [...laid];
  let names = sounds.map((_, i) => `s${i}`);
  for (let round = 0; names.length > 1; round += 1) {
    const next: string[] = [];
    for (let at = 0; at < names.length; at += MOST_AT_ONCE) {
      const name = `m${round}_${at}`;
      chains.push(sum(names.slice(at, at + MOST_AT_ONCE), name));
      next.push(name);
    }
    names = next;
  }
  return [...chains, `[${names[0] ?? ''}]anull[mix]`].join(';');
}

function lay(sound: Sound, i: number, rate: FrameRate, total: number, firstInput: number): string {
  const from = sampleAt(sound.inFrame ?? 0, rate);
  // A sound that starts before the cut is heard from where the cut begins.
  const start = sampleAt(Math.max(0, sound.startFrame), rate);
  const skipped = sound.startFrame < 0 ? sampleAt(-sound.startFrame, rate) : 0;
  const end = sound.frames === undefined ? '' : `:end_sample=${from + sampleAt(sound.frames, rate)}`;
  const delay = start > 0 ? [`adelay=${start}S|${start}S`] : [];
  return [
    `[${firstInput + i}:a:0]aresample=${SAMPLE_RATE}`,
    'aformat=sample_fmts=fltp:channel_layouts=stereo',
    `atrim=start_sample=${from + skipped}${end}`,
    'asetpts=PTS-STARTPTS',
    ...delay,
    'apad',
    `atrim=end_sample=${total}[s${i}]`,
  ].join(',');
}

/** Adds stereo streams at full level. One alone passes as it is. */
function sum(names: readonly string[], into: string): string {
  if (names.length === 1) return `[${names[0] ?? ''}]anull[${into}]`;
  const side = (first: number): string => names.map((_, i) => `c${2 * i + first}`).join('+');
  return `${names.map((name) => `[${name}]`).join('')}amerge=inputs=${names.length},pan=stereo|c0=${side(0)}|c1=${side(1)}[${into}]`;
}
