/** Arrays as NumPy writes them (.npy, little-endian, row-major). Format: NEP 1. */
import { packInvalid } from '../../../inference/packs';

export interface NpyArray {
  readonly dims: readonly number[];
  readonly data: readonly number[] | Float32Array | Uint8Array;
}

const MAGIC = '\x93NUMPY';

/** @throws InbetweenError for another format, order or type of number than float32, int64, int32, uint8 and bool */
export function readNpy(bytes: Buffer, name: string): NpyArray {
  if (bytes.toString('latin1', 0, 6) !== MAGIC) throw packInvalid(`${name} is no .npy file.`);
  const wide = (bytes[6] ?? 0) >= 2;
  const start = wide ? 12 : 10;
  const end = start + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const header = bytes.toString('latin1', start, end);
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1] ?? '';
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '';
  const dims = shape.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  if (!/'fortran_order':\s*False/.test(header)) throw packInvalid(`${name} is not in row-major order.`);
  const count = dims.reduce((product, size) => product * size, 1);
  const body = bytes.subarray(end);
  const read = READERS.get(type);
  if (!read) throw packInvalid(`${name} holds "${type}", which is not read here.`);
  if (body.length !== count * read.width) throw packInvalid(`${name} is cut short or too long.`);
  return { dims, data: read.all(body, count) };
}

interface Reader {
  readonly width: number;
  readonly all: (body: Buffer, count: number) => NpyArray['data'];
}

const floats: Reader = {
  width: 4,
  all: (body, count) => new Float32Array(count).map((_, i) => body.readFloatLE(i * 4)),
};
const bytes8: Reader = { width: 1, all: (body) => Uint8Array.from(body) };
const int64: Reader = {
  width: 8,
  all: (body, count) => Array.from({ length: count }, (_, i) => Number(body.readBigInt64LE(i * 8))),
};
const int32: Reader = {
  width: 4,
  all: (body, count) => Array.from({ length: count }, (_, i) => body.readInt32LE(i * 4)),
};

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['<f4', floats],
  ['<i8', int64],
  ['<i4', int32],
  ['|u1', bytes8],
  ['|b1', bytes8],
]);
