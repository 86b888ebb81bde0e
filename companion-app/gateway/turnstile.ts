/**
 * How much all connections together may bring in one turn of the event loop. Whoever comes when that is used up is let in some turns
 * later: fifty uploads at once must not keep the loop from everything else.
 */
export class Turnstile {
  #left = PER_TURN;
  #waiting: (() => void)[] = [];
  #turning = false;

  /** Counts what came in; false when it was enough for this turn. */
  pass(bytes: number): boolean {
    this.#left -= bytes;
    this.#turn();
    return this.#left > 0;
  }

  /** Calls `go` in one of the next turns. */
  wait(go: () => void): void {
    this.#waiting.push(go);
    this.#turn();
  }

  #turn(): void {
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(() => {
      this.#turning = false;
      this.#left = PER_TURN;
      const going = this.#waiting.splice(0, AT_ONCE);
      if (this.#waiting.length > 0) this.#turn();
      for (const go of going) go();
    });
  }
}

/** Bytes: some milliseconds of unmasking and hashing. */
const PER_TURN = 2_097_152;
/** Connections that are let go on in one turn. */
const AT_ONCE = 4;
