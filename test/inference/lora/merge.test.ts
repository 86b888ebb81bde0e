/**
 * Merged graphs are run by ONNX Runtime against graphs whose weights the test computed by itself.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSession } from '../../../companion-app/inference';
import { mergeStyles, partsOfStyle, type Merged } from '../../../companion-app/inference/lora';
import { BASE, BIAS, DIMS, folder, linear, merge, Q, style } from './bench';
import { integer, model, numbers, pair, plus, turned, type Made, type Stored } from './support';

/** All outputs of a graph for an input of `dims` with distinct numbers. */
async function outputs(graph: Uint8Array | string, dims: readonly number[] = [2, 4]): Promise<number[][]> {
  const session = await openSession(graph, { provider: 'cpu', threads: 1 });
  const count = dims.reduce((product, size) => product * size, 1);
  const result = await session.run({ x: { data: Float32Array.from(numbers(count, 9)), dims } });
  await session.close();
  return Object.values(result).map(({ data }) => [...data]);
}

async function expectSame(merged: Merged, expected: Uint8Array, dims?: readonly number[]): Promise<void> {
  const [found, due] = [await outputs(merged.graph, dims), await outputs(expected, dims)];
  expect(found).toHaveLength(due.length);
  found.forEach((values, i) => {
    expect(values.length).toBe(due[i]?.length);
    values.forEach((value, j) => expect(value).toBeCloseTo(due[i]?.[j] ?? NaN, 4));
  });
}

describe('the names that files use', () => {
  test.each<[string, string, [string, string]]>([
    ['PEFT', Q, ['.lora_A.weight', '.lora_B.weight']],
    ['PEFT with an adapter name', `base_model.model.${Q}`, ['.lora_A.default.weight', '.lora_B.default.weight']],
    ['diffusers', `transformer.${Q}`, ['.lora_A.weight', '.lora_B.weight']],
    ['diffusers, older', `unet.${Q}`, ['.lora.down.weight', '.lora.up.weight']],
    ['diffusers, oldest', 'blocks.0.attn1.processor.to_q', ['_lora.down.weight', '_lora.up.weight']],
    ['kohya', 'lora_unet_blocks_0_attn1_to_q', ['.lora_down.weight', '.lora_up.weight']],
    ['LTX-Video', `diffusion_model.${Q}`, ['.lora_A.weight', '.lora_B.weight']],
    ['Wan', 'diffusion_model.blocks.0.self_attn.q', ['.lora_down.weight', '.lora_up.weight']],
    ['Wan, kohya', 'lora_unet_blocks_0_self_attn_q', ['.lora_down.weight', '.lora_up.weight']],
  ])('%s', async (_, layer, endings) => {
    const merged = await merge(linear(BASE), [await style('s', pair(layer, DIMS, 3, endings))]);
    expect(merged.graph).toMatch(/unet\/lora-[0-9a-f]{32}\.model$/);
    await expectSame(merged, linear(plus(BASE, DIMS, 3, 1)));
  });

  test.each([
    ['self_attn.o', 'attn1.to_out.0'],
    ['cross_attn.k', 'attn2.to_k'],
    ['cross_attn.v_img', 'attn2.add_v_proj'],
    ['ffn.0', 'ffn.net.0.proj'],
    ['ffn.2', 'ffn.net.2'],
  ])("Wan's %s is %s", async (wan, diffusers) => {
    const node = `/blocks.11/${diffusers.replaceAll(/\.(?!\d)/g, '/')}`;
    const layer = `diffusion_model.blocks.11.${wan}`;
    const graph = (weight: readonly number[]) =>
      model(
        [{ name: 'onnx::MatMul_1', dims: [4, 3], values: turned(weight, 3, 4) }],
        [{ op: 'MatMul', name: `${node}/MatMul`, input: ['x', 'onnx::MatMul_1'], output: 'y' }],
        ['y'],
      );
    const merged = await merge(graph(BASE), [await style('s', pair(layer, DIMS, 3))]);
    await expectSame(merged, graph(plus(BASE, DIMS, 3, 1)));
  });
});

describe('strength', () => {
  const alpha = (value: number): Stored => ({ shape: [], values: [value] });

  test('alpha over rank, times the weight asked for', async () => {
    const tensors = { ...pair(`diffusion_model.${Q}`, DIMS, 3), [`diffusion_model.${Q}.alpha`]: alpha(0.5) };
    const merged = await merge(linear(BASE), [await style('s', tensors, 3)]);
    await expectSame(merged, linear(plus(BASE, DIMS, 3, (3 * 0.5) / 2)));
  });

  test('alpha told beside the weights', async () => {
    const said = { lora_adapter_metadata: JSON.stringify({ 'transformer.r': 2, 'transformer.lora_alpha': 8 }) };
    const merged = await merge(linear(BASE), [await style('s', pair(`transformer.${Q}`, DIMS, 3), 1, said)]);
    await expectSame(merged, linear(plus(BASE, DIMS, 3, 4)));
  });

  test('several styles at once, the order without meaning, one that is not wanted left out', async () => {
    const one = await style('one', pair(Q, DIMS, 3), 0.5);
    const two = await style('two', pair(Q, [3, 1, 4], 5), -2);
    const off = { path: join(folder, 'not there'), weight: 0 };
    const merged = await merge(linear(BASE), [one, two, off]);
    await expectSame(merged, linear(plus(plus(BASE, DIMS, 3, 0.5), [3, 1, 4], 5, -2)));
    expect(await merge(linear(BASE), [two, one])).toEqual({ ...merged, cached: true });
    expect((await merge(linear(BASE), [{ ...two, weight: -1 }, one])).hash).not.toBe(merged.hash);
  });

  test('differences of weights and biases as they are', async () => {
    const tensors = {
      [`diffusion_model.${Q}.diff`]: { shape: [3, 4], values: numbers(12, 8) },
      [`diffusion_model.${Q}.diff_b`]: { shape: [3], values: numbers(3, 6) },
    };
    const merged = await merge(linear(BASE), [await style('s', tensors, 0.5)]);
    const [weight, bias] = [numbers(12, 8), numbers(3, 6)];
    await expectSame(
      merged,
      linear(
        BASE.map((x, i) => x + 0.5 * (weight[i] ?? 0)),
        BIAS.map((x, i) => x + 0.5 * (bias[i] ?? 0)),
      ),
    );
  });
});

describe('how exporters keep a weight', () => {
  const change = () => style('s', pair(Q, DIMS, 3));
  const kept = (name: string, dims: readonly number[], values: readonly number[], nodes: readonly Made[]) =>
    model([{ name, dims, values }], nodes, ['y']);

  test.each<[string, (weight: readonly number[]) => Uint8Array]>([
    [
      'turned by a node',
      (weight) =>
        kept(`${Q}.weight`, [3, 4], weight, [
          { op: 'Transpose', name: 'turn', input: [`${Q}.weight`], output: 'w' },
          { op: 'MatMul', name: 'node_linear_3', input: ['x', 'w'], output: 'y' },
        ]),
    ],
    [
      'as Gemm takes it',
      (weight) =>
        kept(`${Q}.weight`, [3, 4], weight, [
          { op: 'Gemm', name: 'g', input: ['x', `${Q}.weight`], output: 'y', attribute: [integer('transB', 1)] },
        ]),
    ],
    [
      'called twice, in a wrapped network',
      (weight) =>
        kept('onnx::MatMul_9', [4, 3], turned(weight, 3, 4), [
          { op: 'MatMul', name: '/unet/blocks.0/attn1/to_q/MatMul', input: ['x', 'onnx::MatMul_9'], output: 'a' },
          { op: 'MatMul', name: '/unet/blocks.0/attn1/to_q/MatMul_1', input: ['x', 'onnx::MatMul_9'], output: 'b' },
          { op: 'Add', name: '/unet/Add', input: ['a', 'b'], output: 'y' },
        ]),
    ],
    [
      'known by its bias alone',
      (weight) =>
        model(
          [
            { name: 'onnx::MatMul_9', dims: [4, 3], values: turned(weight, 3, 4) },
            { name: `${Q}.bias`, dims: [3], values: BIAS },
          ],
          [
            { op: 'MatMul', name: 'MatMul_12', input: ['x', 'onnx::MatMul_9'], output: 'a' },
            { op: 'Add', name: 'Add_13', input: ['a', `${Q}.bias`], output: 'y' },
          ],
          ['y'],
        ),
    ],
  ])('%s', async (_, graph) => {
    await expectSame(await merge(graph(BASE), [await change()]), graph(plus(BASE, DIMS, 3, 1)));
  });

  test.each(['half', 'bfloat'] as const)('in 16 bits (%s): rounded back once', async (kind) => {
    const coarse = numbers(12, 1, 32);
    const graph = (weight: readonly number[], stored: 'half' | 'bfloat' | 'float') =>
      model(
        [{ name: 'onnx::MatMul_7', dims: [4, 3], values: turned(weight, 3, 4), kind: stored }],
        [
          { op: 'Cast', name: 'cast', input: ['onnx::MatMul_7'], output: 'w', attribute: [integer('to', 1)] },
          { op: 'MatMul', name: '/blocks.0/attn1/to_q/MatMul', input: ['x', 'w'], output: 'y' },
        ],
        ['y'],
      );
    const merged = await merge(graph(coarse, kind), [await style('s', pair(Q, DIMS, 3, undefined, 'half'))]);
    const digits = kind === 'half' ? 11 : 8;
    const rounded = plus(coarse, DIMS, 3, 1).map((x) => {
      const step = 2 ** (Math.floor(Math.log2(Math.abs(x) || 1)) + 1 - digits);
      return Math.round(x / step) * step;
    });
    expect(rounded).not.toEqual(plus(coarse, DIMS, 3, 1));
    await expectSame(merged, graph(rounded, 'float'));
  });

  test('a convolution, its kernel in the down matrix', async () => {
    const name = 'down_blocks.0.resnets.0.conv1';
    const graph = (weight: readonly number[]) =>
      model(
        [{ name: `${name}.weight`, dims: [3, 2, 1, 3], values: weight }],
        [{ op: 'Conv', name: '/conv', input: ['x', `${name}.weight`], output: 'y' }],
        ['y'],
        [1, 2, 2, 4],
      );
    const [base, flat] = [numbers(18, 4), [3, 2, 6] as const];
    const { [`${name}.lora_A.weight`]: down, [`${name}.lora_B.weight`]: up } = pair(name, flat, 3);
    const tensors = {
      [`lora_unet_${name.replaceAll('.', '_')}.lora_down.weight`]: { shape: [2, 2, 1, 3], values: down?.values ?? [] },
      [`lora_unet_${name.replaceAll('.', '_')}.lora_up.weight`]: { shape: [3, 2, 1, 1], values: up?.values ?? [] },
    };
    const merged = await merge(graph(base), [await style('s', tensors)]);
    await expectSame(merged, graph(plus(base, flat, 3, 1)), [1, 2, 2, 4]);
  });
});

describe('what is written', () => {
  test('only the touched weights, beside a graph that stays as it is; a second time nothing', async () => {
    const big = numbers(40_000, 5);
    const graph = model(
      [
        { name: 'onnx::MatMul_7', dims: [4, 3], values: turned(BASE, 3, 4) },
        { name: 'other.weight', dims: [4, 10_000], values: big },
      ],
      [
        { op: 'MatMul', name: '/blocks.0/attn1/to_q/MatMul', input: ['x', 'onnx::MatMul_7'], output: 'y' },
        { op: 'MatMul', name: '/other/MatMul', input: ['x', 'other.weight'], output: 'z' },
      ],
      ['y', 'z'],
    );
    const styles = [await style('s', pair(Q, DIMS, 3))];
    const merged = await merge(graph, styles);
    const names = (await readdir(join(folder, 'unet'))).sort();
    expect(names).toEqual([`lora-${merged.hash}.bin`, `lora-${merged.hash}.model`, 'model.onnx']);
    expect((await readFile(join(folder, 'unet', `lora-${merged.hash}.bin`))).length).toBe(12 * 4);
    expect(await readFile(join(folder, 'unet', 'model.onnx'))).toEqual(Buffer.from(graph));
    expect(merged.cached).toBe(false);
    expect(await mergeStyles({ folder, graph: join(folder, 'unet', 'model.onnx'), part: 'denoiser', styles })).toEqual({
      ...merged,
      cached: true,
    });
  });

  test('weights that lie beside the graph are read there', async () => {
    const first = await merge(linear(BASE), [await style('one', pair(Q, DIMS, 3))]);
    const second = await merge(first.graph, [await style('two', pair(Q, DIMS, 5))]);
    await expectSame(second, linear(plus(plus(BASE, DIMS, 3, 1), DIMS, 5, 1)));
  });

  test('a cancel leaves nothing behind', async () => {
    const reason = new Error('enough');
    const wanted = [await style('s', pair(Q, DIMS, 3))];
    await expect(merge(linear(BASE), wanted, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await readdir(join(folder, 'unet'))).toEqual(['model.onnx']);
  });

  test('no styles: the graph itself', async () => {
    const merged = await merge(linear(BASE), []);
    expect(merged).toEqual({ graph: join(folder, 'unet', 'model.onnx'), cached: true });
  });

  test('keys of the text encoder are left to the text encoder', async () => {
    const te = 'lora_te_text_model_encoder_layers_0_self_attn_q_proj';
    const both = await style('s', {
      ...pair(Q, DIMS, 3),
      ...pair(te, DIMS, 4, ['.lora_down.weight', '.lora_up.weight']),
    });
    await expectSame(await merge(linear(BASE), [both]), linear(plus(BASE, DIMS, 3, 1)));
    expect(await partsOfStyle(both.path)).toEqual(['denoiser', 'text_encoder']);
  });
});
