/** TickTime and FrameRate: 64-bit ticks kept as BigInt, with the host's own lossy corners left in. */
import type { FrameRate, FrameRateStatic, TickTime, TickTimeStatic } from '@adobe/premierepro';
import { arity, asHost, HostError, valid, type Members } from './adobe';

/** [D] Ticks in one second. */
export const TICKS_PER_SECOND = 254_016_000_000n;

/** Largest multiple of `step` that is not after `ticks`. */
export function floorTo(ticks: bigint, step: bigint): bigint {
  const rest = ticks % step;
  return rest >= 0n ? ticks - rest : ticks - rest - step;
}

/** Multiple of `step` nearest to `ticks`; halves go up. */
function nearestTo(ticks: bigint, step: bigint): bigint {
  return floorTo(ticks + step / 2n, step);
}

export class SimFrameRate implements Members<FrameRate> {
  constructor(public ticksPerFrame: number) {}

  get value(): number {
    return Number(TICKS_PER_SECOND) / this.ticksPerFrame;
  }

  equals(other: FrameRate): boolean {
    return this.ticksPerFrame === other.ticksPerFrame;
  }
}

class SimTickTime implements Members<TickTime> {
  constructor(readonly value: bigint) {}

  get ticks(): string {
    return this.value.toString();
  }

  get ticksNumber(): number {
    return Number(this.value);
  }

  /** [R] A double: times built back from it come out a tick short, and clips a frame short. */
  get seconds(): number {
    return Number(this.value) / Number(TICKS_PER_SECOND);
  }

  equals(...args: Parameters<TickTime['equals']>): boolean {
    arity(args, 1);
    return ticksOf(args[0]) === this.value;
  }

  /** [D] Nearest frame boundary; [I] halves go up. */
  alignToNearestFrame(rate: FrameRate): TickTime {
    return tickTime(nearestTo(this.value, stepOf(rate)));
  }

  /** [I] The boundary at or before. */
  alignToFrame(rate: FrameRate): TickTime {
    return tickTime(floorTo(this.value, stepOf(rate)));
  }

  add(other: TickTime): TickTime {
    return tickTime(this.value + ticksOf(other));
  }

  subtract(other: TickTime): TickTime {
    return tickTime(this.value - ticksOf(other));
  }

  multiply(factor: number): TickTime {
    return tickTime(Number.isInteger(factor) ? this.value * BigInt(factor) : truncate(this.ticksNumber * factor));
  }

  divide(divisor: number): TickTime {
    valid(divisor !== 0);
    return tickTime(Number.isInteger(divisor) ? this.value / BigInt(divisor) : truncate(this.ticksNumber / divisor));
  }
}

export function tickTime(value: bigint): TickTime {
  return asHost<TickTime>(new SimTickTime(value));
}

/** The ticks of an argument; anything but a TickTime made by the host is refused [L]. */
export function ticksOf(time: TickTime): bigint {
  valid(time instanceof SimTickTime);
  return time.value;
}

function stepOf(rate: FrameRate): bigint {
  valid(rate instanceof SimFrameRate && rate.ticksPerFrame > 0);
  return BigInt(Math.round(rate.ticksPerFrame));
}

function truncate(value: number): bigint {
  valid(Number.isFinite(value));
  return BigInt(Math.trunc(value));
}

export const TickTimes: TickTimeStatic = {
  createWithFrameAndFrameRate: (...args) => {
    arity(args, 2);
    valid(Number.isInteger(args[0]));
    return tickTime(BigInt(args[0]) * stepOf(args[1]));
  },
  /** [R] Goes through a double and is cut, not rounded: the reason why clips placed by seconds are one frame short. */
  createWithSeconds: (...args) => {
    arity(args, 1);
    return tickTime(truncate(args[0] * Number(TICKS_PER_SECOND)));
  },
  createWithTicks: (...args) => {
    arity(args, 1);
    if (typeof args[0] !== 'string' || !/^-?\d+$/.test(args[0])) throw new HostError('Invalid parameter.');
    return tickTime(BigInt(args[0]));
  },
  TIME_ZERO: tickTime(0n),
  TIME_ONE_SECOND: tickTime(TICKS_PER_SECOND),
  TIME_ONE_MINUTE: tickTime(TICKS_PER_SECOND * 60n),
  TIME_ONE_HOUR: tickTime(TICKS_PER_SECOND * 3600n),
  TIME_MAX: tickTime(2n ** 63n - 1n),
  TIME_MIN: tickTime(-(2n ** 63n) + 1n),
  TIME_INVALID: tickTime(-(2n ** 63n)),
};

export const FrameRates: FrameRateStatic = {
  /** [I] The plain quotient: 23.976 is not 24000/1001, so only a rate read from the sequence is exact. */
  createWithValue: (...args) => {
    arity(args, 1);
    valid(Number.isFinite(args[0]) && args[0] > 0);
    return asHost<FrameRate>(new SimFrameRate(Math.round(Number(TICKS_PER_SECOND) / args[0])));
  },
};
