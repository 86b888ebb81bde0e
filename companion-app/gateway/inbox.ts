/**
 * One connection's work, one piece at a time, in the order it came. While too much waits, the socket is not read, so that
 * the sender's own system holds it back: a flood costs memory only up to the limits.
 */
export interface InboxOptions {
  readonly maxItems: number;
  readonly maxBytes: number;
  /** Stops and starts reading from the socket. */
  pause(): void;
  resume(): void;
  /** A task threw: the connection is beyond repair. */
  failed(error: unknown): void;
}

export class Inbox {
  private readonly tasks: { run: () => Promise<void>; bytes: number }[] = [];
  private bytes = 0;
  private paused = false;
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
    if (!this.paused && (this.tasks.length > this.options.maxItems || this.bytes > this.options.maxBytes)) {
      this.paused = true;
      this.options.pause();
    }
    this.running ??= this.work();
  }

  /** Drops what waits; resolves when the task that runs has ended. */
  async close(): Promise<void> {
    this.closed = true;
    this.tasks.length = 0;
    await this.running;
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
      if (this.paused && this.tasks.length === 0 && !this.closed) {
        this.paused = false;
        this.options.resume();
      }
    }
    this.running = null;
  }
}
