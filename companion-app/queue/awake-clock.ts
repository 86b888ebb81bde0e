/** A clock for durations of work: hours that the machine slept are not counted, whatever its own clock makes of them. */
import type { Clock } from './ports';

/** How often the clock is looked at. */
const LOOK_MS = 2_000;
/** A longer time between two looks was no work: the machine slept (the event loop is never held for so long). */
const SLEPT_MS = 15_000;

export interface AwakeClock extends Clock {
  stop(): void;
}

/** `every` calls back again and again until the returned function is called; a timer unless a test gives another. */
export function awakeClock(
  clock: Clock,
  every: (ms: number, act: () => void) => () => void = timer,
  slept: (ms: number) => void = () => undefined,
): AwakeClock {
  let last = clock.monotonic();
  let asleep = 0;
  const look = (): number => {
    const now = clock.monotonic();
    const gap = now - last;
    last = now;
    if (gap > SLEPT_MS) {
      asleep += gap;
      slept(gap);
    }
    return now - asleep;
  };
  const stop = every(LOOK_MS, () => void look());
  return { now: () => clock.now(), monotonic: look, stop };
}

function timer(ms: number, act: () => void): () => void {
  const handle = setInterval(act, ms);
  handle.unref();
  return () => clearInterval(handle);
}
