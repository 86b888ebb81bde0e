/** How the link stands, for the panel to show, and who wants to know. */
import type { Problem } from '../../shared/problem';
import type { HelloAck } from './channel';

export type LinkState =
  | { readonly kind: 'disconnected'; readonly problem: Problem }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'pairing-needed'; readonly problem: Problem }
  | {
      readonly kind: 'connected';
      readonly companion: HelloAck['companion'];
      readonly capabilities: HelloAck['capabilities'];
    }
  /** A newer panel of the same kind took over; connect() takes it back. */
  | { readonly kind: 'superseded'; readonly problem: Problem }
  | { readonly kind: 'version-mismatch'; readonly problem: Problem };

/** Calls everyone who listens. One that throws does not keep the others from hearing, nor harm the caller. */
export class Listeners<T> {
  private readonly all = new Set<(value: T) => void>();

  /** Returns the function that stops listening. */
  add(listener: (value: T) => void): () => void {
    this.all.add(listener);
    return () => void this.all.delete(listener);
  }

  tell(value: T): void {
    for (const listener of [...this.all]) {
      try {
        listener(value);
      } catch {
        // an exception let through here could take Premiere down
      }
    }
  }
}
