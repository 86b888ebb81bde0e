/** Threads that run the kernels on shared memory. */
import { Worker } from 'node:worker_threads';
import { InbetweenError } from '../../../../../shared/problem';

/** Rows of cells that a thread takes at a time. */
const ROWS_AT_A_TIME = 6;

/** What a thread runs: takes rows until there are none, says so, waits for the next frame. Plain JavaScript, kept whole by every bundler. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { module, memory, counter } = workerData;
  const { render } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  const next = new Int32Array(memory.buffer, counter, 1);
  parentPort.on('message', ({ frame, scratch, rows, step }) => {
    for (;;) {
      const from = Atomics.add(next, 0, step);
      if (from >= rows) break;
      render(frame, scratch, from, Math.min(rows, from + step));
    }
    parentPort.postMessage(null);
  });
`;

export interface PoolOptions {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of a 32-bit counter in the memory. */
  readonly counter: number;
  readonly threads: number;
}

export class Pool {
  private readonly workers: readonly Worker[];
  private readonly next: Int32Array;
  private broken: Error | undefined;
  private fail: ((error: Error) => void) | undefined;

  constructor(options: PoolOptions) {
    const { module, memory, counter } = options;
    this.next = new Int32Array(memory.buffer, counter, 1);
    this.workers = Array.from({ length: options.threads }, () => {
      const worker = new Worker(THREAD, { eval: true, workerData: { module, memory, counter } });
      worker.unref();
      worker.on('error', (cause) => this.broke(cause));
      worker.on('exit', () => this.broke(new Error('a warp thread ended')));
      return worker;
    });
  }

  get threads(): number {
    return this.workers.length;
  }

  /** Draws one frame: `rows` rows of cells of the frame record at `frame`; one scratch address a thread. */
  async draw(frame: number, scratch: readonly number[], rows: number): Promise<void> {
    if (this.broken) throw this.asProblem(this.broken);
    Atomics.store(this.next, 0, 0);
    const failed = new Promise<never>((_, reject) => {
      this.fail = (error) => reject(this.asProblem(error));
    });
    const drawn = this.workers.map(
      (worker, i) =>
        new Promise<void>((resolve) => {
          worker.ref();
          worker.once('message', () => {
            worker.unref();
            resolve();
          });
          worker.postMessage({ frame, scratch: scratch[i], rows, step: ROWS_AT_A_TIME });
        }),
    );
    try {
      await Promise.race([Promise.all(drawn), failed]);
    } finally {
      this.fail = undefined;
    }
  }

  async close(): Promise<void> {
    this.broken ??= new Error('the engine was closed');
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private broke(error: Error): void {
    this.broken ??= error;
    this.fail?.(error);
  }

  private asProblem(cause: Error): InbetweenError {
    return new InbetweenError(
      {
        code: 'render-failed',
        message: `The threads that warp the picture stopped: ${cause.message}.`,
        safe: 'Nothing of this shot was placed; the others go on.',
        action: 'Send the shot again.',
        retry: true,
      },
      { cause },
    );
  }
}
