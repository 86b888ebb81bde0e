/** The time a run counts in: what a person asks for, else what the storyboard says. */
import { canDrop, parseRate, RATES, sameRate, TimeError, type FrameRate } from '../../../shared/shot';
import type { Storyboard, StoryboardSound } from '../../interchange/storyboard';
import type { RunSound } from './run';

export interface RunTime {
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  /** Timecode of the first frame, in frames. */
  readonly startFrame: number;
}

function ownRate({ rate, fps }: Storyboard): FrameRate | null {
  if (rate) return rate;
  try {
    return fps === undefined ? null : parseRate(fps.toFixed(3).replace(/\.?0+$/, ''));
  } catch (error) {
    if (error instanceof TimeError) return null;
    throw error;
  }
}

/** A stated rate wins; timecode and drop-frame of the storyboard hold only at its own rate. */
export function timeOf(storyboard: Storyboard, wish: { rate?: FrameRate | undefined; dropFrame: boolean }): RunTime {
  const own = ownRate(storyboard);
  const rate = wish.rate ?? own ?? RATES['24'];
  const same = own !== null && sameRate(own, rate);
  const drops = wish.dropFrame || (same && storyboard.dropFrame === true);
  return { rate, dropFrame: drops && canDrop(rate), startFrame: same ? (storyboard.startFrame ?? 0) : 0 };
}

/** Frames nearest to a moment. */
const frameAt = (ms: number, rate: FrameRate): number => Math.round((ms * rate.num) / (rate.den * 1000));

/** A storyboard's sound on the run's frames: its end is rounded up, so that no sound is cut short. */
export function soundAt(sound: StoryboardSound, rate: FrameRate): RunSound {
  const { path, startMilliseconds, milliseconds, fromMilliseconds } = sound;
  const frames = milliseconds === undefined ? 0 : Math.ceil((milliseconds * rate.num) / (rate.den * 1000) - 1e-6);
  return {
    path,
    startFrame: frameAt(startMilliseconds, rate),
    ...(frames > 0 ? { frames } : {}),
    ...(fromMilliseconds === undefined ? {} : { inFrame: frameAt(fromMilliseconds, rate) }),
  };
}
