/** What goes out on one connection, and how much of it may wait in memory for a peer that reads slowly. */
import type { WebSocket } from 'ws';
import type { CompanionMessage } from '../../shared/protocol';
import type { Clock } from './ports';

export interface OutboxOptions {
  readonly socket: WebSocket;
  readonly clock: Clock;
  readonly maxBytes: number;
  readonly stallMs: number;
  /** The peer has taken nothing for `stallMs` while more than `maxBytes` wait. */
  stalled(): void;
}

export class Outbox {
  private waiting: (() => void)[] = [];

  constructor(private readonly options: OutboxOptions) {}

  /** Sends one message; on a closed socket nothing happens. */
  send(message: CompanionMessage): void {
    const { socket } = this.options;
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(message), () => {
      if (this.hasRoom()) this.wake();
    });
  }

  /** Sends what may be lost: dropped when the peer is behind. Says whether it was sent. */
  glimpse(message: CompanionMessage): boolean {
    if (!this.hasRoom()) return false;
    this.send(message);
    return true;
  }

  /** Resolves once less than `maxBytes` wait, or the socket is gone. */
  async room(): Promise<void> {
    if (this.hasRoom()) return;
    const cancel = this.options.clock.after(this.options.stallMs, () => this.options.stalled());
    await new Promise<void>((done) => this.waiting.push(done));
    cancel();
  }

  /** Lets everyone go who waits for room: the socket is gone. */
  wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const done of waiting) done();
  }

  private hasRoom(): boolean {
    const { socket, maxBytes } = this.options;
    return socket.readyState !== socket.OPEN || socket.bufferedAmount <= maxBytes;
  }
}
