/**
 * In-betweens by a model: graphs of a few nodes stand in for RIFE's and show what they were given.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BoardPicture } from '../../../companion-app/engines/engine';
import { createInbetweenEngine } from '../../../companion-app/engines/inbetween';
import { findRifePack } from '../../../companion-app/engines/inbetween/rife/pack';
import { tilingOf, weightAt } from '../../../companion-app/engines/inbetween/rife/tiles';
import { GraphBuilder, type Dimension, type Value } from '../../../companion-app/inference';
import { shotOf, take } from '../parallax/measure/take';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween-rife-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** RGB0 and RGB1 blended by the timestep, then whatever `then` makes of it and the input. */
function blend(
  channels: number,
  then: (graph: GraphBuilder, picture: Value, plane: (at: number) => Value) => Value = (_graph, picture) => picture,
  sides: readonly [Dimension, Dimension] = ['h', 'w'],
): Uint8Array {
  const graph = new GraphBuilder('rife', 16);
  const input = graph.input('input', 'float', [1, channels, ...sides]);
  const slice = (from: number, to: number): Value =>
    graph.op('Slice', [input, graph.integers([from]), graph.integers([to]), graph.integers([1])]);
  const t = slice(6, 7);
  const first = graph.mul(slice(0, 3), graph.sub(graph.scalar(1), t));
  const picture = graph.add(first, graph.mul(slice(3, 6), t));
  graph.output(
    then(graph, picture, (at) => slice(at, at + 1)),
    'output',
    'float',
    [1, 3, ...sides],
  );
  return graph.build();
}

async function install(model: Uint8Array, name = 'rife-4.7'): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'model.onnx'), model);
}

const grey = (at: number, level: number, width = 150, height = 70): BoardPicture => ({
  at, name: `grey ${at}`, width, height, rgb: new Uint8Array(3 * width * height).fill(level),
}); // prettier-ignore

async function rendered(boards: readonly BoardPicture[], width = 150, height = 70) {
  const engine = await createInbetweenEngine({ provider: 'cpu', packsDir: folder, workers: 1 });
  try {
    return await take(engine, shotOf(9, { size: { width, height } }), boards);
  } finally {
    await engine.close();
  }
}

test.each([
  ['7 channels: the timestep', blend(7)],
  ['8 channels: and a scale of 1', blend(8, (graph, picture, plane) => graph.mul(picture, plane(7)))],
])('%s', async (_what, model) => {
  await install(model);
  const { frames, warnings } = await rendered([grey(0, 100), grey(8, 110)]);
  expect(warnings).toEqual([]);
  const levels = frames.map(({ rgb }) => rgb[0]!);
  expect(levels[0]).toBe(100);
  expect(levels[8]).toBe(110);
  expect(levels[6]).toBeGreaterThan(102);
  expect(levels[6]).toBeLessThan(108);
  expect(levels).toEqual([...levels].sort((a, b) => a - b));
  expect(frames[6]!.rgb.every((value) => value === levels[6])).toBe(true);
});

test.each([
  ['a file in the folder of packs', 'rife49.onnx', undefined],
  ['a folder of any name with a graph of any name', path.join('interpolator', 'v4.onnx'), 'interpolator'],
  ['a file of any name', 'v4.onnx', 'v4.onnx'],
])('found: %s', async (_what, place, pack) => {
  await mkdir(path.join(folder, path.dirname(place)), { recursive: true });
  await writeFile(path.join(folder, place), blend(7));
  await install(Buffer.from('an image-to-video pack'), 'other');
  const found = await findRifePack(folder, pack);
  expect(found).toMatchObject({ model: path.join(folder, place), channels: 7 });
  if (pack !== undefined) expect(await findRifePack(folder)).toBeUndefined();
});

test('a pack that is wanted but is no RIFE leaves the installed one; names that lead out of the folder are nothing', async () => {
  await install(blend(8));
  await install(Buffer.from('nothing'), 'svd');
  expect(await findRifePack(folder, 'svd')).toMatchObject({ name: 'rife-4.7', channels: 8 });
  expect(await findRifePack(path.join(folder, 'rife-4.7'), '../rife-4.7')).toBeUndefined();
});

test('11 channels: grids from −1 to 1 and the size of their steps', async () => {
  // Red shows the columns, green the rows, blue the steps (of a 256 by 128 tile).
  const model = blend(11, (graph, picture, plane) => {
    const half = graph.scalar(0.5);
    const shown = (value: Value): Value => graph.add(graph.mul(value, half), half);
    const steps = graph.mul(graph.div(plane(9), plane(10)), half);
    const colours = graph.op('Concat', [shown(plane(7)), shown(plane(8)), steps], { axis: 1 });
    return graph.add(graph.mul(picture, graph.scalar(0)), colours);
  });
  await install(model);
  const { frames } = await rendered([grey(0, 100), grey(8, 110)]);
  const { rgb, width, height } = frames[6]!;
  const at = (x: number, y: number) => [...rgb.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
  const step = Math.round((255 * 127) / 255 / 2);
  expect(at(0, 0)).toEqual([0, 0, step]);
  expect(at(149, 0)[0]).toBe(Math.round((255 * 149) / 255));
  expect(at(0, height - 1)[1]).toBe(Math.round((255 * 69) / 127));
});

test('a model of fixed size is given tiles of that size, laid back without seams', async () => {
  await install(blend(7, undefined, [64, 64]));
  const ramp = (at: number, add: number): BoardPicture => {
    const board = grey(at, 0);
    for (let i = 0; i < board.rgb.length; i++) board.rgb[i] = (Math.floor(i / 3) % 150) + add;
    return board;
  };
  const { frames } = await rendered([ramp(0, 40), ramp(8, 44)]);
  const { rgb } = frames[6]!;
  const first = rgb[0]!;
  expect(first).toBeGreaterThan(40);
  for (let i = 0; i < rgb.length; i += 3)
    expect(Math.abs(rgb[i]! - first - (Math.floor(i / 3) % 150))).toBeLessThanOrEqual(1);
});

test.each([
  [1920, 1080],
  [3840, 2160],
  [4096, 1716],
  [70, 40],
])('tiles of %d×%d cover every pixel, all of one size', (width, height) => {
  const tiling = tilingOf(width, height);
  expect([tiling.width % 128, tiling.height % 128]).toEqual([0, 0]);
  for (const [x, y] of [
    [0, 0],
    [width - 1, height - 1],
    [Math.floor(width / 2), Math.floor(height / 3)],
    [1100, 30],
    [30, 1100],
  ] as const) {
    if (x >= width || y >= height) continue;
    const over = tiling.tiles.filter((t) => x >= t.x && y >= t.y && x < t.x + tiling.width && y < t.y + tiling.height);
    const weight = over.reduce((sum, t) => sum + weightAt(tiling, t, x - t.x, y - t.y, width, height), 0);
    expect(weight).toBeGreaterThan(0);
  }
});

test('without a pack, or with other packs only, boards are drawn into each other without a model', async () => {
  await mkdir(path.join(folder, 'some-video-model'));
  const { frames } = await rendered([grey(0, 100), grey(8, 102)]);
  expect(frames).toHaveLength(9);
});

test.each([
  ['of other channels', () => blend(9)],
  ['that is no model', () => new TextEncoder().encode('not a model')],
])('a pack %s is refused in words', async (_what, model) => {
  await install(model());
  const refused = createInbetweenEngine({ provider: 'cpu', packsDir: folder });
  await expect(refused).rejects.toMatchObject({ problem: { code: 'pack-invalid' } });
});
