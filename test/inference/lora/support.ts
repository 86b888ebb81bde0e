/** Tiny graphs and LoRA files for the tests, written field by field, and numbers that are easy to tell apart. */
import { modelType } from '../../../companion-app/inference/onnx/proto';

export type Kind = 'float' | 'half' | 'bfloat';
const TYPE: Readonly<Record<Kind, number>> = { float: 1, half: 10, bfloat: 16 };

/** A weight of a graph as its file has it: numbers in row-major order. */
export interface Held {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: readonly number[];
  readonly kind?: Kind;
}

export interface Made {
  readonly op: string;
  readonly name: string;
  readonly input: readonly string[];
  readonly output: string;
  readonly attribute?: readonly object[];
  readonly domain?: string;
}

export const integer = (name: string, i: number): object => ({ name, type: 2, i });

/** Bits of a number that the kind can hold exactly; tests use only such numbers. */
function bits(x: number, kind: Kind): Buffer {
  const four = Buffer.alloc(4);
  four.writeFloatLE(x);
  if (kind === 'float') return four;
  if (kind === 'bfloat') return four.subarray(2);
  const two = Buffer.alloc(2);
  if (x === 0) return two;
  const exponent = Math.floor(Math.log2(Math.abs(x)));
  const fraction = Math.round((Math.abs(x) / 2 ** exponent - 1) * 1024);
  two.writeUInt16LE((x < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction);
  return two;
}

/** x [rows, 4] in, one output a node of the list `outputs`. Sizes of the outputs stay open. */
export function model(
  weights: readonly Held[],
  nodes: readonly Made[],
  outputs: readonly string[],
  x: readonly number[] = [2, 4],
): Uint8Array {
  const info = (name: string, dims?: readonly number[]) => ({
    name,
    type: { tensorType: { elemType: 1, ...(dims ? { shape: { dim: dims.map((dimValue) => ({ dimValue })) } } : {}) } },
  });
  return modelType
    .encode({
      irVersion: 8,
      opsetImport: [{ domain: '', version: 17 }],
      graph: {
        name: 'tiny',
        node: nodes.map(({ op, name, input, output, attribute }) => ({
          opType: op,
          name,
          input: [...input],
          output: [output],
          attribute: [...(attribute ?? [])],
        })),
        initializer: weights.map(({ name, dims, values, kind = 'float' }) => ({
          name,
          dims: [...dims],
          dataType: TYPE[kind],
          rawData: Buffer.concat(values.map((value) => bits(value, kind))),
        })),
        input: [info('x', x)],
        output: outputs.map((name) => info(name)),
      },
    })
    .finish();
}

/** `count` multiples of 1/64 between −2 and 2: exact in all kinds of numbers but bfloat, which has 1/32 below 1 … 2. */
export function numbers(count: number, seed: number, step = 64): number[] {
  return Array.from({ length: count }, (_, i) => ((((i + 1) * (2 * seed + 7) * 37) % 127) - 63) / step);
}

export interface Stored {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly kind?: Kind;
}

const NAMES: Readonly<Record<Kind, string>> = { float: 'F32', half: 'F16', bfloat: 'BF16' };

/** A safetensors file. */
export function safetensors(tensors: Readonly<Record<string, Stored>>, metadata?: Record<string, string>): Buffer {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  const parts: Buffer[] = [];
  let end = 0;
  for (const [key, { shape, values, kind = 'float' }] of Object.entries(tensors)) {
    const bytes = Buffer.concat(values.map((value) => bits(value, kind)));
    header[key] = { dtype: NAMES[kind], shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
    parts.push(bytes);
  }
  return withHeader(JSON.stringify(header), Buffer.concat(parts));
}

export function withHeader(header: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  return Buffer.concat([length, Buffer.from(header), data]);
}

/** The two matrices of a layer under the given endings of its key. */
export function pair(
  layer: string,
  [out, rank, inner]: readonly [number, number, number],
  seed: number,
  [down, up] = ['.lora_A.weight', '.lora_B.weight'],
  kind: Kind = 'float',
): Record<string, Stored> {
  return {
    [layer + down]: { shape: [rank, inner], values: numbers(rank * inner, seed), kind },
    [layer + up]: { shape: [out, rank], values: numbers(out * rank, seed + 1), kind },
  };
}

/** base [out, inner] + strength · up·down, as tests compute it: by the definition, in double precision. */
export function plus(
  base: readonly number[],
  [out, rank, inner]: readonly [number, number, number],
  seed: number,
  strength: number,
): number[] {
  const [down, up] = [numbers(rank * inner, seed), numbers(out * rank, seed + 1)];
  return base.map((x, place) => {
    const [o, i] = [Math.floor(place / inner), place % inner];
    let change = 0;
    for (let r = 0; r < rank; r++) change += (up[o * rank + r] ?? 0) * (down[r * inner + i] ?? 0);
    return x + strength * change;
  });
}

/** [rows, columns] to [columns, rows]. */
export function turned(values: readonly number[], rows: number, columns: number): number[] {
  return Array.from({ length: values.length }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? 0);
}
