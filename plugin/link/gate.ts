/** Lets asynchronous code wait until something has changed. */
export class Gate {
  private waiting: (() => void)[] = [];

  /** Resolves at the next `open`. */
  wait(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Wakes everyone who waits now. */
  open(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const wake of waiting) wake();
  }
}
