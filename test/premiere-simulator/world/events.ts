/** Events of the host, delivered a macrotask later [I]; a handler that throws is a hazard, for in the host it can end the application [R]. */
import { macrotask } from './clock';

type Handler = (event?: object) => void;

interface Listener {
  readonly target: unknown;
  readonly name: string;
  readonly handler: Handler;
}

export class EventBus {
  #listeners: Listener[] = [];

  constructor(private readonly onThrow: (message: string) => void) {}

  /** `target` null listens to all. */
  add(target: unknown, name: string, handler: Handler): void {
    this.#listeners.push({ target, name, handler });
  }

  remove(target: unknown, name: string, handler: Handler): void {
    const at = this.#listeners.findIndex((l) => l.target === target && l.name === name && l.handler === handler);
    if (at >= 0) this.#listeners.splice(at, 1);
  }

  /** `about` is the thing (a project's or sequence's own record) that targeted listeners were added for. */
  emit(name: string, event: object, about: unknown): void {
    void macrotask().then(() => {
      for (const listener of [...this.#listeners]) {
        if (listener.name !== name || (listener.target !== null && listener.target !== about)) continue;
        try {
          listener.handler(event);
        } catch (thrown) {
          this.onThrow(`A handler of ${name} threw: ${String(thrown)}`);
        }
      }
    });
  }
}
