/** Between frames, BigInt ticks and the host's TickTime. Never through seconds: those make clips one frame short. */
import type { TickTime } from '@adobe/premierepro';
import { framesToTicks, nearestFrame, type FrameRate } from '../../shared/shot';
import type { PremiereApi } from './api';

/** Ticks of a host time, exactly. Throws SyntaxError where the host gives no whole number. */
export function ticksOf(time: TickTime): bigint {
  return BigInt(time.ticks);
}

/** A host time from ticks. */
export function tickTime(ppro: PremiereApi, ticks: bigint): TickTime {
  return ppro.TickTime.createWithTicks(ticks.toString());
}

/** A host time at the start of a frame. */
export function frameTime(ppro: PremiereApi, frame: number, rate: FrameRate): TickTime {
  return tickTime(ppro, framesToTicks(frame, rate));
}

/** The frame boundary nearest to a host time. */
export function frameOf(time: TickTime, rate: FrameRate): number {
  return nearestFrame(ticksOf(time), rate);
}
