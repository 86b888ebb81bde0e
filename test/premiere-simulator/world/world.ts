/** What all parts of one simulated Premiere share: clock, faults, events, and the record of what went wrong. */
import { HostError, NO_LONGER_VALID } from '../host/adobe';
import { macrotask, type SimClock } from './clock';
import { EventBus } from './events';
import type { Faults } from './faults';

/** Something that a live host may not survive or forgive, done by the code under test. */
export interface Hazard {
  readonly kind: 'lock' | 'transaction' | 'event-handler' | 'export';
  readonly message: string;
}

/** A dialog that blocks the host until a person closes it. */
export interface Modal {
  readonly title: string;
  readonly path: string;
  readonly dismiss: () => void;
}

interface Hook {
  readonly name: string;
  readonly run: () => void | Promise<void>;
  remaining: number;
}

export class World {
  readonly hazards: Hazard[] = [];
  readonly modals: Modal[] = [];
  /** Every asynchronous call made, by name, in order. */
  readonly calls: string[] = [];
  readonly events: EventBus;
  #hooks: Hook[] = [];
  #ids = 0;

  constructor(
    readonly clock: SimClock,
    readonly faults: Faults,
  ) {
    this.events = new EventBus((message) => this.hazard('event-handler', message));
  }

  hazard(kind: Hazard['kind'], message: string): void {
    this.hazards.push({ kind, message });
  }

  /** The next identity, the same in every run. */
  nextId(): string {
    this.#ids++;
    return `00000000-0000-4000-8000-${this.#ids.toString(16).padStart(12, '0')}`;
  }

  nextNumber(): number {
    return ++this.#ids;
  }

  /** Lets a person act in the middle of the `nth` call of a name from now on. */
  hook(name: string, nth: number, run: () => void | Promise<void>): void {
    this.#hooks.push({ name, run, remaining: nth });
  }

  /** A promise of the host: it settles on a later macrotask, never at once [D: typed as a Promise; I: always a real turn]. */
  async call<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    this.calls.push(name);
    await macrotask();
    for (const hook of [...this.#hooks]) {
      if (hook.name !== name || --hook.remaining > 0) continue;
      this.#hooks = this.#hooks.filter((other) => other !== hook);
      await hook.run();
    }
    return work();
  }

  /** Opens a dialog and waits until it is dismissed. */
  modal(title: string, path: string): Promise<void> {
    return new Promise((resolve) => {
      const modal: Modal = {
        title,
        path,
        dismiss: () => {
          this.modals.splice(this.modals.indexOf(modal), 1);
          resolve();
        },
      };
      this.modals.push(modal);
    });
  }
}

/** Takes the next entry of a list of faults; `otherwise` once it is used up. */
export function nextOf<T>(list: T[], otherwise: T): T {
  const [next = otherwise] = list.splice(0, 1);
  return next;
}

export function gone(): HostError {
  return new HostError(NO_LONGER_VALID);
}
