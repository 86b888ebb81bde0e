/**
 * No reference numbers exist for DynamiCrafter: the whole run is computed a second time here, in double precision, from the
 * formulas of its paper and code, over networks that are one line of arithmetic each.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPipeline, type Clip, type Subject } from '../../../../companion-app/engines/diffusion/pipelines';
import { normalNoise } from '../../../../companion-app/engines/diffusion/shot/noise';
import type { Style } from '../../../../companion-app/inference/lora';
import { readPack } from '../../../../companion-app/inference/packs';
import { safetensors } from '../../../inference/lora/support';
import { toProblem } from '../../../../shared/problem';
import { FRAMES, writeTinyDynamiCrafter, type TinyDynamiCrafter } from './tiny-dynamicrafter';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynamicrafter-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Colour = readonly [number, number, number];
const RED: Colour = [200, 40, 90];
const BLUE: Colour = [10, 120, 250];
const [WIDTH, HEIGHT] = [64, 64];
const AREA = (WIDTH / 8) * (HEIGHT / 8);
const DIMS = [1, 4, FRAMES, HEIGHT / 8, WIDTH / 8];
const product = (dims: readonly number[]): number => dims.reduce((total, size) => total * size, 1);

function flat(colour: Colour, width = WIDTH, height = HEIGHT): Subject['image'] {
  return { width, height, rgb: Uint8Array.from({ length: 3 * width * height }, (_, i) => colour[i % 3] ?? 0) };
}

interface Made {
  readonly clip: Clip;
  readonly taps: ReadonlyMap<string, readonly Float32Array[]>;
  readonly notes: ReadonlyMap<string, readonly number[]>;
}

async function make(
  tiny: Partial<TinyDynamiCrafter>,
  subject: Subject,
  call: Readonly<Record<string, unknown>> = {},
  loras: readonly Style[] = [],
): Promise<Made> {
  await writeTinyDynamiCrafter(folder, tiny);
  const pipeline = await openPipeline(await readPack(folder), { provider: 'cpu', threads: 1, loras });
  const taps = new Map<string, Float32Array[]>();
  const notes = new Map<string, readonly number[]>();
  try {
    const clip = await pipeline.generate(
      subject,
      { width: WIDTH, height: HEIGHT, prompt: 'a red boat', num_inference_steps: 7, ...call },
      {
        noise: (name, dims) => normalNoise(5, name, product(dims)),
        tap: (name, data) => {
          taps.set(name, [...(taps.get(name) ?? []), Float32Array.from(data)]);
          return data;
        },
        note: (name, data) => notes.set(name, data),
        signal: new AbortController().signal,
        progress: () => undefined,
      },
    );
    return { clip, taps, notes };
  } finally {
    await pipeline.close();
  }
}

/** ᾱ at each training step: scaled-linear betas, the last step made pure noise. */
function levels(zeroSnr: boolean): number[] {
  const [from, to] = [Math.sqrt(0.00085), Math.sqrt(0.012)];
  let bar = 1;
  const bars = Array.from({ length: 1000 }, (_, t) => (bar *= 1 - (from + ((to - from) * t) / 999) ** 2));
  if (!zeroSnr) return bars;
  const roots = bars.map(Math.sqrt);
  const [first = 0, last = 0] = [roots[0], roots[999]];
  return roots.map((root) => (((root - last) * first) / (first - last)) ** 2);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (values.length - 1));
}

/** Mean of all numbers that the UNet hears: 77 words and the picture's tokens, each [1, −1, ½, ¼] times something. */
function heard(ids: readonly number[], colour: readonly number[]): number {
  const norm = { mean: [0.48145466, 0.4578275, 0.40821073], std: [0.26862954, 0.26130258, 0.27577711] };
  const seen = mean(colour.map((x, c) => (x / 255 - (norm.mean[c] ?? 0)) / (norm.std[c] ?? 1)));
  const queries = Array.from({ length: 2 * FRAMES }, (_, k) => (seen * (k + 1)) / 10);
  const tokens = [...ids.map((id) => id / 100), ...queries];
  return mean(tokens) * ((1 - 1 + 0.5 + 0.25) / 4);
}

/** One channel of a flat board's latent, sampled and scaled. */
function latent(colour: Colour, noise: string): number[] {
  const [r, g, b] = colour.map((x) => (x / 255) * 2 - 1);
  const means = [r ?? 0, g ?? 0, b ?? 0, (r ?? 0) + (g ?? 0) + (b ?? 0)];
  const drawn = normalNoise(5, noise, 4 * AREA);
  return Array.from(drawn, (x, i) => 0.18215 * ((means[Math.floor(i / AREA)] ?? 0) + Math.exp(-1) * x));
}

interface Options {
  readonly ids: readonly number[];
  readonly negative: readonly number[];
  readonly zeroSnr: boolean;
  readonly velocity: boolean;
  readonly base: number;
  readonly eta: number;
  readonly guidance: number;
  readonly rescale: number;
  readonly fs: number;
  /** What the network multiplies its noise by. */
  readonly mix: number;
}

/** The latents after all steps. `pictures` [4, frames, area] is what lies beside them. */
function again(pictures: readonly number[], options: Options): number[] {
  const { velocity, base, eta, guidance, rescale, fs } = options;
  const bars = levels(options.zeroSnr);
  // Seven steps do not divide a thousand: 1000, 857.14, … rounded, less one.
  const steps = [999, 856, 713, 570, 428, 285, 142];
  const dim = (t: number) => (t < 400 ? 1 + ((base - 1) * t) / 399 : base);
  let x = Array.from(normalNoise(5, 'latents_noise', product(DIMS)));
  for (const [index, t] of steps.entries()) {
    const ask = (context: number) =>
      x.map((value, i) => Math.tanh(options.mix * value + 0.5 * (pictures[i] ?? 0)) + context + fs / 1000 + t / 2000);
    const wanted = ask(heard(options.ids, RED));
    const plain = ask(heard(options.negative, [127.5, 127.5, 127.5]));
    const led = wanted.map((value, i) => (plain[i] ?? 0) + guidance * (value - (plain[i] ?? 0)));
    const gain = rescale * (deviation(wanted) / deviation(led)) + (1 - rescale);
    const output = led.map((value) => value * gain);
    const next = steps[index + 1];
    const [a, b] = [bars[t] ?? 0, bars[next ?? 0] ?? 0];
    const sigma = eta * Math.sqrt(((1 - b) / (1 - a)) * (1 - a / b));
    const noise = normalNoise(5, `step_noise_${index}`, x.length);
    const lift = next === undefined ? 1 : dim(next) / dim(t);
    x = x.map((value, i) => {
      const y = output[i] ?? 0;
      const clean = velocity
        ? Math.sqrt(a) * value - Math.sqrt(1 - a) * y
        : (value - Math.sqrt(1 - a) * y) / Math.sqrt(a);
      const rest = velocity ? Math.sqrt(a) * y + Math.sqrt(1 - a) * value : y;
      const way = Math.sqrt(Math.max(0, 1 - b - sigma ** 2));
      return Math.sqrt(b) * lift * clean + way * rest + sigma * (noise[i] ?? 0);
    });
  }
  return x;
}

function furthest(found: Float32Array | undefined, due: readonly number[]): number {
  expect(found).toHaveLength(due.length);
  return Math.max(...due.map((x, i) => Math.abs(x - (found?.[i] ?? NaN)) / Math.max(1, Math.abs(x))));
}

/** [4, area] into frames of [4, frames, area]; `at` says which latent a frame shows. */
function beside(at: (frame: number) => readonly number[] | undefined): number[] {
  return Array.from({ length: 4 * FRAMES * AREA }, (_, i) => {
    const [c, frame, place] = [Math.floor(i / (FRAMES * AREA)), Math.floor(i / AREA) % FRAMES, i % AREA];
    return at(frame)?.[c * AREA + place] ?? 0;
  });
}

const last = (made: Made): Float32Array | undefined => made.taps.get('latents_steps')?.at(-1);
const USUAL = { zeroSnr: true, velocity: true, base: 0.7, eta: 1, guidance: 7.5, rescale: 0.7, fs: 24, mix: 0.3 };
const words = ({ notes }: Made) => ({
  ids: notes.get('prompt_ids') ?? [],
  negative: notes.get('negative_ids') ?? [],
});

test('one board: every number of the run as computed again from the formulas', async () => {
  const made = await make({}, { image: flat(RED) });
  const pictures = beside(() => latent(RED, 'vae_noise'));
  expect(made.notes.get('timesteps')).toEqual([999, 856, 713, 570, 428, 285, 142]);
  expect(furthest(made.taps.get('image_latents')?.[0], pictures)).toBeLessThan(1e-5);
  expect(made.taps.get('latents_steps')).toHaveLength(7);
  const due = again(pictures, { ...USUAL, ...words(made) });
  expect(furthest(last(made), due)).toBeLessThan(2e-4);
  // The decoder shows the first three channels, unscaled, in blocks.
  expect(made.clip.frames).toHaveLength(FRAMES);
  const shown = (due[(2 * FRAMES + 1) * AREA] ?? 0) / 0.18215;
  expect(made.clip.frames[1]?.[2]).toBeCloseTo(Math.min(1, Math.max(0, shown / 2 + 0.5)), 2);
});

test('two boards: each at its own end, nothing between', async () => {
  const made = await make({ interpolation: true }, { image: flat(RED), lastImage: flat(BLUE) });
  const ends = [latent(RED, 'vae_noise'), undefined, undefined, latent(BLUE, 'vae_noise_last')];
  const pictures = beside((frame) => ends[frame]);
  expect(furthest(made.taps.get('image_latents')?.[0], pictures)).toBeLessThan(1e-5);
  expect(furthest(last(made), again(pictures, { ...USUAL, fs: 5, ...words(made) }))).toBeLessThan(2e-4);
});

test('a model for two boards that gets one ends where it began', async () => {
  const made = await make({ interpolation: true }, { image: flat(RED) });
  const ends = [latent(RED, 'vae_noise'), undefined, undefined, latent(RED, 'vae_noise_last')];
  expect(
    furthest(
      made.taps.get('image_latents')?.[0],
      beside((frame) => ends[frame]),
    ),
  ).toBeLessThan(1e-5);
});

test.each<[string, Partial<TinyDynamiCrafter>, Readonly<Record<string, unknown>>, Partial<Options>]>([
  [
    'the 256-pixel checkpoint: noise predicted, nothing dimmed',
    PLAIN(),
    {},
    { velocity: false, zeroSnr: false, base: 1 },
  ],
  ['without noise on the way', {}, { eta: 0 }, { eta: 0 }],
  ['without rescaled guidance', {}, { guidance_rescale: 0, guidance_scale: 3 }, { rescale: 0, guidance: 3 }],
  ['without guidance', {}, { guidance_scale: 1 }, { guidance: 1, rescale: 0 }],
  ['at another speed', {}, { fs: 8 }, { fs: 8 }],
])('%s', async (_, tiny, call, change) => {
  const made = await make(tiny, { image: flat(RED) }, call);
  const due = again(
    beside(() => latent(RED, 'vae_noise')),
    { ...USUAL, ...words(made), ...change },
  );
  expect(furthest(last(made), due)).toBeLessThan(2e-4);
});

function PLAIN(): Partial<TinyDynamiCrafter> {
  return { prediction: 'epsilon', zeroSnr: false, rescale: false };
}

test('a style changes the network it is merged into', async () => {
  const path = join(folder, 'style.safetensors');
  await writeFile(path, safetensors({ 'unet.mix.diff': { shape: [], values: [0.4] } }));
  const made = await make({}, { image: flat(RED) }, {}, [{ path, weight: 0.5 }]);
  const due = again(
    beside(() => latent(RED, 'vae_noise')),
    { ...USUAL, ...words(made), mix: 0.3 + 0.5 * 0.4 },
  );
  expect(furthest(last(made), due)).toBeLessThan(2e-4);
});

test('ToonCrafter: two boards, and a decoder that sees them', async () => {
  const subject = { image: flat(RED), lastImage: flat(BLUE) };
  const blind = await make({ className: 'ToonCrafterPipeline' }, subject);
  const seeing = await make({ className: 'ToonCrafterPipeline', references: true }, subject);
  expect(last(seeing)).toEqual(last(blind));
  const light = mean([...RED, ...BLUE].map((x) => (x / 255) * 2 - 1)) / 10 / 2;
  const inside = (x: number | undefined) => x !== undefined && x > 0.05 && x < 0.95;
  const places = [...(blind.clip.frames[2] ?? [])].flatMap((x, i) => (inside(x) ? [i] : []));
  expect(places.length).toBeGreaterThan(0);
  for (const i of places) {
    expect((seeing.clip.frames[2]?.[i] ?? 0) - (blind.clip.frames[2]?.[i] ?? 0)).toBeCloseTo(light, 4);
  }
});

test('a board of another shape covers the frame; its middle is kept', async () => {
  const wide = flat(RED, 3 * WIDTH, HEIGHT);
  for (let y = 0; y < HEIGHT; y++) wide.rgb.fill(255, 3 * y * 3 * WIDTH, 3 * (y * 3 * WIDTH + 40));
  const made = await make({}, { image: wide });
  expect(
    furthest(
      made.taps.get('image_latents')?.[0],
      beside(() => latent(RED, 'vae_noise')),
    ),
  ).toBeLessThan(1e-5);
});

describe('what cannot be used is refused by name', () => {
  const refusal = async (tiny: Partial<TinyDynamiCrafter>, call = {}) => {
    try {
      await make(tiny, { image: flat(RED) }, call);
    } catch (error) {
      return toProblem(error);
    }
    throw new Error('nothing went wrong');
  };

  test.each<[Partial<TinyDynamiCrafter>, Readonly<Record<string, unknown>>, string, RegExp]>([
    [{ scheduler: { _class_name: 'EulerDiscreteScheduler' } }, {}, 'pack-invalid', /not by EulerDiscreteScheduler/],
    [{ scheduler: { clip_sample: true } }, {}, 'pack-invalid', /"clip_sample": true/],
    [{ scheduler: { surprise: 1 } }, {}, 'pack-invalid', /"surprise"/],
    [{ tokens: 7 }, {}, 'pack-invalid', /7 tokens.*4 frames/],
    [{}, { num_frames: 25 }, 'shot-invalid', /num_frames = 25/],
    [{}, { motion_bucket_id: 1 }, 'shot-invalid', /motion_bucket_id/],
  ])('%j %j', async (tiny, call, code, words) => {
    const problem = await refusal(tiny, call);
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(words);
  });
});
