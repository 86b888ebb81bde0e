/** Tells listeners, none of whom can keep the others from hearing. */
import type { QueueListener } from './dispatch';
import type { Log } from './ports';

export class Broadcast {
  readonly #listeners = new Set<QueueListener>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Returns the way out. */
  add(listener: QueueListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(how: (listener: QueueListener) => void): void {
    for (const listener of [...this.#listeners]) {
      try {
        how(listener);
      } catch (error) {
        this.#log.error(
          { error: error instanceof Error ? error.message : String(error) },
          'a listener of the queue threw',
        );
      }
    }
  }
}
