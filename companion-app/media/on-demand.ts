/** Pictures into a pipe, each asked for only when the one before has left: no read-ahead, and buffers may be reused. */
import { Readable } from 'node:stream';

/** Chunks up to this size are copied: a pipe may keep several small ones waiting and still ask for more. */
const COPIED = 1 << 20;

export class OnDemand extends Readable {
  readonly #source: AsyncIterator<Uint8Array>;

  /** `source` must not throw: tell of its failure elsewhere and end it. */
  constructor(source: AsyncIterable<Uint8Array>) {
    super({ highWaterMark: 0 });
    this.#source = source[Symbol.asyncIterator]();
  }

  override _read(): void {
    this.#source.next().then(
      ({ done, value }) => this.push(done === true ? null : bytesOf(value)),
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const ended = this.#source.return?.() ?? Promise.resolve();
    ended.then(
      () => done(error),
      () => done(error),
    );
  }
}

function bytesOf(value: Uint8Array): Buffer {
  return value.byteLength <= COPIED
    ? Buffer.from(value)
    : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
