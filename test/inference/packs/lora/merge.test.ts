/**
 * Needs the environment that shares typed arrays with ONNX Runtime.
 * @jest-environment <rootDir>/test/inference/onnx-environment.cjs
 */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelType } from '../../../../companion-app/inference/onnx/proto';
import { mergeLoras, openNetwork } from '../../../../companion-app/inference/packs';
import { toProblem } from '../../../../shared/problem';

const [IN, OUT, RANK] = [3, 4, 2];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lora-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const floats = (values: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
const series = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.round(Math.sin(seed + i * 1.7) * 64) / 64);

/** W [out, in], row-major, and its transpose. */
const W = series(OUT * IN, 1);
const WT = Array.from({ length: IN * OUT }, (_, i) => W[(i % OUT) * IN + Math.floor(i / OUT)] ?? 0);
const BIAS = series(OUT, 5);
const X = [1, -2, 0.5];

const value = (name: string, dims: readonly number[]) => ({
  name,
  type: { tensorType: { elemType: 1, shape: { dim: dims.map((dimValue) => ({ dimValue })) } } },
});
const tensor = (name: string, dims: readonly number[], values: readonly number[]) => ({
  name,
  dims,
  dataType: 1,
  rawData: floats(values),
});

/** y = x·Wᵀ + b as exporters write it: the weight renamed and transposed, only the node tells its layer. */
async function graph(node = '/blocks.0/attn1/to_q/MatMul', type = 'MatMul'): Promise<string> {
  const bytes = modelType
    .encode({
      irVersion: 8,
      opsetImport: [{ domain: '', version: 17 }],
      graph: {
        name: 'g',
        node: [
          { opType: type, name: node, input: ['x', 'onnx::MatMul_7'], output: ['m'] },
          { opType: 'Add', name: 'add', input: ['m', 'blocks.0.attn1.to_q.bias'], output: ['y'] },
        ],
        initializer: [tensor('onnx::MatMul_7', [IN, OUT], WT), tensor('blocks.0.attn1.to_q.bias', [OUT], BIAS)],
        input: [value('x', [1, IN])],
        output: [value('y', [1, OUT])],
      },
    })
    .finish();
  const path = join(folder, 'model.onnx');
  await writeFile(path, bytes);
  return path;
}

async function safetensors(
  name: string,
  entries: Readonly<Record<string, { dims: number[]; values: number[] }>>,
): Promise<string> {
  const header: Record<string, unknown> = { __metadata__: { made: 'here' } };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [key, { dims, values }] of Object.entries(entries)) {
    const part = floats(values);
    header[key] = { dtype: 'F32', shape: dims, data_offsets: [offset, offset + part.length] };
    parts.push(part);
    offset += part.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const path = join(folder, name);
  await writeFile(path, Buffer.concat([length, text, ...parts]));
  return path;
}

const DOWN = { dims: [RANK, IN], values: series(RANK * IN, 2) };
const UP = { dims: [OUT, RANK], values: series(OUT * RANK, 3) };

/** (W + s·BA)·x + b + s·db */
function wanted(scale: number, bias = 0): number[] {
  return Array.from({ length: OUT }, (_, row) => {
    let sum = (BIAS[row] ?? 0) + bias;
    for (let column = 0; column < IN; column++) {
      let weight = W[row * IN + column] ?? 0;
      for (let k = 0; k < RANK; k++) {
        weight += scale * (UP.values[row * RANK + k] ?? 0) * (DOWN.values[k * IN + column] ?? 0);
      }
      sum += weight * (X[column] ?? 0);
    }
    return sum;
  });
}

async function outputOf(path: string): Promise<number[]> {
  const network = await openNetwork('transformer', path, { provider: 'cpu' });
  const { data } = await network.run({ x: { data: X, dims: [1, IN] } }, 'y');
  await network.close();
  return [...data];
}

const closeTo = (found: readonly number[], expected: readonly number[]): void =>
  found.forEach((x, i) => expect(x).toBeCloseTo(expected[i] ?? NaN, 5));

async function messageOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const { code, message } = toProblem(error);
    expect(code).toBe('pack-invalid');
    return message;
  }
  throw new Error('nothing went wrong');
}

const alpha = (x: number) => ({ dims: [], values: [x] });

test.each([
  ['diffusers', 'transformer.blocks.0.attn1.to_q', ['lora_A.weight', 'lora_B.weight']],
  ['Wan', 'diffusion_model.blocks.0.self_attn.q', ['lora_down.weight', 'lora_up.weight']],
  ['kohya', 'lora_unet_blocks_0_self_attn_q', ['lora_down.weight', 'lora_up.weight']],
  ['PEFT', 'base_model.model.blocks.0.attn1.to_q', ['lora_A.default.weight', 'lora_B.default.weight']],
] as const)('%s keys, alpha over rank, weight: W + s·α/r·BA', async (_, layer, [down, up]) => {
  const plain = await graph();
  const path = await safetensors('a.safetensors', {
    [`${layer}.${down}`]: DOWN,
    [`${layer}.${up}`]: UP,
    [`${layer}.alpha`]: alpha(1),
  });
  closeTo(await outputOf(plain), wanted(0));
  const merged = await mergeLoras(plain, [{ path, weight: 0.5 }]);
  closeTo(await outputOf(merged), wanted((0.5 * 1) / RANK));
  closeTo(await outputOf(plain), wanted(0));
});

test('several at once add up, biases too; the same again is not written twice', async () => {
  const plain = await graph();
  const layer = 'diffusion_model.blocks.0.attn1.to_q';
  const one = await safetensors('one.safetensors', {
    [`${layer}.lora_A.weight`]: DOWN,
    [`${layer}.lora_B.weight`]: UP,
  });
  const two = await safetensors('two.safetensors', {
    [`${layer}.lora_A.weight`]: DOWN,
    [`${layer}.lora_B.weight`]: UP,
    [`${layer}.diff_b`]: { dims: [OUT], values: [1, 1, 1, 1] },
  });
  const uses = [
    { path: one, weight: 1 },
    { path: two, weight: -0.25 },
  ];
  const merged = await mergeLoras(plain, uses);
  closeTo(await outputOf(merged), wanted(0.75, -0.25));
  const files = await readdir(folder);
  expect(await mergeLoras(plain, uses)).toBe(merged);
  expect(await readdir(folder)).toEqual(files);
});

describe('what does not fit is refused with its keys', () => {
  const layer = 'transformer.blocks.0.attn1.to_q';

  test.each([
    [
      'a layer the graph lacks',
      { 'blocks.9.attn1.to_q.lora_A.weight': DOWN, 'blocks.9.attn1.to_q.lora_B.weight': UP },
      'blocks.9.attn1.to_q',
    ],
    ['a kind of key nobody knows', { [`${layer}.hada_w1_a`]: DOWN }, 'hada_w1_a'],
    ['half a pair', { [`${layer}.lora_A.weight`]: DOWN }, 'blocks.0.attn1.to_q'],
    [
      'the wrong width',
      { [`${layer}.lora_A.weight`]: { dims: [RANK, 2], values: [1, 2, 3, 4] }, [`${layer}.lora_B.weight`]: UP },
      'blocks.0.attn1.to_q',
    ],
    [
      'ranks that differ',
      { [`${layer}.lora_A.weight`]: { dims: [1, IN], values: [1, 2, 3] }, [`${layer}.lora_B.weight`]: UP },
      'blocks.0.attn1.to_q',
    ],
  ])('%s', async (_, entries, named) => {
    const plain = await graph();
    const path = await safetensors('a.safetensors', entries);
    expect(await messageOf(mergeLoras(plain, [{ path, weight: 1 }]))).toContain(named);
    expect((await readdir(folder)).sort()).toEqual(['a.safetensors', 'model.onnx']);
  });

  test('packed queries, keys and values, and quantised graphs', async () => {
    const path = await safetensors('a.safetensors', {
      [`${layer}.lora_A.weight`]: DOWN,
      [`${layer}.lora_B.weight`]: UP,
    });
    const use = [{ path, weight: 1 }];
    expect(await messageOf(mergeLoras(await graph('/blocks.0/attn1/to_qkv/MatMul'), use))).toContain('packed');
    expect(await messageOf(mergeLoras(await graph('q', 'MatMulNBits'), use))).toContain('quantised');
  });

  test('a file that is cut short, or is none', async () => {
    const path = await safetensors('a.safetensors', {
      [`${layer}.lora_A.weight`]: DOWN,
      [`${layer}.lora_B.weight`]: UP,
    });
    const bytes = await readFile(path);
    for (const length of [4, 40, bytes.length - 4]) {
      await writeFile(path, bytes.subarray(0, length));
      await messageOf(mergeLoras(await graph(), [{ path, weight: 1 }]));
    }
  });
});
