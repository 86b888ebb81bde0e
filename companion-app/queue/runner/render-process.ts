/** One render process: started, listened to, watched for life, told what to do, ended. */
import { fork, type ChildProcess } from 'node:child_process';
import { zFromRender, type FromRender, type RenderOrder, type ToRender } from '../../render/messages';
import type { Log } from '../ports';
import { killTree } from './kill-tree';
import type { Going } from './last-words';

export interface ProcessSettings {
  /** Script to run; in production dist/render.cjs. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Without a message for this long while starting or at work, the process counts as hung. */
  readonly startMs: number;
  readonly silenceMs: number;
}

/** How a render process answered an order, or that it went without an answer. */
export type Ending =
  Extract<FromRender, { type: 'rendered' | 'failed' }> | { readonly type: 'gone'; readonly going: Going };

export type Ready = Extract<FromRender, { type: 'ready' }>;

interface Work {
  readonly order: RenderOrder;
  readonly progress: (message: Extract<FromRender, { type: 'progress' }>) => void;
  readonly frame: (jpeg: Buffer) => void;
  readonly end: (ending: Ending) => void;
}

const ERRORS_KEPT = 4_096;
/** The watch counts its own ticks, so that a machine that slept for hours is not taken for a process that hung. */
const TICKS = 8;

export class RenderProcess {
  readonly #child: ChildProcess;
  readonly #settings: ProcessSettings;
  readonly #log: Log;
  #errors = '';
  #work: Work | null = null;
  #going: Going | null = null;
  #silentTicks = 0;
  /** Ticks of silence that mean nothing yet. */
  #patience = TICKS;
  #watch: NodeJS.Timeout | null = null;
  #sayReady: (ready: Ready | null) => void = () => undefined;
  #sayGone: (going: Going) => void = () => undefined;
  /** What the process can do once it is up, or null when it went before. */
  readonly ready: Promise<Ready | null>;
  /** Resolves, once the process is no more, with the reason. */
  readonly gone: Promise<Going>;

  constructor(settings: ProcessSettings, log: Log) {
    this.#settings = settings;
    this.#log = log;
    this.ready = new Promise((resolve) => (this.#sayReady = resolve));
    this.gone = new Promise((resolve) => (this.#sayGone = resolve));
    this.#child = fork(settings.entry, [...(settings.args ?? [])], {
      // Leads a group of its own, so that ffmpeg ends with it and Ctrl-C in a terminal reaches the daemon alone.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      env: { ...process.env, ...settings.env },
    });
    this.#child.stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => (this.#errors = (this.#errors + text).slice(-ERRORS_KEPT)));
    this.#child.on('message', (raw) => this.#hear(raw));
    this.#child.on('error', (error) => this.#went({ how: 'unstartable', error: error.message }));
    // 'close' comes after the last message and the last of the error stream; 'exit' may come before them.
    this.#child.on('close', (code, signal) => this.#went({ how: 'exit', code, signal }));
    this.#child.on('exit', (code, signal) => setTimeout(() => this.#went({ how: 'exit', code, signal }), 500).unref());
    this.#watchFor(settings.startMs);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isGone(): boolean {
    return this.#going !== null;
  }

  /** The tail of the error stream. */
  get errors(): string {
    return this.#errors;
  }

  /** Gives the one order it works on at a time; resolves with its answer, or when it is gone. */
  render(order: RenderOrder, progress: Work['progress'], frame: Work['frame'] = () => undefined): Promise<Ending> {
    if (this.#going) return Promise.resolve({ type: 'gone', going: this.#going });
    return new Promise((end) => {
      this.#work = { order, progress, frame, end };
      this.#watchFor(this.#settings.silenceMs);
      this.#say({ type: 'render', order });
    });
  }

  /** Asks it to give the order up. */
  cancel(jobId: string): void {
    this.#say({ type: 'cancel', jobId });
  }

  /** Asks it to let go of what it keeps warm. */
  release(): void {
    this.#say({ type: 'release' });
  }

  /** Asks it to leave when it is done. */
  leave(): void {
    this.#say({ type: 'exit' });
  }

  /** Ends it and all it started, now. */
  kill(): void {
    killTree(this.#child);
  }

  #say(message: ToRender): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #hear(raw: unknown): void {
    this.#silentTicks = 0;
    this.#patience = TICKS;
    const parsed = zFromRender.safeParse(raw);
    if (!parsed.success) {
      this.#condemn({ how: 'nonsense' });
      return;
    }
    const message = parsed.data;
    if (message.type === 'heartbeat') {
      // The thread will be blocked: until its next message the process may be silent for longer.
      this.#patience = TICKS * Math.max(1, (message.quietMs ?? 0) / this.#settings.silenceMs);
      return;
    }
    if (message.type === 'ready') {
      this.#stopWatch();
      this.#sayReady(message);
      return;
    }
    const work = this.#work;
    if (work?.order.spec.id !== message.jobId || ('attempt' in message && message.attempt !== work.order.attempt)) {
      this.#log.debug({ jobId: message.jobId, type: message.type }, 'a message about another order was ignored');
      return;
    }
    if (message.type === 'progress') work.progress(message);
    else if (message.type === 'frame') work.frame(Buffer.from(message.jpeg, 'base64'));
    else this.#answer(message);
  }

  #answer(ending: Ending): void {
    const work = this.#work;
    this.#work = null;
    this.#stopWatch();
    work?.end(ending);
  }

  /** Ends a process that cannot be trusted any more; the reason given first is the one that counts. */
  #condemn(going: Going): void {
    this.kill();
    this.#went(going);
  }

  #went(going: Going): void {
    if (this.#going) return;
    this.#going = going;
    this.#answer({ type: 'gone', going });
    this.#sayReady(null);
    this.#sayGone(going);
  }

  #watchFor(ms: number): void {
    this.#stopWatch();
    this.#silentTicks = 0;
    this.#patience = TICKS;
    this.#watch = setInterval(() => {
      this.#silentTicks += 1;
      if (this.#silentTicks <= this.#patience) return;
      this.#condemn({ how: 'hung', seconds: Math.round((ms * this.#patience) / TICKS / 1000) });
    }, ms / TICKS);
  }

  #stopWatch(): void {
    if (this.#watch) clearInterval(this.#watch);
    this.#watch = null;
  }
}
