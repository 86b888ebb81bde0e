/**
 * A depth model installed as a pack: a graph of a few nodes stands in for Depth Anything's and takes what is bright for near.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { register } from '../../../../companion-app/daemon/commands/relief';
import type { BoardPicture } from '../../../../companion-app/engines/engine';
import { createParallaxEngine } from '../../../../companion-app/engines/parallax';
import { depthModel, findDepthPack } from '../../../../companion-app/engines/parallax/scene';
import { GraphBuilder } from '../../../../companion-app/inference';
import { move, shotOf, take } from '../measure/take';
import { board, figure } from './drawings';

let folder: string;
let packs: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween-depth-'));
  packs = path.join(folder, 'packs');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function brightIsNear(input = 'pixel_values', output = 'predicted_depth'): Uint8Array {
  const graph = new GraphBuilder('depth', 16);
  const pixels = graph.input(input, 'float', [1, 3, 'h', 'w']);
  const plane = graph.op('Slice', [pixels, graph.integers([0]), graph.integers([1]), graph.integers([1])]);
  graph.output(graph.op('Squeeze', [plane, graph.integers([1])]), output, 'float', [1, 'h', 'w']);
  return graph.build();
}

async function install(model: Uint8Array, ...at: string[]): Promise<void> {
  const file = path.join(packs, ...at);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, model);
}

/** Many tones, with a bright disc at the upper left that nothing but the model takes for near. */
const painting = (): Promise<BoardPicture> =>
  board(
    '<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#a08858"/><stop offset="0.5" stop-color="#405060"/><stop offset="1" stop-color="#101808"/></linearGradient></defs>' +
      '<rect width="640" height="360" fill="url(#g)"/><circle cx="200" cy="90" r="60" fill="#fff4e0"/>',
  );

async function written(drawn: BoardPicture): Promise<string> {
  const file = path.join(folder, 'board.png');
  const { width, height } = drawn;
  await sharp(drawn.rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file);
  return file;
}

async function relief(...args: string[]): Promise<void> {
  const program = new Command().exitOverride();
  register(program);
  await program.parseAsync(['relief', ...args], { from: 'user' });
}

/** Nearness (0…1) that the command wrote at a place. */
async function nearAt(file: string, x: number, y: number): Promise<number> {
  const { data, info } = await sharp(file)
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  return new Uint16Array(data.buffer, data.byteOffset, data.length / 2)[info.channels * (y * info.width + x)]! / 65535;
}

const signal = new AbortController().signal;

test.each([[['model.onnx']], [['onnx', 'model.onnx']]])('a pack is found by its name and graph: %s', async (place) => {
  await install(new Uint8Array(), 'rife-4.7', 'model.onnx');
  await install(brightIsNear(), 'Depth-Anything-V2-Small', ...place);
  const pack = await findDepthPack(packs);
  expect(pack?.name).toBe('Depth-Anything-V2-Small');
  const model = depthModel(pack!, 'cpu');
  const { rgb, width, height } = await painting();
  const map = await model.estimate(rgb, width, height, signal);
  await model.close();
  const at = (x: number, y: number): number =>
    map.near[Math.floor((y / height) * map.height) * map.width + Math.floor((x / width) * map.width)]!;
  expect(at(200, 90)).toBeGreaterThan(at(500, 300) + 1);
});

test('without a pack there is none', async () => {
  expect(await findDepthPack(packs)).toBeUndefined();
});

test('the engine reads a painted board with the pack: what the model sees as near moves more', async () => {
  await install(brightIsNear(), 'depth-anything-v2', 'model.onnx');
  const frames = async (packsDir?: string) => {
    const engine = await createParallaxEngine({ provider: 'cpu', workers: 1, packsDir });
    try {
      const size = { width: 320, height: 180 };
      return await take(engine, shotOf(2, { size, moves: [move('truck-right', 0.15, 0, 2)] }), [await painting()]);
    } finally {
      await engine.close();
    }
  };
  const [without, withPack] = [await frames(), await frames(packs)];
  expect(withPack.warnings).toEqual(without.warnings);
  expect(Buffer.compare(without.frames[1]!.rgb, withPack.frames[1]!.rgb)).not.toBe(0);
});

test.each([
  ['is no model', () => new TextEncoder().encode('not a graph')],
  ['has other inputs', () => brightIsNear('image', 'depth')],
])('a pack that %s is a warning; the board is read without it', async (_, model) => {
  await install(model(), 'depth-anything-v2', 'model.onnx');
  const engine = await createParallaxEngine({ provider: 'cpu', workers: 1, packsDir: packs });
  try {
    const { frames, warnings } = await take(engine, shotOf(2, { size: { width: 320, height: 180 } }), [
      await painting(),
    ]);
    expect(frames).toHaveLength(2);
    expect(warnings.join()).toContain('depth model was not used');
    expect((await take(engine, shotOf(1), [await board(figure(300, 340, 240))])).warnings).toEqual([]);
  } finally {
    await engine.close();
  }
});

describe('inbetween relief', () => {
  test('writes near and far as 16-bit grey, and the layers', async () => {
    const file = await written(await board(figure(320, 340, 240)));
    const out = path.join(folder, 'maps', 'near.png');
    await relief(file, '--out', out, '--layers', path.join(folder, 'layers'));
    expect(await nearAt(out, 320, 200)).toBeGreaterThan((await nearAt(out, 60, 60)) + 0.2);
    const { width, height, depth } = await sharp(out).metadata();
    expect([width, height, depth]).toEqual([640, 360, 'ushort']);
    const layer = await sharp(path.join(folder, 'layers', '1-sheet-1.png')).metadata();
    expect(layer.hasAlpha).toBe(true);
  });

  test('reads a painted board with the model of a packs folder', async () => {
    await install(brightIsNear(), 'depth-anything-v2', 'model.onnx');
    const out = path.join(folder, 'near.png');
    await relief(await written(await painting()), '--out', out, '--packs', packs);
    expect(await nearAt(out, 200, 90)).toBeGreaterThan(0.8);
    expect(await nearAt(out, 600, 340)).toBeLessThan(0.2);
  });

  test('says where there is no depth pack', async () => {
    const file = await written(await painting());
    await expect(relief(file, '--out', path.join(folder, 'near.png'), '--packs', folder)).rejects.toThrow(
      'no depth pack',
    );
  });
});
