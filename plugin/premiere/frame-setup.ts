/** A sequence's rate, counting and picture size. */
import type { Sequence } from '@adobe/premierepro';
import { canDrop, nearestFrame, rateFromTimebase, type FrameRate, type Size } from '../../shared/shot';
import type { PremiereApi } from './api';
import { orElse, sameConstant } from './host-values';

export interface FrameSetup {
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  readonly size: Size;
  /** Timecode of the sequence's zero, in frames; 0 where the host does not say. */
  readonly timecodeZero: number;
}

/** The rate alone, from the timebase: ticks a frame. Throws TimeError where the host gives none. */
export async function readRate(sequence: Sequence): Promise<FrameRate> {
  return rateFromTimebase(BigInt(await sequence.getTimebase()));
}

/** Reads them all. The frame size comes as floats and is rounded. */
export async function readFrameSetup(ppro: PremiereApi, sequence: Sequence): Promise<FrameSetup> {
  const rate = await readRate(sequence);
  const [size, display, zero] = await Promise.all([
    sequence.getFrameSize(),
    orElse<{ type: number } | null>(() => sequence.getSequenceVideoTimeDisplayFormat(), null),
    orElse(async () => BigInt((await sequence.getZeroPoint()).ticks), 0n),
  ]);
  return {
    rate,
    dropFrame: canDrop(rate) && sameConstant(display?.type, ppro.Constants.VideoDisplayFormatType.FPS_29_97),
    size: { width: Math.round(size.width), height: Math.round(size.height) },
    timecodeZero: nearestFrame(zero, rate),
  };
}
