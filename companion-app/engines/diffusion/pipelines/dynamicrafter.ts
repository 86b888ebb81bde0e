/**
 * DynamiCrafter and ToonCrafter: a board (or the first and the last one) and a text become sixteen frames.
 * Source: "DynamiCrafter" (Xing et al. 2023), its scripts/evaluation/inference.py; "ToonCrafter" (Xing et al. 2024).
 */
import { z } from 'zod';
import type { FloatTensor } from '../../../inference';
import { packInvalid, type Pack } from '../../../inference/packs';
import { stretchedForClip } from '../picture/clip';
import { toSigned } from '../picture/planes';
import { cropMiddle, resize, type Rgb } from '../picture/resample';
import { dim, expectDims, guided, join, joinSecond, scalarFeed } from '../tensors';
import { encodePrompt } from '../text/prompt';
import { readCall, textArguments, zFrames, zGuidance, zSide, zSteps } from './call';
import { openDynamiCrafterParts, usualSpeed, type DynamiCrafterParts as Parts } from './dynamicrafter-parts';
import { rescaled } from './guidance-rescale';
import { holding, motionCells } from './held';
import { standing } from './latent-video';
import { everyStep, stepNoise } from './parts';
import type { Clip, OpenOptions, Pipeline, RunContext, Subject } from './pipeline';
import { decodeFrames, latentOf } from './vae';

const callOf = (parts: Parts) =>
  z.object({
    ...textArguments,
    height: zSide,
    width: zSide,
    // The resampler's queries are made for so many frames and no others.
    num_frames: z.literal(parts.unetConfig.temporal_length).default(parts.unetConfig.temporal_length),
    num_inference_steps: zSteps.default(50),
    guidance_scale: zGuidance.default(7.5),
    guidance_rescale: z.number().min(0).max(1).default(0.7),
    eta: z.number().min(0).max(1).default(1),
    fs: z.number().int().min(1).max(1000).default(usualSpeed(parts)),
    decode_chunk_size: zFrames.nullish(),
  });
type Call = z.output<ReturnType<typeof callOf>>;

/** @throws InbetweenError `pack-invalid` for parts, configurations or schedulers that cannot be used */
export async function openDynamiCrafter(pack: Pack, options: OpenOptions): Promise<Pipeline> {
  const parts = await openDynamiCrafterParts(pack, options);
  const [h, w] = parts.unetConfig.image_size;
  return {
    family: 'dynamicrafter',
    nature: {
      fps: 8,
      frames: parts.unetConfig.temporal_length,
      every: 1,
      plus: 0,
      multiple: 64,
      pixels: h * w * 64,
      steps: 50,
      text: true,
      lastImage: parts.interpolates,
    },
    generate: (subject, call, context) => generate(parts, subject, readCall(callOf(parts), call), context),
    close: parts.close,
  };
}

async function generate(parts: Parts, subject: Subject, call: Call, context: RunContext): Promise<Clip> {
  const { unet, vae } = parts;
  const first = covering(subject.image, call);
  // Without a last board a model that wants two ends where it began.
  const last = parts.interpolates ? covering(subject.lastImage ?? subject.image, call) : undefined;
  const doubled = call.guidance_scale !== 1;
  const conditional = await contextOf(parts, call.prompt ?? '', stretchedForClip(first, parts.norm), 'prompt', context);
  const nothing = doubled
    ? await contextOf(parts, call.negative_prompt ?? '', greyForClip(parts), 'negative', context)
    : undefined;

  const frames = call.num_frames;
  const still = await latentStill(parts, first, call, 'vae_noise', context);
  const [channels = 0, h = 0, w = 0] = still.dims.slice(1);
  const ending = last && (await latentStill(parts, last, call, 'vae_noise_last', context)).data;
  const dims = [1, channels, frames, h, w];
  const shown = context.tap('image_latents', laid(still.data, ending, { channels, frames, area: h * w }), dims);

  const scheduler = parts.schedule({ steps: call.num_inference_steps, eta: call.eta, baseScale: parts.baseScale });
  const inputDims = [1, 2 * channels, frames, h, w];
  const predict = async (sample: Float32Array, timestep: number, heard: FloatTensor): Promise<Float32Array> => {
    const output = await unet.run({
      sample: { data: sample, dims: inputDims },
      timestep: scalarFeed(unet.port('timestep'), timestep, 1),
      context: heard,
      fs: scalarFeed(unet.port('fs'), call.fs, 1),
    });
    return expectDims(output, dims, unet).data;
  };
  const noise = context.noise('latents_noise', dims);
  const free = subject.motion && motionCells(covering(subject.motion, call), w, h);
  const volume = { channels, frames, area: h * w };
  const held = free && {
    still: standing(still.data, undefined, volume, 'planes'),
    noise: Float32Array.from(noise),
    free,
  };
  const hold = holding(scheduler, held);
  let latents: Float32Array = noise;
  await everyStep(scheduler, context, async (index, timestep) => {
    const sample = joinSecond(1, latents, shown);
    const wanted = await predict(sample, timestep, conditional);
    let prediction = wanted;
    if (nothing) {
      const plain = await predict(sample, timestep, nothing);
      prediction = guided(plain, wanted, call.guidance_scale);
      if (call.guidance_rescale > 0) prediction = rescaled(prediction, wanted, call.guidance_rescale);
    }
    const drawn = stepNoise(scheduler, index, dims, context);
    latents = hold(scheduler.step(index, prediction, latents, drawn), index);
    latents = context.tap('latents_steps', latents, dims);
  });

  const byFrame = framesFirst(latents, channels, frames, h * w).map((x) => x / vae.scaling_factor);
  const decoded = await decode(parts, { data: byFrame, dims: [frames, channels, h, w] }, [first, last], call, context);
  return { width: call.width, height: call.height, frames: decoded };
}

/** The picture grown or shrunk until it covers the frame, then its middle. */
function covering(picture: Rgb, { width, height }: Call): Rgb {
  const scale = Math.max(width / picture.width, height / picture.height);
  const grown = (side: number, least: number): number => Math.max(least, Math.trunc(side * scale));
  const resized = resize(picture, grown(picture.width, width), grown(picture.height, height), 'bilinear');
  return cropMiddle(resized, width, height);
}

/** A picture of middle grey, as CLIP takes it: what guidance leads away from. */
function greyForClip({ norm }: Parts): Float32Array {
  const planes = norm.mean.map((mean, c) => new Float32Array(norm.edge ** 2).fill((0.5 - mean) / (norm.std[c] ?? 1)));
  return join(...planes);
}

/** What the UNet hears: the text's tokens, then those of the picture. */
async function contextOf(
  parts: Parts,
  text: string,
  pixels: Float32Array,
  label: 'prompt' | 'negative',
  context: RunContext,
): Promise<FloatTensor> {
  const { imageEncoder, resampler, norm, textLength } = parts;
  const words = await encodePrompt(parts, text, textLength, label, false, context);
  const tokens = await imageEncoder.run({ pixels: { data: pixels, dims: [1, 3, norm.edge, norm.edge] } });
  const seen = await resampler.run({ tokens });
  const count = dim(seen, 1, resampler);
  expectDims(seen, [1, count, words.size], resampler);
  const frames = parts.unetConfig.temporal_length;
  if (count % frames !== 0) {
    throw packInvalid(`${resampler.name} gives ${count} tokens, which cannot be shared among ${frames} frames.`);
  }
  const dims = [1, textLength + count, words.size];
  return { data: context.tap(`${label}_context`, join(words.embeddings, seen.data), dims), dims };
}

/** A sample of the picture's latent, scaled. */
async function latentStill(
  { encoder, vae }: Parts,
  picture: Rgb,
  call: Call,
  noise: string,
  context: RunContext,
): Promise<FloatTensor> {
  const encoded = await encoder.run({ picture: { data: toSigned(picture), dims: [1, 3, call.height, call.width] } });
  const latent = latentOf(encoded, vae.latent_channels, encoder, (dims) => context.noise(noise, dims));
  return { data: latent.data.map((x) => x * vae.scaling_factor), dims: latent.dims };
}

interface Volume {
  readonly channels: number;
  readonly frames: number;
  readonly area: number;
}

/** The first latent in every frame; with a last one, each at its own end and nothing between. */
function laid(first: Float32Array, last: Float32Array | undefined, { channels, frames, area }: Volume): Float32Array {
  const out = new Float32Array(channels * frames * area);
  for (let c = 0; c < channels; c++) {
    for (let k = 0; k < frames; k++) {
      const still = k === 0 || !last ? first : k === frames - 1 ? last : undefined;
      if (still) out.set(still.subarray(c * area, (c + 1) * area), (c * frames + k) * area);
    }
  }
  return out;
}

/** [channels, frames, area] to [frames, channels, area]. */
function framesFirst(latents: Float32Array, channels: number, frames: number, area: number): Float32Array {
  const slices = Array.from({ length: frames * channels }, (_, i) => {
    const [k, c] = [Math.floor(i / channels), i % channels];
    return latents.subarray((c * frames + k) * area, (c * frames + k + 1) * area);
  });
  return join(...slices);
}

/** Frame by frame, or all at once where the decoder looks at the boards [2, 3, height, width] too. */
function decode(
  { decoder }: Parts,
  latents: FloatTensor,
  [first, last]: readonly [Rgb, Rgb | undefined],
  call: Call,
  context: RunContext,
): Promise<Float32Array[]> {
  if (!decoder.port('references')) return decodeFrames(decoder, latents, call.decode_chunk_size ?? 1, call, context);
  const references = {
    data: join(toSigned(first), toSigned(last ?? first)),
    dims: [2, 3, call.height, call.width],
  };
  const informed = {
    ...decoder,
    run: (feeds: Parameters<typeof decoder.run>[0]) => decoder.run({ ...feeds, references }),
  };
  return decodeFrames(informed, latents, call.num_frames, call, context);
}
