/**
 * Graphs built here are run by ONNX Runtime itself.
 */
import { GraphBuilder, openSession, type FloatTensor } from '../../companion-app/inference';
import { InbetweenError } from '../../shared/problem';

async function run(
  graph: GraphBuilder,
  feeds: Record<string, FloatTensor>,
): Promise<Readonly<Record<string, FloatTensor>>> {
  const session = await openSession(graph.build(), { provider: 'cpu', threads: 1 });
  try {
    return await session.run(feeds);
  } finally {
    await session.close();
  }
}

test('a graph of every kind of attribute, constant and left-out input does what it says', async () => {
  const g = new GraphBuilder('test', 16);
  const x = g.input('x', 'float', ['n', 3]);
  const scaled = g.mul(g.sub(x, g.scalar(1)), g.floats([2, 3, 4], [1, 3]));
  const kept = g.op('Clip', [scaled, undefined, g.scalar(6)]);
  const soft = g.op('LeakyRelu', [kept], { alpha: { float: 0.5 } });
  const turned = g.op('Transpose', [soft], { perm: [1, 0] });
  const first = g.op('Slice', [turned, g.integers([0]), g.integers([2])]);
  g.output(first, 'y', 'float', [2, 'n']);
  const { y } = await run(g, { x: { data: Float32Array.of(1, 2, 3, 0, 9, 0), dims: [2, 3] } });
  expect(y?.dims).toEqual([2, 2]);
  expect([...(y?.data ?? [])]).toEqual([0, -1, 3, 6]);
});

test('string attributes and sizes that differ from run to run: a resampled row', async () => {
  const g = new GraphBuilder('test', 16);
  const picture = g.floats([0, 10, 20, 30], [1, 1, 1, 4]);
  const grid = g.input('grid', 'float', [1, 1, 'width', 2]);
  const read = g.op('GridSample', [picture, grid], { mode: 'bilinear', padding_mode: 'border', align_corners: 1 });
  g.output(read, 'y', 'float', [1, 1, 1, 'width']);
  const session = await openSession(g.build(), { provider: 'cpu' });
  expect(session).toMatchObject({ provider: 'cpu', inputs: ['grid'], outputs: ['y'] });
  for (const places of [[0], [-1, -0.5, 1, 2]]) {
    const data = Float32Array.from(places.flatMap((u) => [u, 0]));
    const { y } = await session.run({ grid: { data, dims: [1, 1, places.length, 2] } });
    const expected = places.map((u) => Math.min(30, 15 * (u + 1)));
    expect([...(y?.data ?? [])].map((value) => Math.round(value * 100) / 100)).toEqual(expected);
  }
  await session.close();
});

test('a model that is none is refused in words', async () => {
  const opened = openSession(Uint8Array.of(1, 2, 3), { provider: 'cpu' });
  await expect(opened).rejects.toBeInstanceOf(InbetweenError);
  await expect(opened).rejects.toMatchObject({ problem: { code: 'engine-unavailable' } });
});
