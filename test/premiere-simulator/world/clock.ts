/** Time as the simulator waits in it. Getters always take a macrotask of real time; only the long delays run on this clock. */

export interface SimClock {
  /** Milliseconds since the clock was made. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Work on real files: a virtual clock stands still while any of it is going on. */
  during<T>(work: Promise<T>): Promise<T>;
}

/** One turn of the event loop: no promise chain, however long, gets past it. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Delays are real. For demonstrations. */
export function realClock(): SimClock {
  const start = performance.now();
  return {
    now: () => performance.now() - start,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    during: (work) => work,
  };
}

/**
 * Delays cost no time: whenever the event loop has been idle for a few turns and no file is being worked on, the clock jumps to
 * the next sleeper. Give the same clock to the code under test and both see one order of events.
 */
export function virtualClock(): SimClock {
  let now = 0;
  let busy = 0;
  let pumping = false;
  const sleepers: { at: number; wake: () => void }[] = [];

  const pump = async (): Promise<void> => {
    if (pumping) return;
    pumping = true;
    while (sleepers.length > 0) {
      for (let turn = 0; turn < 8; turn++) await macrotask();
      if (busy > 0) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        continue;
      }
      sleepers.sort((a, b) => a.at - b.at);
      const next = sleepers.shift();
      if (next === undefined) break;
      now = Math.max(now, next.at);
      next.wake();
    }
    pumping = false;
  };

  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((resolve) => {
        sleepers.push({ at: now + Math.max(0, ms), wake: resolve });
        void pump();
      }),
    during: async (work) => {
      busy++;
      try {
        return await work;
      } finally {
        busy--;
      }
    },
  };
}
