/** How a page's line to the companion stands. */
import type { Problem } from '../../../../shared/problem';
import type { CompanionMessageOf } from '../../../../shared/protocol';

export type HelloAck = CompanionMessageOf<'hello-ack'>;

export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly ack: HelloAck }
  | { readonly kind: 'disconnected' }
  /** Another window of this page took over; it is not tried again by itself. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'version-mismatch'; readonly update: 'page' | 'companion' }
  /** The token is not known any more. */
  | { readonly kind: 'unpaired'; readonly problem: Problem };

/** Calls everyone who listens; a listener may leave while being called. */
export class Listeners<T> {
  readonly #all = new Set<(value: T) => void>();

  readonly add = (listener: (value: T) => void): (() => void) => {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  };

  tell(value: T): void {
    for (const listener of [...this.#all]) listener(value);
  }
}
