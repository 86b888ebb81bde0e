/**
 * How long a network may keep its process silent: running blocks the thread, so whoever watches the process for life is told before each run
 * how long this one may take. Learned from the runs before; a network that hangs is still found.
 */

/** Told before the thread is blocked: milliseconds without a sign of life that mean nothing yet. */
export type Quiet = (ms: number) => void;

/** Of the slowest run so far: what is slower by more than this hangs. */
const SLOWER = 6;
const SPARE_MS = 30_000;

export interface Patience {
  /** Who is told. */
  listen(quiet: Quiet | undefined): void;
  /** Runs `work`, which blocks; runs of one name are about as long as each other. */
  during<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

/**
 * @param firstMs allowed to a run that nothing is known of yet
 * @param now milliseconds from any fixed moment
 */
export function patience(firstMs: number, now: () => number): Patience {
  const slowest = new Map<string, number>();
  let quiet: Quiet | undefined;
  return {
    listen: (listener) => {
      quiet = listener;
    },
    during: async (name, work) => {
      const known = slowest.get(name);
      quiet?.(known === undefined ? firstMs : known * SLOWER + SPARE_MS);
      const began = now();
      const result = await work();
      slowest.set(name, Math.max(known ?? 0, now() - began));
      return result;
    },
  };
}
