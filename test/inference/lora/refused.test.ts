/** Styles that do not fit a graph. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DIMS, folder, linear, merge, problemOf, BASE, Q, style } from './bench';
import { model, numbers, pair, type Stored } from './support';

describe('what does not fit is refused with its keys, and nothing is written', () => {
  const single = (name: string, op: string, weight: string, dims: readonly number[]) =>
    model(
      [
        {
          name: weight,
          dims,
          values: numbers(
            dims.reduce((a, b) => a * b, 1),
            1,
          ),
        },
      ],
      [{ op, name, input: ['x', weight], output: 'y' }],
      ['y'],
    );
  const good = pair(Q, DIMS, 3);

  test.each<[string, () => Uint8Array, Readonly<Record<string, Stored>>, RegExp]>([
    [
      'layers that are not there',
      () => linear(BASE),
      { ...good, ...pair('blocks.77.attn1.to_q', DIMS, 3), ...pair('nowhere', DIMS, 3) },
      /does not have: blocks\.77\.attn1\.to_q\.lora_A\.weight, nowhere\.lora_A\.weight\.$/,
    ],
    ['another size', () => linear(BASE), pair(Q, [3, 2, 5], 3), /another size: .*to_q.*\[3, 2\]·\[2, 5\] for \[4, 3\]/],
    [
      'ranks that differ',
      () => linear(BASE),
      { ...good, [`${Q}.lora_B.weight`]: { shape: [3, 1], values: [1, 2, 3] } },
      /do not belong together: blocks.*down \[2, 4\], up \[3, 1\]/,
    ],
    [
      'half a pair',
      () => linear(BASE),
      { [`${Q}.lora_A.weight`]: { shape: [2, 4], values: numbers(8, 1) } },
      /together/,
    ],
    [
      'kinds of adapters that are no LoRA',
      () => linear(BASE),
      { ...good, [`${Q}.hada_w1_a`]: { shape: [1], values: [1] }, [`${Q}.dora_scale`]: { shape: [1], values: [1] } },
      /cannot be merged: .*hada_w1_a, .*dora_scale/,
    ],
    [
      'one layer in two ways',
      () => linear(BASE),
      { ...good, ...pair(`diffusion_model.${Q}`, DIMS, 3) },
      /says twice.*diffusion_model/,
    ],
    ['nothing at all', () => linear(BASE), {}, /holds no LoRA weights/],
    [
      'a quantised graph',
      () => single('/blocks.0/attn1/to_q/MatMul_Q4', 'MatMulNBits', 'onnx::MatMul_7_Q4', [3, 1, 16]),
      good,
      /few bits \(quantised\).*to_q/,
    ],
    [
      'weights that are dequantised',
      () =>
        model(
          [{ name: 'q', dims: [4, 3], values: numbers(12, 1) }],
          [
            { op: 'DequantizeLinear', name: 'd', input: ['q'], output: 'w' },
            { op: 'MatMul', name: '/blocks.0/attn1/to_q/MatMul', input: ['x', 'w'], output: 'y' },
          ],
          ['y'],
        ),
      good,
      /quantised/,
    ],
    [
      'q, k and v in one',
      () => single('/blocks.0/attn1/to_qkv/MatMul', 'MatMul', 'onnx::MatMul_7', [4, 9]),
      good,
      /packed into one.*to_q/,
    ],
    ['a fused attention', () => single('/blocks.0/attn1/Attention', 'Attention', 'w', [4, 9]), good, /packed into one/],
    [
      'weights shared by two layers',
      () =>
        model(
          [{ name: 'w', dims: [4, 3], values: numbers(12, 1) }],
          [
            { op: 'MatMul', name: '/blocks.0/attn1/to_q/MatMul', input: ['x', 'w'], output: 'y' },
            { op: 'MatMul', name: '/blocks.0/attn1/to_k/MatMul', input: ['x', 'w'], output: 'z' },
          ],
          ['y', 'z'],
        ),
      good,
      /share their weights/,
    ],
    [
      'a bias that is not there',
      () => single('/blocks.0/attn1/to_q/MatMul', 'MatMul', 'w', [4, 3]),
      { [`${Q}.diff_b`]: { shape: [3], values: [1, 2, 3] } },
      /does not have: .*diff_b/,
    ],
    [
      'numbers that are none',
      () => linear(BASE),
      { ...good, [`${Q}.lora_B.weight`]: { shape: [3, 2], values: [NaN, 1, 1, 1, 1, 1] } },
      /beyond what the model can hold/,
    ],
  ])('%s', async (_, graph, tensors, words) => {
    const problem = await problemOf(merge(graph(), [await style('pencil', tensors)]));
    expect(problem.code).toBe('pack-invalid');
    expect(problem.message).toMatch(words);
    expect(problem.message).toContain('pencil.safetensors');
    expect(await readdir(join(folder, 'unet'))).toEqual(['model.onnx']);
  });

  test('a list of a thousand keys stays readable', async () => {
    const pairs = Array.from({ length: 1000 }, (_, i) => Object.entries(pair(`blocks.${i}.none`, [1, 1, 1], 1)));
    const many = Object.fromEntries(pairs.flat());
    const problem = await problemOf(merge(linear(BASE), [await style('s', many)]));
    expect(problem.message).toMatch(/blocks\.0\.none.* and \d+ more\.$/);
    expect(problem.message.length).toBeLessThan(2000);
  });

  test('weights of a graph that lie outside the pack', async () => {
    const first = await merge(linear(BASE), [await style('one', pair(Q, DIMS, 3))]);
    const bytes = await readFile(first.graph);
    const name = `lora-${first.hash}.bin`;
    const place = bytes.indexOf(name);
    bytes.write('../../'.padEnd(name.length, 'x'), place);
    await writeFile(first.graph, bytes);
    const problem = await problemOf(merge(first.graph, [await style('two', pair(Q, DIMS, 5))]));
    expect(problem.message).toContain('outside the pack');
  });
});
