/**
 * Stable Video Diffusion: one picture becomes a short clip.
 * Source: "Stable Video Diffusion" (Blattmann et al. 2023), diffusers pipeline_stable_video_diffusion.py.
 */
import { z } from 'zod';
import type { Pack } from '../../../inference/packs';
import { clipNorm, stretchedForClip, type ClipNorm } from '../picture/clip';
import { toSigned } from '../picture/planes';
import { resize, type Rgb } from '../picture/resample';
import { createScheduler, linspace } from '../schedulers';
import { dim, expectDims, firstHalf, guided, join, joinSecond, repeat, scalarFeed, secondHalf } from '../tensors';
import { readCall, zFrames, zGuidance, zSide, zSteps } from './call';
import { holding, motionCells } from './held';
import { everyStep, readPartConfig, schedulerConfig, withParts } from './parts';
import type { Clip, OpenOptions, Pipeline, RunContext, Subject } from './pipeline';
import { IMAGE_ENCODER, SVD_UNET, VAE_DECODER, VAE_ENCODER } from './ports';
import { decodeFrames, latentOf } from './vae';

const zUnet = z.looseObject({ num_frames: z.number().int().positive().default(14) });
const zVae = z.looseObject({
  latent_channels: z.number().int().positive().default(4),
  scaling_factor: z.number().positive().default(0.18215),
});

const zCall = z.object({
  height: zSide,
  width: zSide,
  num_frames: zFrames.optional(),
  num_inference_steps: zSteps.default(25),
  fps: z.number().min(1).max(1000).default(7),
  motion_bucket_id: z.number().min(0).max(1023).default(127),
  noise_aug_strength: z.number().min(0).max(10).default(0.02),
  min_guidance_scale: zGuidance.default(1),
  max_guidance_scale: zGuidance.default(3),
  decode_chunk_size: zFrames.nullish(),
});

type Parts = Awaited<ReturnType<typeof openParts>>;

async function openParts(pack: Pack, options: OpenOptions) {
  return withParts(pack, options, async (box) => ({
    unetConfig: await readPartConfig(pack, ['unet'], zUnet),
    vaeConfig: await readPartConfig(pack, ['vae_decoder', 'vae'], zVae),
    norm: clipNorm(await pack.json('feature_extractor', 'preprocessor_config.json')),
    scheduler: await schedulerConfig(pack),
    imageEncoder: await box.open(['image_encoder'], IMAGE_ENCODER),
    encoder: await box.open(['vae_encoder'], VAE_ENCODER),
    unet: await box.open(['unet'], SVD_UNET),
    decoder: await box.open(['vae_decoder'], VAE_DECODER),
    close: () => box.close(),
  }));
}

/** @throws InbetweenError `pack-invalid` for parts, configurations or schedulers that cannot be used */
export async function openSvd(pack: Pack, options: OpenOptions): Promise<Pipeline> {
  const parts = await openParts(pack, options);
  const { num_frames: frames } = parts.unetConfig;
  return {
    family: 'svd',
    nature: {
      fps: 7,
      frames,
      every: 1,
      plus: 0,
      multiple: 64,
      pixels: 1024 * 576,
      steps: 25,
      text: false,
      lastImage: false,
    },
    generate: (subject, call, context) => generate(parts, subject, call, context),
    close: parts.close,
  };
}

async function generate(
  parts: Parts,
  { image, motion }: Subject,
  asked: Readonly<Record<string, unknown>>,
  context: RunContext,
): Promise<Clip> {
  const call = readCall(zCall, asked);
  const { width, height, num_inference_steps: steps } = call;
  const frames = call.num_frames ?? parts.unetConfig.num_frames;
  const doubled = call.max_guidance_scale > 1;
  const rows = doubled ? 2 : 1;

  const embedding = await embed(parts, image, parts.norm, context);
  const embeddings = context.tap('image_embeddings', withZeros(embedding.data, doubled), [rows, 1, embedding.size]);
  const still = await encode(parts, image, call, context);
  const [channels = 0, h = 0, w = 0] = still.dims.slice(1);
  const stills = context.tap('image_latents', withZeros(repeat(still.data, frames), doubled), [
    rows,
    frames,
    channels,
    h,
    w,
  ]);
  const ids = [call.fps - 1, call.motion_bucket_id, call.noise_aug_strength];
  const timeIds = context.tap('added_time_ids', repeat(Float32Array.from(ids), rows), [rows, 3]);

  const scheduler = createScheduler(parts.scheduler, { steps, ...versionOf(context) });
  context.note('init_noise_sigma', [scheduler.initNoiseSigma]);
  const latentDims = [1, frames, channels, h, w];
  const noise = context.noise('latents_noise', latentDims);
  let latents: Float32Array = noise.map((x) => x * scheduler.initNoiseSigma);
  const scales = linspace(call.min_guidance_scale, call.max_guidance_scale, frames).map(Math.fround);
  const each = channels * h * w;
  const free = motion && motionCells(motion, w, h);
  const { scaling_factor: scaling } = parts.vaeConfig;
  const clean = repeat(still.data, frames).map((x) => x * scaling);
  const hold = holding(scheduler, free && { still: clean, noise, free });
  // The board beside each frame's noise, in both halves: it is the same at every step.
  const input = joinSecond(rows * frames, new Float32Array(rows * latents.length), stills);
  const inputDims = [rows, frames, 2 * channels, h, w];
  const { unet } = parts;
  await everyStep(scheduler, context, async (index, timestep) => {
    const scaled = scheduler.scaleInput(latents, index);
    for (let i = 0; i < rows * frames; i++) {
      const frame = i % frames;
      input.set(scaled.subarray(frame * each, (frame + 1) * each), 2 * i * each);
    }
    const sample = index === 0 ? context.tap('unet_sample_step0', input, inputDims) : input;
    const output = await unet.run({
      sample: { data: sample, dims: inputDims },
      timestep: scalarFeed(unet.port('timestep'), timestep, rows),
      image: { data: embeddings, dims: [rows, 1, embedding.size] },
      ids: { data: timeIds, dims: [rows, 3] },
    });
    expectDims(output, [rows, ...latentDims.slice(1)], unet);
    if (index === 0) context.tap('unet_out_step0', output.data, output.dims);
    const prediction = doubled ? guided(firstHalf(output.data), secondHalf(output.data), scales) : output.data;
    latents = context.tap('latents_steps', hold(scheduler.step(index, prediction, latents), index), latentDims);
  });

  const back = Math.fround(1 / scaling);
  const scaled = latents.map((x) => x * back);
  const chunk = call.decode_chunk_size ?? frames;
  const decoded = await decodeFrames(parts.decoder, { data: scaled, dims: latentDims.slice(1) }, chunk, call, context);
  return { width, height, frames: decoded };
}

async function embed(
  { imageEncoder }: Parts,
  image: Rgb,
  norm: ClipNorm,
  context: RunContext,
): Promise<{ data: Float32Array; size: number }> {
  const dims = [1, 3, norm.edge, norm.edge];
  const pixels = context.tap('pixel_values', stretchedForClip(image, norm), dims);
  const embedding = await imageEncoder.run({ pixels: { data: pixels, dims } });
  const size = dim(embedding, 1, imageEncoder);
  return { data: expectDims(embedding, [1, size], imageEncoder).data, size };
}

async function encode(
  { encoder, vaeConfig }: Parts,
  image: Rgb,
  call: z.output<typeof zCall>,
  context: RunContext,
): ReturnType<Parts['encoder']['run']> {
  const dims = [1, 3, call.height, call.width];
  const picture = toSigned(resize(image, call.width, call.height, 'lanczos'));
  const clean = context.tap('preprocessed_image', picture, dims);
  const noise = context.noise('aug_noise', dims);
  const noisy = clean.map((x, i) => x + call.noise_aug_strength * (noise[i] ?? 0));
  const encoded = await encoder.run({ picture: { data: noisy, dims } });
  return latentOf(encoded, vaeConfig.latent_channels, encoder);
}

/** With guidance the unconditional half comes first, and is nothing. */
export function withZeros(data: Float32Array, doubled: boolean): Float32Array {
  return doubled ? join(new Float32Array(data.length), data) : data;
}

/** The version of diffusers whose rules a run follows, where it says so. */
export function versionOf(context: RunContext): { diffusersVersion?: string } {
  return context.diffusersVersion === undefined ? {} : { diffusersVersion: context.diffusersVersion };
}
