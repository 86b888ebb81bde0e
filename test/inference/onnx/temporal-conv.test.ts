/** Convolutions over frames written as two-dimensional ones give the same numbers, in ONNX Runtime itself. */
import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { GraphBuilder } from '../../../companion-app/inference';
import { rewriteConv3d } from '../../../companion-app/inference/onnx/temporal-conv';

interface Case {
  readonly channels: readonly [from: number, to: number];
  readonly size: readonly [frames: number, rows: number, columns: number];
  readonly kernel: readonly [number, number, number];
  readonly strides: readonly [number, number, number];
  readonly dilation: number;
  readonly pads: readonly number[];
  readonly group: number;
  readonly bias: boolean;
}

const numbers = (count: number, seed: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * 12.9898 + seed * 78.233));

function model(one: Case): Uint8Array {
  const graph = new GraphBuilder('conv', 17);
  const [from, to] = one.channels;
  const video = graph.input('video', 'float', ['batch', from, 'frames', 'height', 'width']);
  const shape = [to, from / one.group, ...one.kernel];
  const weight = graph.floats(
    numbers(
      shape.reduce((a, b) => a * b, 1),
      1,
    ),
    shape,
  );
  const out = graph.op(
    'Conv',
    [video, weight, one.bias ? graph.floats(numbers(to, 2), [to]) : undefined].slice(0, one.bias ? 3 : 2),
    {
      kernel_shape: one.kernel,
      strides: one.strides,
      dilations: [one.dilation, 1, 1],
      pads: one.pads,
      group: one.group,
    },
  );
  graph.output(graph.op('Tanh', [out]), 'out', 'float', ['batch', to, 'f', 'h', 'w']);
  return graph.build();
}

async function run(bytes: Uint8Array, one: Case): Promise<ort.Tensor> {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 4 });
  const dims = [2, one.channels[0], ...one.size];
  const video = new ort.Tensor(
    'float32',
    numbers(
      dims.reduce((a, b) => a * b, 1),
      3,
    ),
    dims,
  );
  const { out } = await session.run({ video });
  await session.release();
  if (!out) throw new Error('no output');
  return out;
}

const kernelSize = fc.integer({ min: 1, max: 3 });
const cases: fc.Arbitrary<Case> = fc
  .record({
    group: fc.constantFrom(1, 2),
    channels: fc.constantFrom([2, 4] as const, [4, 2] as const),
    size: fc.tuple(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 3, max: 5 }), fc.integer({ min: 3, max: 5 })),
    kernel: fc.oneof(
      fc.tuple(kernelSize, fc.constant(1), fc.constant(1)),
      fc.tuple(kernelSize, kernelSize, kernelSize),
    ),
    strides: fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(1, 2), fc.constantFrom(1, 2)),
    dilation: fc.constantFrom(1, 2),
    pads: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 6, maxLength: 6 }),
    bias: fc.boolean(),
  })
  .filter(({ kernel, size, dilation, pads }) => (kernel[0] - 1) * dilation < size[0] + (pads[0] ?? 0) + (pads[3] ?? 0));

test('any convolution over frames gives the same video as before', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const before = model(one);
      const after = rewriteConv3d(before);
      expect(after).not.toBeNull();
      const [a, b] = [await run(before, one), await run(after ?? before, one)];
      expect(b.dims).toEqual(a.dims);
      const [x, y] = [a.data as Float32Array, b.data as Float32Array];
      expect(Math.max(...x.map((value, i) => Math.abs(value - (y[i] ?? NaN))))).toBeLessThan(1e-5);
    }),
    { numRuns: 60 },
  );
});

test('a graph without such convolutions is left alone', () => {
  const graph = new GraphBuilder('plain', 17);
  const picture = graph.input('picture', 'float', [1, 1, 4, 4]);
  const weight = graph.floats([1], [1, 1, 1, 1]);
  graph.output(graph.op('Conv', [picture, weight], { kernel_shape: [1, 1] }), 'out', 'float', [1, 1, 4, 4]);
  expect(rewriteConv3d(graph.build())).toBeNull();
});

test('an old operator set is left alone, as its operators take their axes differently', () => {
  const graph = new GraphBuilder('old', 11);
  const video = graph.input('video', 'float', [1, 1, 3, 4, 4]);
  const weight = graph.floats([1, 1, 1], [1, 1, 3, 1, 1]);
  graph.output(
    graph.op('Conv', [video, weight], { kernel_shape: [3, 1, 1], pads: [1, 0, 0, 1, 0, 0] }),
    'out',
    'float',
    [1, 1, 3, 4, 4],
  );
  expect(rewriteConv3d(graph.build())).toBeNull();
});
