/** Which upload a message about a transfer belongs to. Numbers are per connection; messages may come before their upload listens. */
import type { CompanionMessage, CompanionMessageOf } from '../../shared/protocol';

export type TransferMessage =
  CompanionMessageOf<'upload-ack'> | CompanionMessageOf<'upload-done'> | CompanionMessageOf<'error'>;

/** Messages kept for a transfer nobody has claimed yet. */
const KEPT = 16;

export class Transfers {
  private readonly claimed = new Map<number, (message: TransferMessage) => void>();
  private unclaimed: { readonly transfer: number; readonly message: TransferMessage }[] = [];

  /** Takes a message about a transfer; says whether it was one. */
  take(message: CompanionMessage): boolean {
    if (message.type !== 'upload-ack' && message.type !== 'upload-done' && message.type !== 'error') return false;
    const { transfer } = message;
    if (transfer === undefined) return false;
    const listener = this.claimed.get(transfer);
    if (listener) listener(message);
    else this.unclaimed = [...this.unclaimed, { transfer, message }].slice(-KEPT);
    return true;
  }

  /** Listens to a transfer, to what has come before too. Returns the function that stops. */
  claim(transfer: number, listener: (message: TransferMessage) => void): () => void {
    this.claimed.set(transfer, listener);
    const earlier = this.unclaimed.filter((entry) => entry.transfer === transfer);
    this.unclaimed = this.unclaimed.filter((entry) => entry.transfer !== transfer);
    for (const { message } of earlier) listener(message);
    return () => void this.claimed.delete(transfer);
  }

  /** The connection is gone, and its numbers with it. */
  reset(): void {
    this.claimed.clear();
    this.unclaimed = [];
  }
}
