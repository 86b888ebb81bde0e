/** A sequence's rate, counting and picture size. */
import type { Sequence } from '@adobe/premierepro';
import { canDrop, rateFromTimebase, type FrameRate, type Size } from '../../shared/shot';
import type { PremiereApi } from './api';
import { orElse, sameConstant } from './host-values';

export interface FrameSetup {
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  readonly size: Size;
}

/** The rate alone, from the timebase: ticks a frame. Throws TimeError where the host gives none. */
export async function readRate(sequence: Sequence): Promise<FrameRate> {
  return rateFromTimebase(BigInt(await sequence.getTimebase()));
}

/** Reads the three. The frame size comes as floats and is rounded. */
export async function readFrameSetup(ppro: PremiereApi, sequence: Sequence): Promise<FrameSetup> {
  const rate = await readRate(sequence);
  const [size, display] = await Promise.all([
    sequence.getFrameSize(),
    orElse<{ type: number } | null>(() => sequence.getSequenceVideoTimeDisplayFormat(), null),
  ]);
  return {
    rate,
    dropFrame: canDrop(rate) && sameConstant(display?.type, ppro.Constants.VideoDisplayFormatType.FPS_29_97),
    size: { width: Math.round(size.width), height: Math.round(size.height) },
  };
}
