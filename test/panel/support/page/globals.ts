/** Node's globals as the simulator uses them. */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Buffer extends Uint8Array<ArrayBuffer> {
  static override from(data: unknown): Buffer {
    const source =
      typeof data === 'string' ? encoder.encode(data) : data instanceof Uint8Array ? data : new Uint8Array(0);
    return new Buffer(new Uint8Array(source).buffer);
  }

  static alloc(size: number): Buffer {
    return new Buffer(new ArrayBuffer(size));
  }

  static isBuffer(value: unknown): value is Buffer {
    return value instanceof Buffer;
  }

  override toString(): string {
    return decoder.decode(this);
  }
}

const turns: (() => void)[] = [];
const channel = new MessageChannel();
channel.port1.onmessage = () => turns.shift()?.();

/** A turn of the event loop, without the browser's four milliseconds. */
export function setImmediate(act: () => void): void {
  turns.push(act);
  channel.port2.postMessage(0);
}

export const process = { platform: 'linux', env: {} };
