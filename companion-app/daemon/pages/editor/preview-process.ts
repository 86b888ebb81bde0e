/** One preview process: started, asked one thing at a time, watched, ended. Never the process that renders jobs. */
import { fork, type ChildProcess } from 'node:child_process';
import { InbetweenError } from '../../../../shared/problem';
import { zFromPreview, type Answer, type Ask } from '../../../render/preview/messages';

export interface PreviewSettings {
  /** Script to run; in production dist/preview.cjs. */
  readonly entry: string;
  readonly packsDir?: string;
  /** Without an answer for this long the process counts as hung and is ended. */
  readonly patienceMs: number;
}

type Pending = { readonly ref: number; readonly done: (answer: Answer | null) => void };

/** Why an ask has no answer: 'gone' the process crashed, 'hung' it was ended for its silence. */
export type Lost = 'gone' | 'hung';

export class PreviewProcess {
  readonly #child: ChildProcess;
  readonly #settings: PreviewSettings;
  #pending: Pending | null = null;
  #refs = 0;
  #gone = false;
  #hung = false;
  /** Resolves once the process is no more. */
  readonly ended: Promise<void>;

  constructor(settings: PreviewSettings) {
    this.#settings = settings;
    this.#child = fork(settings.entry, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    });
    this.#child.on('message', (raw) => this.#hear(raw));
    this.ended = new Promise((resolve) => {
      const over = (): void => {
        this.#gone = true;
        this.#settle(null);
        resolve();
      };
      this.#child.once('exit', over);
      this.#child.once('error', over);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isGone(): boolean {
    return this.#gone;
  }

  /** One at a time. Resolves with 'gone' or 'hung' where the process was lost over it; throws what the process says. */
  async ask(ask: Ask): Promise<Exclude<Answer, { type: 'failed' }> | Lost> {
    if (this.#gone) return 'gone';
    const ref = ++this.#refs;
    const { packsDir, patienceMs } = this.#settings;
    const watch = setTimeout(() => {
      this.#hung = true;
      this.kill();
    }, patienceMs);
    const answer = await new Promise<Answer | null>((done) => {
      this.#pending = { ref, done };
      this.#child.send({ ref, ask, ...(packsDir === undefined ? {} : { packsDir }) }, (error) => error && done(null));
    });
    clearTimeout(watch);
    if (answer === null) return this.#hung ? 'hung' : 'gone';
    if (answer.type === 'failed') throw new InbetweenError(answer.problem);
    return answer;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #hear(raw: unknown): void {
    const message = zFromPreview.safeParse(raw);
    if (!message.success) this.kill();
    else if (message.data.type !== 'ready' && message.data.ref === this.#pending?.ref) this.#settle(message.data);
  }

  #settle(answer: Answer | null): void {
    const pending = this.#pending;
    this.#pending = null;
    pending?.done(answer);
  }
}
