/**
 * Needs the environment that shares typed arrays with ONNX Runtime.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DISTILLED,
  linearQuadratic,
  ltxScheduleOf,
} from '../../../../companion-app/engines/diffusion/pipelines/ltx-schedule';
import { videoCoordinates } from '../../../../companion-app/engines/diffusion/pipelines/ltx-tokens';
import { openPipeline, type Pipeline, type RunContext } from '../../../../companion-app/engines/diffusion/pipelines';
import { normalNoise } from '../../../../companion-app/engines/diffusion/shot/noise';
import { readPack, type Pack } from '../../../../companion-app/inference/packs';
import { tinyLtx } from '../../../../examples/tiny-pack/ltx';
import { writePack } from '../../../../examples/tiny-pack/write';

const SIZE = { width: 64, height: 32 };
const plain = (grey: number) => ({ ...SIZE, rgb: new Uint8Array(SIZE.width * SIZE.height * 3).fill(grey) });

interface Seen {
  readonly taps: Map<string, readonly number[]>;
  readonly notes: Map<string, readonly number[]>;
}

const context = (seen: Seen = { taps: new Map(), notes: new Map() }): RunContext => ({
  noise: (name, dims) =>
    normalNoise(
      1,
      name,
      dims.reduce((product, size) => product * size, 1),
    ),
  tap: (name, data, dims) => {
    seen.taps.set(name, dims);
    return data;
  },
  note: (name, data) => void seen.notes.set(name, data),
  signal: new AbortController().signal,
  progress: () => undefined,
});

let folder = '';
let pipeline: Pipeline | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
  await writePack(folder, tinyLtx({ keys: true }));
  pipeline = await openPipeline(await readPack(folder), { provider: 'cpu', threads: 1 });
});
afterAll(async () => {
  await pipeline?.close();
  await rm(folder, { recursive: true, force: true });
});

const grey = (frame: Float32Array | undefined): number =>
  frame ? (255 * frame.reduce((sum, x) => sum + x, 0)) / frame.length : NaN;

test('boards inside and at the end of a clip are reached at their own frames', async () => {
  const seen: Seen = { taps: new Map(), notes: new Map() };
  const clip = await pipeline?.generate(
    { image: plain(40), keys: [{ at: 24, image: plain(200) }], lastImage: plain(110) },
    { ...SIZE, num_frames: 49, image_cond_noise_scale: 0 },
    context(seen),
  );
  const frames = clip?.frames ?? [];
  expect(frames).toHaveLength(49);
  expect(grey(frames[0])).toBeCloseTo(40, -0.5);
  expect(Math.abs(grey(frames[22]) - 200)).toBeLessThan(8);
  expect(Math.abs(grey(frames[48]) - 110)).toBeLessThan(8);
  // On the way from one to the other it is neither.
  expect(grey(frames[10])).toBeGreaterThan(45);
  expect(grey(frames[10])).toBeLessThan(195);
  const area = 2;
  expect(seen.taps.get('transformer_hidden_step0')).toEqual([1, (2 + 7) * area, 48]);
  expect(seen.taps.get('latents_steps')).toEqual([1, 7 * area, 48]);
  expect(seen.notes.get('sigmas')?.map((sigma) => Number(sigma.toFixed(4)))).toEqual([...DISTILLED, 0]);
});

test('without key frames nothing is put before the clip; a key beyond the window is left to the next', async () => {
  const seen: Seen = { taps: new Map(), notes: new Map() };
  const call = { ...SIZE, num_frames: 9 };
  const clip = await pipeline?.generate(
    { image: plain(40), keys: [{ at: 9, image: plain(200) }] },
    call,
    context(seen),
  );
  expect(seen.taps.get('transformer_hidden_step0')).toEqual([1, 4, 48]);
  expect(Math.abs(grey(clip?.frames[8]) - 40)).toBeLessThan(12);
});

test('the noise on given frames fades with the square of time, and is drawn afresh at each step', async () => {
  const draws: string[] = [];
  const watching = {
    ...context(),
    noise: (name: string, dims: readonly number[]) => (draws.push(name), context().noise(name, dims)),
  };
  await pipeline?.generate({ image: plain(40) }, { ...SIZE, num_frames: 9 }, watching);
  expect(draws.filter((name) => name.startsWith('cond_noise'))).toHaveLength(DISTILLED.length);
});

test('each token knows its second, row and column; a key frame counts from its own frame', () => {
  const grid = { frames: 3, height: 1, width: 2, every: 8, pixels: 32 };
  const all = Array.from(videoCoordinates(grid, [16], 8));
  expect(all.slice(0, 8)).toEqual([2, 2, 0, 0, 1, 1, 2, 2].map((x, i) => (i < 4 ? x : i < 6 ? 1 / 8 : 9 / 8)));
  expect(all.slice(8, 16)).toEqual(new Array(8).fill(0));
  expect(all.slice(16)).toEqual([0, 32, 0, 32, 0, 32, 0, 32]);
});

test('the linear-quadratic schedule starts at 1, falls, and turns at its threshold', () => {
  for (const steps of [2, 5, 8, 25, 50]) {
    const levels = linearQuadratic(steps);
    expect(levels).toHaveLength(steps);
    expect(levels[0]).toBe(1);
    expect(levels[Math.floor(steps / 2)]).toBeCloseTo(1 - 0.025, 12);
    levels.forEach((level, i) => expect(level).toBeLessThan(i === 0 ? 1.1 : (levels[i - 1] ?? 0)));
    expect(levels.at(-1)).toBeGreaterThan(0);
  }
  expect(linearQuadratic(1)).toEqual([1]);
});

test('a pack’s schedule is what it names, else what its name says, else its class’s', () => {
  const pack = (index: object, at = '/packs/ltxv-2b'): Pack => ({
    folder: at,
    className: 'LTXImageToVideoPipeline',
    index: { ...index },
    graph: () => Promise.resolve(undefined),
    json: () => Promise.resolve(undefined),
  });
  expect(ltxScheduleOf(pack({}))).toBe('even');
  expect(ltxScheduleOf(pack({}, '/packs/LTX-Video-0.9.7-distilled'))).toBe('distilled');
  expect(ltxScheduleOf(pack({ _name_or_path: 'Lightricks/LTX-Video-0.9.8-13B-distilled' }))).toBe('distilled');
  expect(ltxScheduleOf(pack({ inbetween_schedule: 'even' }, '/packs/x-distilled'))).toBe('even');
  expect(ltxScheduleOf({ ...pack({}), className: 'LTXConditionPipeline' })).toBe('linear-quadratic');
  expect(() => ltxScheduleOf(pack({ inbetween_schedule: 'fast' }))).toThrow(/even, linear-quadratic, distilled/);
});
