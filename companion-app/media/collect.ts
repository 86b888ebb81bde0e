/** A stream's end for bytes whose number is known beforehand. */
import { Writable } from 'node:stream';

/** Gathers up to `size` bytes; what comes beyond is counted but not kept. */
export class Collector extends Writable {
  readonly bytes: Uint8Array;
  received = 0;

  constructor(size: number) {
    super();
    this.bytes = new Uint8Array(size);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const room = this.bytes.length - this.received;
    if (room > 0) this.bytes.set(chunk.subarray(0, room), this.received);
    this.received += chunk.length;
    done();
  }
}
