/**
 * Needs the environment that shares typed arrays with ONNX Runtime.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiffusionEngine } from '../../../companion-app/engines/diffusion';
import type { BoardPicture, Engine } from '../../../companion-app/engines/engine';
import { GraphBuilder } from '../../../companion-app/inference';
import { RATES, type MotionRegion, type Shot } from '../../../shared/shot';
import { tinyLtx } from '../../../examples/tiny-pack/ltx';
import { tinySvd } from '../../../examples/tiny-pack/svd';
import { writePack, type PackFiles } from '../../../examples/tiny-pack/write';

const SIZE = { width: 128, height: 64 };
const MASK = 'a'.repeat(64);

function board(at: number, grey: number, more: Partial<BoardPicture> = {}): BoardPicture {
  const [width, height] = [256, 128];
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => grey + ((Math.floor(i / 3) % width) >> 3));
  return { at, name: `board at ${at}`, width, height, rgb, ...more };
}

const SHOT: Shot = {
  ...{ id: 'a', name: 'SH010', rate: RATES['24'], dropFrame: false, startFrame: 0, frames: 24 },
  ...{ size: SIZE, fit: 'fill', boards: [], notes: '', moves: [] },
};

let folder = '';
let engine: Engine | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boards-'));
});
afterEach(async () => {
  await engine?.close();
  engine = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function made(files: PackFiles, shot: Partial<Shot>, boards: readonly BoardPicture[]) {
  await writePack(join(folder, 'tiny'), files);
  engine = await createDiffusionEngine({ provider: 'cpu', packsDir: folder, pack: 'tiny', steps: 3, workers: 1 });
  const frames: Uint8Array[] = [];
  const warnings: string[] = [];
  const options = {
    ...{ size: SIZE, seed: 7, quality: 'full' as const, signal: new AbortController().signal },
    progress: () => undefined,
    warn: (sentence: string) => void warnings.push(sentence),
  };
  for await (const { rgb } of engine.animate({ ...SHOT, ...shot }, boards, options)) frames.push(Uint8Array.from(rgb));
  return { frames, warnings };
}

const mean = (frame: Uint8Array | undefined): number =>
  frame ? frame.reduce((sum, x) => sum + x, 0) / frame.length : NaN;

test('a model of key frames draws a whole shot through its boards, each exact on its frame', async () => {
  const boards = [board(0, 40), board(9, 180), board(20, 90)];
  const { frames } = await made(tinyLtx({ keys: true }), {}, boards);
  expect(frames).toHaveLength(24);
  for (const { at } of boards) {
    const alone = await made(
      tinySvd(),
      { frames: 1 },
      [boards.find((each) => each.at === at) ?? boards[0]].flatMap((b) => (b ? [{ ...b, at: 0 }] : [])),
    );
    expect(frames[at]).toEqual(alone.frames[0]);
    await engine?.close();
  }
  // Between boards it is on its way, without a cut: no step is larger than the way of a few frames.
  const tones = frames.map(mean);
  const most = Math.max(...tones.slice(1).map((tone, i) => Math.abs(tone - (tones[i] ?? 0))));
  expect(most).toBeLessThan(80);
  expect(Math.abs((tones[5] ?? 0) - (tones[0] ?? 0))).toBeGreaterThan(5);
});

const region = (more: Partial<MotionRegion>): MotionRegion => ({
  ...{ id: 'r', name: 'boat', from: 0, to: 24, ease: 'linear' as const },
  path: [{ x: 0, y: 0 }],
  outline: [
    { x: 0.5, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 1 },
    { x: 0.5, y: 1 },
  ],
  ...more,
});

test('what a region leaves out stands still; its mask wins over its outline', async () => {
  const half = { width: 4, height: 1, grey: Uint8Array.of(255, 255, 0, 0) };
  const masks = new Map([[MASK, half]]);
  const moved = async (more: Partial<MotionRegion>) => {
    const { frames } = await made(tinySvd({ sway: true }), { regions: [region(more)] }, [board(0, 60, { masks })]);
    const apart = (from: number, to: number) => {
      let sum = 0;
      for (let y = 0; y < SIZE.height; y++)
        for (let x = from; x < to; x++) {
          const i = (y * SIZE.width + x) * 3;
          sum += Math.abs((frames[23]?.[i] ?? 0) - (frames[0]?.[i] ?? 0));
        }
      return sum;
    };
    const result = { left: apart(0, 48), right: apart(80, 128) };
    await engine?.close();
    return result;
  };
  const lasso = await moved({});
  expect(lasso.left).toBe(0);
  expect(lasso.right).toBeGreaterThan(50);
  const painted = await moved({ mask: MASK });
  expect(painted.right).toBe(0);
  expect(painted.left).toBeGreaterThan(50);
});

/** A RIFE of seven channels that answers white whatever it is given. */
function whiteRife(): Uint8Array {
  const graph = new GraphBuilder('rife', 17);
  const input = graph.input('input', 'float', [1, 7, 'height', 'width']);
  const first = graph.op('Slice', [input, graph.integers([0]), graph.integers([3]), graph.integers([1])]);
  graph.output(graph.add(graph.mul(first, graph.scalar(0)), graph.scalar(1)), 'output', 'float', [1, 3, 'h', 'w']);
  return graph.build();
}

test('frames between the model’s own are drawn by an installed RIFE pack', async () => {
  await mkdir(join(folder, 'rife-white'));
  await writeFile(join(folder, 'rife-white', 'model.onnx'), whiteRife());
  const { frames } = await made(tinySvd(), { frames: 48 }, [board(0, 60)]);
  // Of its 7 frames a second only those at whole seconds fall on the clip's 24.
  expect(mean(frames[30])).toBe(255);
  expect(mean(frames[24])).toBeLessThan(120);
});

test('a RIFE pack that cannot be used is told of, and frames are mixed', async () => {
  await mkdir(join(folder, 'rife-broken'));
  await writeFile(join(folder, 'rife-broken', 'model.onnx'), 'no model');
  const { frames, warnings } = await made(tinySvd(), { frames: 4 }, [board(0, 60)]);
  expect(frames).toHaveLength(4);
  expect(warnings.filter((told) => /mixed: The pack rife-broken is no RIFE model/.test(told))).toHaveLength(1);
});
