/**
 * How long an event loop was held, and why: a heartbeat notes how long it was late, and asks the system how much of that time its thread
 * was at work and how much it only waited for a processor that others had.
 */
import { readFileSync } from 'node:fs';

export interface Held {
  /** Longest time between two turns of the loop, milliseconds. */
  readonly longestMs: number;
  readonly p99Ms: number;
  /** The same without the time in which others had the processor; null where the system does not say (it does on Linux). */
  readonly ownMs: number | null;
  /** Most work of the thread between two turns, milliseconds of processor; null likewise. */
  readonly workMs: number | null;
}

/** A turn is asked for so often. */
const EVERY_MS = 1;
const MOST_KEPT = 200_000;

interface Share {
  readonly ran: number;
  readonly waited: number;
}

/** Milliseconds that this thread has run, and has waited for a processor. */
function share(): Share | null {
  try {
    const [ran, waited] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ').map(Number);
    return { ran: (ran ?? 0) / 1e6, waited: (waited ?? 0) / 1e6 };
  } catch {
    return null;
  }
}

export class Turns {
  private late: number[] = [];
  private own: number | null = null;
  private work: number | null = null;
  private last = performance.now();
  private had = share();
  private readonly timer: NodeJS.Timeout;

  /** Begins to watch; the heartbeat keeps no process alive. */
  constructor() {
    this.timer = setInterval(() => this.beat(), EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private beat(): void {
    const [now, has] = [performance.now(), share()];
    const held = Math.max(0, now - this.last - EVERY_MS);
    if (this.late.length < MOST_KEPT) this.late.push(held);
    if (has && this.had) {
      this.own = Math.max(this.own ?? 0, held - (has.waited - this.had.waited));
      this.work = Math.max(this.work ?? 0, has.ran - this.had.ran);
    }
    this.last = now;
    this.had = has;
  }

  /** What was seen since it was asked last. */
  take(): Held {
    this.beat();
    const late = this.late.sort((a, b) => a - b);
    const held: Held = {
      longestMs: late.at(-1) ?? 0,
      p99Ms: late[Math.floor(late.length * 0.99)] ?? 0,
      ownMs: this.own,
      workMs: this.work,
    };
    this.late = [];
    this.own = this.work = null;
    [this.last, this.had] = [performance.now(), share()];
    return held;
  }
}
