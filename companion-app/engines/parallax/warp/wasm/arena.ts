/** Memory shared by the kernels: handed out piece by piece, taken back all at once, kept for the next scene. */
import { InbetweenError } from '../../../../../shared/problem';
import { MOST_PAGES } from './assembler';

const PAGE = 65536;
const ALIGN = 64;

export class Arena {
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  private top: number;

  /** The first `reserved` bytes are never handed out. */
  constructor(private readonly reserved: number) {
    this.top = reserved;
  }

  /** Address of `bytes` new bytes, aligned to 64; what they hold is undefined. */
  take(bytes: number): number {
    const address = Math.ceil(this.top / ALIGN) * ALIGN;
    const end = address + bytes;
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.grow(missing);
    this.top = end;
    return address;
  }

  takeBackAll(): void {
    this.top = this.reserved;
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  get view(): DataView {
    return new DataView(this.memory.buffer);
  }

  private grow(pages: number): void {
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw new InbetweenError(
        {
          code: 'out-of-memory',
          message: 'There is not enough memory for a picture of this size.',
          safe: 'The other shots go on.',
          action: 'Close other programs, or make the shot at a smaller size.',
          retry: true,
        },
        { cause },
      );
    }
  }
}
