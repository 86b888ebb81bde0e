/** Looks at the machine every so often, as far as the settings need it, and remembers what it saw. */
import type { Settings } from '../../../shared/protocol';
import type { Clock, Log } from '../../queue';
import { COOL_BY, UNKNOWN, type Reading } from './holds';
import type { Machine } from './machine';

export interface WatchParts {
  readonly machine: Machine;
  readonly settings: () => Settings['night'];
  /** Folder whose disk takes the results. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Pick<Log, 'debug'>;
}

/** Memory that is short for this long will stay so: jobs are begun all the same. */
const MEMORY_WAIT_MS = 10 * 60_000;
/** Memory counts as short below this, whatever is to be rendered. */
const MEMORY_SHORT = 1024 ** 3;

export class Watch {
  readonly #parts: WatchParts;
  #reading: Reading = UNKNOWN;
  #shortSince: number | null = null;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  get reading(): Reading {
    return this.#reading;
  }

  /** Looks now. Never rejects: what cannot be told is null. */
  async look(): Promise<void> {
    const { machine, folder } = this.#parts;
    const night = this.#parts.settings();
    const [onBattery, celsius, idleSeconds, freeDisk, freeMemory] = await Promise.all([
      night.pauseOnBattery || night.stayAwake ? this.#ask(() => machine.onBattery()) : null,
      night.pauseAboveCelsius === null ? null : this.#ask(() => machine.celsius()),
      night.pauseWhileInUseMinutes === 0 ? null : this.#ask(() => machine.idleSeconds()),
      this.#ask(() => machine.freeDisk(folder)),
      this.#ask(() => machine.freeMemory()),
    ]);
    this.#reading = {
      ...{ onBattery, celsius, idleSeconds, freeDisk, freeMemory },
      cooling: this.#cooling(celsius, night.pauseAboveCelsius),
      memoryWaitedFor: this.#waitedFor(freeMemory),
    };
  }

  async #ask<T>(question: () => Promise<T>): Promise<T | null> {
    try {
      return await question();
    } catch (error) {
      this.#parts.log.debug({ error: String(error) }, 'the machine could not be asked');
      return null;
    }
  }

  /** Once too hot, it has to be somewhat cooler before it counts as cool. */
  #cooling(celsius: number | null, limit: number | null): boolean {
    if (celsius === null || limit === null) return false;
    return celsius > limit || (this.#reading.cooling && celsius > limit - COOL_BY);
  }

  #waitedFor(free: number | null): boolean {
    if (free === null || free >= MEMORY_SHORT) {
      this.#shortSince = null;
      return false;
    }
    const now = this.#parts.clock.monotonic();
    this.#shortSince ??= now;
    return now - this.#shortSince >= MEMORY_WAIT_MS;
  }
}
