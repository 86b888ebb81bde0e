/** Has storyboards read by a process of their own, one after the other. */
import { fork, type ChildProcess } from 'node:child_process';

export interface ReaderSettings {
  /** Script to run; in production dist/read-boards.cjs. */
  readonly entry: string;
  /** A process that takes longer is ended. */
  readonly patienceMs: number;
}

export class Reader {
  private last: Promise<unknown> = Promise.resolve();
  private child: ChildProcess | null = null;
  private readonly waiting = new Set<string>();
  private closed = false;

  constructor(private readonly settings: ReaderSettings) {}

  /** True while it waits or is read. */
  isBusy(folder: string): boolean {
    return this.waiting.has(folder);
  }

  /** Resolves when the process has ended, however; its reading lies in the folder then, or none does. */
  read(folder: string): Promise<void> {
    this.waiting.add(folder);
    const run = this.last.then(() => this.run(folder)).finally(() => this.waiting.delete(folder));
    this.last = run;
    return run;
  }

  /** Ends what is read; nothing more is begun. */
  async close(): Promise<void> {
    this.closed = true;
    this.child?.kill('SIGKILL');
    await this.last;
  }

  private run(folder: string): Promise<void> {
    if (this.closed) return Promise.resolve();
    return new Promise((resolve) => {
      const child = fork(this.settings.entry, [folder], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        execArgv: [],
      });
      this.child = child;
      const watch = setTimeout(() => child.kill('SIGKILL'), this.settings.patienceMs);
      const over = (): void => {
        clearTimeout(watch);
        this.child = null;
        resolve();
      };
      child.once('exit', over);
      child.once('error', over);
    });
  }
}
