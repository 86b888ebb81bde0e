/** Counts the seconds that somebody looks at a take; needs no window, so that it can be tried at any pace. */

/** Nobody who has done nothing for so long is taken to be looking. */
const IDLE_MS = 45_000;
/** Between two looks no more than this is counted: a machine that slept was not looked at. */
export const LOOK_MS = 1_000;

export interface Sight {
  /** The page is in front, seen and has the focus; of all windows and tabs only one can have it. */
  readonly inFront: boolean;
  readonly playing: boolean;
}

export class Looking {
  #last: number;
  #active: number;
  #seconds = 0;

  /** @param now milliseconds that never go back, as in all that follows */
  constructor(now: number, active = now) {
    this.#last = now;
    this.#active = active;
  }

  /** When a hand was last seen. */
  get active(): number {
    return this.#active;
  }

  /** A hand was on mouse, keys or screen. */
  sign(now: number): void {
    this.#active = now;
  }

  /** To be called about once a second. */
  look(now: number, { inFront, playing }: Sight): void {
    const passed = Math.min(2 * LOOK_MS, Math.max(0, now - this.#last)) / 1000;
    this.#last = now;
    if (inFront && (playing || now - this.#active < IDLE_MS)) this.#seconds += passed;
  }

  /** Seconds not yet told. */
  get owed(): number {
    return this.#seconds;
  }

  /** Takes what is owed away, to be told. */
  take(): number {
    const told = this.#seconds;
    this.#seconds = 0;
    return told;
  }

  /** It could not be told: it is owed again. */
  giveBack(seconds: number): void {
    this.#seconds += seconds;
  }
}
