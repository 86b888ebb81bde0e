/** Keeps one render process alive: started when needed, started again after a crash with growing pauses. */
import type { Clock, Log } from '../ports';
import { backOffMs, type BackOff } from './backoff';
import { RenderProcess, type ProcessSettings, type Ready } from './render-process';

export interface SupervisorSettings extends ProcessSettings {
  readonly backOff: BackOff;
}

export class Supervisor {
  readonly #settings: SupervisorSettings;
  readonly #log: Log;
  readonly #clock: Clock;
  #process: RenderProcess | null = null;
  /** Faults in a row: starts that came to nothing and processes that were lost. */
  #failures = 0;
  #failedAt = 0;
  #failedStarts = 0;
  readonly #gone: () => void;

  /** `gone` is called whenever a process is no more. */
  constructor(settings: SupervisorSettings, clock: Clock, log: Log, gone: () => void) {
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
    this.#gone = gone;
  }

  /** Starts in a row that came to nothing. */
  get failedStarts(): number {
    return this.#failedStarts;
  }

  get current(): RenderProcess | null {
    return this.#process;
  }

  /** Milliseconds until a process may be started (again); 0 now. */
  get pauseMs(): number {
    if (this.#process && !this.#process.isGone) return 0;
    return Math.max(0, this.#failedAt + backOffMs(this.#failures, this.#settings.backOff) - this.#clock.monotonic());
  }

  /** The process, started if there is none, once it can take orders; null when it went before that. */
  async up(): Promise<{ readonly process: RenderProcess; readonly ready: Ready } | null> {
    if (!this.#process || this.#process.isGone) {
      this.#process = new RenderProcess(this.#settings, this.#log);
      void this.#process.gone.then(this.#gone);
      this.#log.info({ pid: this.#process.pid }, 'render process started');
    }
    const process = this.#process;
    const ready = await process.ready;
    if (ready) {
      this.#failedStarts = 0;
      return { process, ready };
    }
    this.failed();
    this.#failedStarts += 1;
    this.#log.error({ going: await process.gone, failedStarts: this.#failedStarts }, 'render process did not come up');
    return null;
  }

  /** An order was answered: the process is sound. */
  worked(): void {
    this.#failures = 0;
  }

  /** The process was lost through a fault. */
  failed(): void {
    this.#failures += 1;
    this.#failedAt = this.#clock.monotonic();
  }

  /** Ends the process: asked first, then made to after `graceMs`. Resolves when it is no more. */
  async end(graceMs: number): Promise<void> {
    const process = this.#process;
    if (!process || process.isGone) return;
    process.leave();
    const timer = setTimeout(() => process.kill(), graceMs);
    await process.gone;
    clearTimeout(timer);
  }
}
