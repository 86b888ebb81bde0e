/** Safetensors files: a header that says where each tensor lies, then the numbers. Source: huggingface/safetensors README. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { BYTES_OF, decodeFloats, type FloatKind } from './floats';
import { styleInvalid } from './lora-problem';

/** Headers of real LoRA files are some hundred kilobytes. */
const MAX_HEADER = 16 * 2 ** 20;

const KINDS: ReadonlyMap<string, FloatKind> = new Map([
  ['F32', 'f32'],
  ['F16', 'f16'],
  ['BF16', 'bf16'],
]);

const zSize = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const zTensor = z.object({
  dtype: z.string().max(16),
  shape: z.array(zSize).max(8),
  data_offsets: z.tuple([zSize, zSize]),
});
const zMetadata = z.record(z.string(), z.string());

/** A tensor of a file, its numbers not yet read. */
export interface StoredTensor {
  readonly key: string;
  readonly kind: FloatKind;
  readonly shape: readonly number[];
  /** First byte in the file. */
  readonly start: number;
  readonly bytes: number;
}

export interface Safetensors {
  /** Name of the file, for people. */
  readonly name: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** What whoever wrote the file said about it. */
  readonly metadata: Readonly<Record<string, string>>;
  read(tensor: StoredTensor): Promise<Float32Array>;
  close(): Promise<void>;
}

/** @throws InbetweenError `pack-invalid` for a file that is damaged, or holds numbers that are not F32, F16 or BF16 */
export async function openSafetensors(path: string): Promise<Safetensors> {
  const name = basename(path);
  const file = await open(path).catch((cause: unknown) => {
    throw styleInvalid(`The style ${name} cannot be opened.`, cause);
  });
  try {
    const { start, header } = await readHeader(file, name);
    const { size } = await file.stat();
    const { __metadata__: said, ...entries } = header;
    const metadata = zMetadata.safeParse(said ?? {});
    if (!metadata.success) throw styleInvalid(`${name} is damaged: its __metadata__ cannot be read.`);
    const tensors = Object.entries(entries).map(([key, entry]) => locate(name, key, entry, start, size));
    apart(name, tensors);
    return {
      name,
      tensors: new Map(tensors.map((tensor) => [tensor.key, tensor])),
      metadata: metadata.data,
      read: async (tensor) => decodeFloats(await readExactly(file, tensor.start, tensor.bytes, name), tensor.kind),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** SHA-256 of a file's bytes, in hexadecimal. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(z.instanceof(Buffer).parse(chunk));
  return hash.digest('hex');
}

async function readHeader(
  file: FileHandle,
  name: string,
): Promise<{ start: number; header: Readonly<Record<string, unknown>> }> {
  const length = Number((await readExactly(file, 0, 8, name)).readBigUInt64LE());
  if (length < 2 || length > MAX_HEADER) {
    throw styleInvalid(`${name} is no safetensors file: it claims a header of ${length} bytes.`);
  }
  const text = (await readExactly(file, 8, length, name)).toString('utf8');
  try {
    return { start: 8 + length, header: z.record(z.string(), z.unknown()).parse(JSON.parse(text)) };
  } catch (cause) {
    throw styleInvalid(`${name} is no safetensors file: its header is not a JSON object.`, cause);
  }
}

function locate(name: string, key: string, entry: unknown, start: number, size: number): StoredTensor {
  const read = zTensor.safeParse(entry);
  if (!read.success) throw styleInvalid(`${name} is damaged: what it says about "${key}" cannot be read.`);
  const { dtype, shape, data_offsets: offsets } = read.data;
  const kind = KINDS.get(dtype);
  if (!kind) throw styleInvalid(`${name}: "${key}" holds ${dtype} numbers; F32, F16 and BF16 can be merged.`);
  const bytes = shape.reduce((product, side) => product * side, BYTES_OF[kind]);
  const [from, to] = offsets;
  if (to - from !== bytes) {
    throw styleInvalid(`${name} is damaged: "${key}" has ${to - from} bytes for [${shape.join(', ')}] of ${dtype}.`);
  }
  if (start + to > size) throw styleInvalid(`${name} is cut off: "${key}" lies beyond its end. Download it again.`);
  return { key, kind, shape, start: start + from, bytes };
}

function apart(name: string, tensors: readonly StoredTensor[]): void {
  const order = tensors.filter(({ bytes }) => bytes > 0).sort((a, b) => a.start - b.start);
  order.forEach((tensor, i) => {
    const before = order[i - 1];
    if (before && before.start + before.bytes > tensor.start) {
      throw styleInvalid(`${name} is damaged: "${before.key}" and "${tensor.key}" share bytes.`);
    }
  });
}

async function readExactly(file: FileHandle, position: number, length: number, name: string): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw styleInvalid(`${name} is cut off after ${position + bytesRead} bytes.`);
  return buffer;
}
