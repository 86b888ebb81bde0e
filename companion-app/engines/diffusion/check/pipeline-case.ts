/** Runs a pack's pipeline on a reference case and compares every intermediate with the reference's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packInvalid, readPack, verifyGraphs } from '../../../inference/packs';
import type { Rgb } from '../picture/resample';
import { openPipeline, type Clip, type Family, type RunContext, type Subject } from '../pipelines';
import type { OpenOptions } from '../pipelines/pipeline';
import { compare, compareRelative, sizeOf, type Comparison } from './comparison';
import { readNpy, type NpyArray } from './npy';
import { STRETCHED } from './scheduler-case';
import { viewOf } from './views';

/** A picture's name in the folder of the case. */
const FILE = /^[\w-]+\.png$/;

const zMeta = z.looseObject({
  format: z.literal('pipeline-golden/1'),
  diffusers_version: z.string(),
  prompt: z.string().nullish(),
  negative_prompt: z.string().nullish(),
  call: z.record(z.string(), z.unknown()),
  timesteps: z.array(z.number()).optional(),
  sigmas: z.array(z.number()).optional(),
  sigmas_passed: z.array(z.number()).optional(),
  init_noise_sigma: z.number().optional(),
  rope_interpolation_scale: z.array(z.number()).optional(),
  random_draws: z.array(z.string()).default([]),
  arrays: z.record(z.string(), z.unknown()),
  /** Pictures beside input.png: the one a clip ends on, and those it passes. */
  last_image: z.string().regex(FILE).nullish(),
  key_images: z.array(z.object({ at: z.number().int(), file: z.string().regex(FILE) })).default([]),
});
type Meta = z.output<typeof zMeta>;

/** Numbers beside the arrays that meta.json lists. */
const LISTED = ['timesteps', 'sigmas', 'init_noise_sigma', 'rope_interpolation_scale'] as const;

/** In parts of the values' size, at least 1. */
const COMPONENT = 1e-5;
const AFTER_STEP = 2e-5;
const FRAMES = 2e-5;
const RELATIVE = 1e-6;

export interface CaseResult {
  readonly name: string;
  readonly family: Family;
  readonly comparisons: readonly Comparison[];
}

/**
 * @param packFolder the pack
 * @param caseFolder meta.json, arrays and input.png
 * @param readImage decodes a picture file to 8-bit RGB
 * @throws InbetweenError `pack-invalid` when pack or case cannot be used
 */
export async function checkPipeline(
  packFolder: string,
  caseFolder: string,
  readImage: (path: string) => Promise<Rgb>,
  options: OpenOptions,
): Promise<CaseResult> {
  const pack = await readPack(packFolder);
  await verifyGraphs(pack);
  const meta = await readMeta(caseFolder);
  const reference = await readArrays(caseFolder, meta);
  const subject = await readSubject(caseFolder, meta, readImage);
  const pipeline = await openPipeline(pack, options);
  try {
    const watch = new Watch(meta, reference);
    const clip = await pipeline.generate(subject, callOf(meta, pipeline.nature.text), watch.context());
    watch.frames(clip);
    return { name: caseFolder, family: pipeline.family, comparisons: watch.results() };
  } finally {
    await pipeline.close();
  }
}

async function readMeta(folder: string): Promise<Meta> {
  const text = await readFile(join(folder, 'meta.json'), 'utf8').catch((cause: unknown) => {
    throw packInvalid(`${folder} is no reference case: its meta.json cannot be read.`, cause);
  });
  try {
    return zMeta.parse(JSON.parse(text));
  } catch (cause) {
    throw packInvalid(`${folder}/meta.json is not a reference case.`, cause);
  }
}

async function readSubject(
  folder: string,
  { last_image: last, key_images: keys }: Meta,
  readImage: (path: string) => Promise<Rgb>,
): Promise<Subject> {
  return {
    image: await readImage(join(folder, 'input.png')),
    ...(last ? { lastImage: await readImage(join(folder, last)) } : {}),
    keys: await Promise.all(keys.map(async ({ at, file }) => ({ at, image: await readImage(join(folder, file)) }))),
  };
}

async function readArrays(folder: string, meta: Meta): Promise<Map<string, NpyArray>> {
  const names = [...new Set([...Object.keys(meta.arrays), ...meta.random_draws])];
  const arrays = names.map(async (name) => {
    if (!/^[\w-]+$/.test(name)) throw packInvalid(`${folder}: "${name}" is no name of an array.`);
    const bytes = await readFile(join(folder, `${name}.npy`)).catch((cause: unknown) => {
      throw packInvalid(`${folder} lacks ${name}.npy.`, cause);
    });
    return [name, readNpy(bytes, `${name}.npy`)] as const;
  });
  return new Map(await Promise.all(arrays));
}

function callOf(meta: Meta, text: boolean): Record<string, unknown> {
  const { prompt = '', negative_prompt: negative = null } = meta;
  return {
    ...meta.call,
    ...(meta.sigmas_passed ? { sigmas: meta.sigmas_passed } : {}),
    ...(text ? { prompt, negative_prompt: negative } : {}),
  };
}

/** Watches one run. */
class Watch {
  private readonly found = new Map<string, Comparison>();
  private readonly views: Map<string, string[]>;
  private steps = 0;

  constructor(
    private readonly meta: Meta,
    private readonly reference: ReadonlyMap<string, NpyArray>,
  ) {
    this.views = new Map();
    for (const file of reference.keys()) {
      const { array } = viewOf(file);
      this.views.set(array, [...(this.views.get(array) ?? []), file]);
    }
  }

  context(): RunContext {
    return {
      noise: (name, dims) => this.draw(name, dims),
      tap: (name, data, dims) => this.tap(name, data, dims),
      note: (name, data) => this.note(name, data),
      signal: new AbortController().signal,
      progress: () => undefined,
      diffusersVersion: this.meta.diffusers_version,
      verbatim: true,
    };
  }

  private draw(name: string, dims: readonly number[]): Float32Array {
    const array = this.reference.get(name);
    if (!array || array.dims.join() !== dims.join()) {
      throw packInvalid(
        `The run draws ${name} [${dims.join(', ')}]; the case has [${array?.dims.join(', ') ?? 'nothing'}].`,
      );
    }
    return Float32Array.from(array.data);
  }

  private tap(name: string, data: Float32Array, dims: readonly number[]): Float32Array {
    if (name === 'latents_steps') this.step(data);
    else {
      for (const file of this.views.get(name) ?? []) {
        const array = this.reference.get(file);
        if (array)
          this.add(compare(file, viewOf(file).of({ data, dims }), array.data, limitOf(file, this.meta, array)));
      }
    }
    // Where the resizer rounds one value the other way, the rest is still to be judged by itself.
    const given = this.reference.get(name);
    return name === 'preprocessed_image' && given?.data.length === data.length ? Float32Array.from(given.data) : data;
  }

  /** One entry for all steps, in parts of each step's size. */
  private step(data: Float32Array): void {
    const array = this.reference.get('latents_steps');
    if (!array) return;
    const all = Float32Array.from(array.data);
    const wanted = all.subarray(this.steps * data.length, (this.steps + 1) * data.length);
    this.steps++;
    const error = compare('', data, wanted, 0).error / sizeOf(wanted);
    const before = this.found.get('latents_steps')?.error ?? 0;
    const worst = Number.isNaN(error) || error > before ? error : before;
    const complete = this.steps === array.dims[0];
    this.add({ name: 'latents_steps', error: worst, limit: AFTER_STEP, ok: complete && worst <= AFTER_STEP });
  }

  private note(name: string, data: readonly number[]): void {
    const array = this.reference.get(name);
    if (array) this.add(compare(name, data, array.data, 0));
    const listed = LISTED.find((key) => key === name);
    const wanted = listed && this.meta[listed];
    if (wanted !== undefined) {
      const absolute = this.meta.sigmas_passed ? STRETCHED * (name === 'timesteps' ? 1000 : 1) : 1e-9;
      this.add(compareRelative(name, data, typeof wanted === 'number' ? [wanted] : wanted, RELATIVE, absolute));
    }
  }

  frames(clip: Clip): void {
    const data = new Float32Array(clip.frames.length * clip.width * clip.height * 3);
    clip.frames.forEach((frame, i) => data.set(frame, i * frame.length));
    this.tap('frames', data, [1, clip.frames.length, clip.height, clip.width, 3]);
    const whole = this.reference.get('frames_u8');
    if (whole)
      this.add(
        compare(
          'frames_u8',
          data.map((x) => Math.round(255 * x)),
          whole.data,
          1,
        ),
      );
  }

  /** What was compared, in the order it came up; an array that never did is a failure. */
  results(): Comparison[] {
    const missed = [...this.reference.keys()].filter(
      (name) => !this.found.has(name) && !this.meta.random_draws.includes(name),
    );
    return [...this.found.values(), ...missed.map((name) => ({ name, error: NaN, limit: 0, ok: false }))];
  }

  private add(comparison: Comparison): void {
    this.found.set(comparison.name, comparison);
  }
}

function limitOf(file: string, meta: Meta, { data }: NpyArray): number {
  const svd = 'motion_bucket_id' in meta.call || 'noise_aug_strength' in meta.call;
  if (file === 'frames_s3') return FRAMES;
  // One 8-bit step, in [-1, 1].
  if (file === 'preprocessed_image') return 2 / 255 + 1e-6;
  if (file === 'pixel_values_s4') return svd ? 1e-4 : 0.02;
  return COMPONENT * sizeOf(data);
}
