/** Files of weights in the safetensors format: a JSON header, then the numbers. Source: huggingface/safetensors, format. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { packInvalid } from '../pack-problem';
import { fromBrain, fromHalf } from './half';

export interface Weights {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

const zEntry = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().min(0)),
  data_offsets: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
});
const zHeader = z.record(z.string(), z.unknown());

interface Kind {
  readonly width: number;
  readonly read: (view: DataView, at: number) => number;
}
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['F32', { width: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) }],
  ['F16', { width: 2, read: (view: DataView, at: number) => fromHalf(view.getUint16(at, true)) }],
  ['BF16', { width: 2, read: (view: DataView, at: number) => fromBrain(view.getUint16(at, true)) }],
]);

/** Largest header there may be, as the format's own reader has it. */
const MOST_HEADER = 100_000_000;

/** @throws InbetweenError `pack-invalid` when the file is damaged or holds numbers of another kind than F32, F16 and BF16 */
export async function readSafetensors(path: string): Promise<Map<string, Weights>> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw packInvalid(`${path} cannot be read.`, cause);
  });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= 8 ? Number(view.getBigUint64(0, true)) : Infinity;
  if (length > Math.min(MOST_HEADER, bytes.length - 8)) throw packInvalid(`${path} is no safetensors file.`);
  let header: Record<string, unknown>;
  try {
    header = zHeader.parse(JSON.parse(bytes.toString('utf8', 8, 8 + length)));
  } catch (cause) {
    throw packInvalid(`${path} has a damaged header.`, cause);
  }
  const all = new Map<string, Weights>();
  for (const [name, entry] of Object.entries(header)) {
    if (name !== '__metadata__') all.set(name, weights(path, name, entry, view, 8 + length));
  }
  return all;
}

function weights(path: string, name: string, entry: unknown, view: DataView, start: number): Weights {
  const read = zEntry.safeParse(entry);
  if (!read.success) throw packInvalid(`${path}: the entry "${name}" is damaged.`, read.error);
  const { dtype, shape, data_offsets: offsets } = read.data;
  const kind = KINDS.get(dtype);
  if (!kind) throw packInvalid(`${path}: "${name}" is ${dtype}; only F32, F16 and BF16 are read.`);
  const count = shape.reduce((product, size) => product * size, 1);
  const from = start + offsets[0];
  if (offsets[1] - offsets[0] !== count * kind.width || start + offsets[1] > view.byteLength) {
    throw packInvalid(`${path}: "${name}" is cut short.`);
  }
  return { dims: shape, data: new Float32Array(count).map((_, i) => kind.read(view, from + i * kind.width)) };
}
