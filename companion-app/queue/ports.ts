/** What the queue needs from around it: a log, a clock, the boards. Real ones are given by the daemon, small ones by tests. */
import type { Sha256 } from '../../shared/shot';

/** Where facts are written down for people who look for a fault. Never given notes, dialogue or pictures. */
export interface Log {
  debug(about: object, message: string): void;
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

export interface Clock {
  /** Milliseconds since 1970. May jump (the machine's clock was set): good for display, never for durations. */
  now(): number;
  /** Milliseconds from an arbitrary start, never going back: for durations. */
  monotonic(): number;
}

/** The boards the companion holds, as whole files by their hash. */
export interface BoardShelf {
  /** Absolute path of the board's file, or null when it is not there (or no longer). */
  pathOf(board: Sha256): Promise<string | null>;
}

/** The machine's own clocks. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
