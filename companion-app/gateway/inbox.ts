/**
 * One connection's work, one piece at a time, in the order it came. While too much waits, the socket is not read, so that
 * the sender's own system holds it back: a flood costs memory only up to the limits.
 */
import type { Turnstile } from './turnstile';

export interface InboxOptions {
  readonly maxItems: number;
  readonly maxBytes: number;
  /** Shared by all connections. */
  readonly turnstile: Turnstile;
  /** Stops and starts reading from the socket. */
  pause(): void;
  resume(): void;
  /** A task threw: the connection is beyond repair. */
  failed(error: unknown): void;
}

export class Inbox {
  private readonly tasks: { run: () => Promise<void>; bytes: number }[] = [];
  private bytes = 0;
  /** Reasons for which the socket is not read now. */
  private holds = 0;
  private full = false;
  private queuing = false;
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(private readonly options: InboxOptions) {}

  /** True when nothing waits and nothing runs. */
  get idle(): boolean {
    return this.running === null;
  }

  /** Adds a task that holds `bytes` of memory until it has run. */
  push(bytes: number, run: () => Promise<void>): void {
    if (this.closed) return;
    this.tasks.push({ run, bytes });
    this.bytes += bytes;
    if (!this.full && (this.tasks.length > this.options.maxItems || this.bytes > this.options.maxBytes)) {
      this.full = true;
      this.hold();
    }
    if (!this.options.turnstile.pass(bytes) && !this.queuing) {
      this.queuing = true;
      this.hold();
      this.options.turnstile.wait(() => {
        this.queuing = false;
        this.letGo();
      });
    }
    this.running ??= this.work();
  }

  /** Drops what waits; resolves when the task that runs has ended. */
  async close(): Promise<void> {
    this.closed = true;
    this.tasks.length = 0;
    await this.running;
  }

  private hold(): void {
    this.holds += 1;
    if (this.holds === 1) this.options.pause();
  }

  private letGo(): void {
    this.holds -= 1;
    if (this.holds === 0 && !this.closed) this.options.resume();
  }

  private async work(): Promise<void> {
    // The first task starts in a later turn, so that `running` is set before it can ask.
    await Promise.resolve();
    for (let task = this.tasks.shift(); task; task = this.tasks.shift()) {
      try {
        await task.run();
      } catch (error) {
        this.options.failed(error);
      }
      this.bytes -= task.bytes;
      if (this.full && this.tasks.length === 0) {
        this.full = false;
        this.letGo();
      }
    }
    this.running = null;
  }
}
