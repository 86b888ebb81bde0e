/** Stops what runs: as much of an AbortController as is needed, since UXP is not known to have one. */

export interface StopSignal {
  readonly stopped: boolean;
  /** Calls `act` once when stopped, at once if it is already. Returns the function that takes this back. */
  onStop(act: () => void): () => void;
}

export class Stopper implements StopSignal {
  private readonly acts = new Set<() => void>();
  private done = false;

  get stopped(): boolean {
    return this.done;
  }

  onStop(act: () => void): () => void {
    if (this.done) act();
    else this.acts.add(act);
    return () => void this.acts.delete(act);
  }

  stop(): void {
    this.done = true;
    for (const act of [...this.acts]) act();
    this.acts.clear();
  }
}
