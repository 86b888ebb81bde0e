/** Takes what the editors ask to the preview process: one at a time, on each stream only the newest. */
import { InbetweenError } from '../../../../shared/problem';
import type { Answer, Ask } from '../../../render/preview/messages';
import { PreviewProcess, type PreviewSettings } from './preview-process';

export interface DeskSettings extends PreviewSettings {
  /** Asked nothing for this long, the process is let go. */
  readonly idleMs: number;
}

export type Told = Exclude<Answer, { type: 'failed' }>;

interface Waiting {
  readonly stream: string;
  readonly ask: Ask;
  readonly done: (told: Told) => void;
  readonly fail: (error: unknown) => void;
}

/** Tries of one ask: a process lost over it twice will be lost over it again. */
const TRIES = 2;

export class PreviewDesk {
  readonly #settings: DeskSettings;
  #process: PreviewProcess | null = null;
  #waiting: Waiting[] = [];
  #working = false;
  #closed = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(settings: DeskSettings) {
    this.#settings = settings;
  }

  /** The process's id while there is one. */
  get pid(): number | undefined {
    return this.#process?.isGone === false ? this.#process.pid : undefined;
  }

  /** Throws "cancelled" once a newer ask takes its place in the stream, "render-crashed" where the process does not live through it, or what it says. */
  ask(stream: string, ask: Ask): Promise<Told> {
    return new Promise((done, fail) => {
      if (this.#closed) {
        fail(new InbetweenError(OVERTAKEN));
        return;
      }
      for (const old of this.#waiting.filter((one) => one.stream === stream)) old.fail(new InbetweenError(OVERTAKEN));
      const others = this.#waiting.filter((one) => one.stream !== stream);
      this.#waiting = [...others, { stream, ask, done, fail }];
      void this.#work();
    });
  }

  /** Ends the process; what waits is given up. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    for (const one of this.#waiting.splice(0)) one.fail(new InbetweenError(OVERTAKEN));
    await this.#end();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    clearTimeout(this.#idle);
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      await this.#answer(next).then(next.done, next.fail);
    }
    this.#working = false;
    if (!this.#closed) this.#idle = setTimeout(() => void this.#end(), this.#settings.idleMs).unref();
  }

  async #answer({ ask }: Waiting): Promise<Told> {
    for (let left = TRIES; left > 0 && !this.#closed; left--) {
      if (!this.#process || this.#process.isGone) this.#process = new PreviewProcess(this.#settings);
      const told = await this.#process.ask(ask);
      if (told !== 'gone' && told !== 'hung') return told;
      await this.#end();
    }
    throw new InbetweenError(this.#closed ? OVERTAKEN : CRASHED);
  }

  async #end(): Promise<void> {
    const process = this.#process;
    this.#process = null;
    process?.kill();
    await process?.ended;
  }
}

const OVERTAKEN = {
  code: 'cancelled',
  message: 'A newer picture was asked for.',
  safe: 'The shot is unchanged.',
  action: 'Look at the newer one.',
} as const;

const CRASHED = {
  code: 'render-crashed',
  message: 'The preview stopped twice over this picture.',
  safe: 'The shot and every take are untouched.',
  action: 'Take back the last change, or render the shot to see it.',
} as const;
