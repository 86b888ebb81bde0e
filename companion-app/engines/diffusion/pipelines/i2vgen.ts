/**
 * I2VGen-XL: a picture and a text, DDIM, position of each frame told in its image latents.
 * Source: "I2VGen-XL" (Zhang et al. 2023), diffusers pipeline_i2vgen_xl.py.
 */
import { z } from 'zod';
import type { FloatTensor } from '../../../inference';
import type { Pack } from '../../../inference/packs';
import { centreCrop } from '../picture/centre';
import { clipNorm, clipPlanes } from '../picture/clip';
import { toSigned } from '../picture/planes';
import { resize, type Rgb } from '../picture/resample';
import { createScheduler } from '../schedulers';
import { dim, expectDims, firstHalf, guided, join, repeat, repeatInto, scalarFeed, secondHalf } from '../tensors';
import { encodePrompt } from '../text/prompt';
import { loadTokenizer } from '../text/tokens';
import { readCall, textArguments, zFrames, zGuidance, zSide, zSteps } from './call';
import { holding, motionCells } from './held';
import { standing } from './latent-video';
import { everyStep, readPartConfig, schedulerConfig, stepNoise, withParts } from './parts';
import type { Clip, OpenOptions, Pipeline, RunContext, Subject } from './pipeline';
import { I2VGEN_UNET, IMAGE_ENCODER, TEXT_ENCODER, VAE_DECODER, VAE_ENCODER } from './ports';
import { versionOf, withZeros } from './svd';
import { decodeFrames, latentOf } from './vae';

const zVae = z.looseObject({
  latent_channels: z.number().int().positive().default(4),
  scaling_factor: z.number().positive().default(0.18215),
});
const zText = z.looseObject({ max_position_embeddings: z.number().int().min(2).default(77) });

const zCall = z.object({
  ...textArguments,
  height: zSide,
  width: zSide,
  target_fps: z.number().int().min(1).max(240).default(16),
  num_frames: zFrames.default(16),
  num_inference_steps: zSteps.default(50),
  guidance_scale: zGuidance.default(9),
  eta: z.number().min(0).max(1).default(0),
  decode_chunk_size: zFrames.nullish(),
  // Exports give the last-but-one layer themselves.
  clip_skip: z.literal(1).nullish(),
});
type Call = z.output<typeof zCall>;
type Parts = Awaited<ReturnType<typeof openParts>>;

async function openParts(pack: Pack, options: OpenOptions) {
  return withParts(pack, options, async (box) => ({
    vae: await readPartConfig(pack, ['vae_decoder', 'vae'], zVae),
    textLength: (await readPartConfig(pack, ['text_encoder'], zText)).max_position_embeddings,
    norm: clipNorm(await pack.json('feature_extractor', 'preprocessor_config.json')),
    scheduler: await schedulerConfig(pack),
    tokenize: await loadTokenizer(pack),
    textEncoder: await box.open(['text_encoder'], TEXT_ENCODER),
    imageEncoder: await box.open(['image_encoder'], IMAGE_ENCODER),
    encoder: await box.open(['vae_encoder'], VAE_ENCODER),
    unet: await box.open(['unet'], I2VGEN_UNET),
    decoder: await box.open(['vae_decoder'], VAE_DECODER),
    close: () => box.close(),
  }));
}

/** @throws InbetweenError `pack-invalid` for parts, configurations or schedulers that cannot be used */
export async function openI2vgen(pack: Pack, options: OpenOptions): Promise<Pipeline> {
  const parts = await openParts(pack, options);
  return {
    family: 'i2vgen',
    nature: {
      fps: 16,
      frames: 16,
      every: 1,
      plus: 0,
      multiple: 64,
      pixels: 1280 * 704,
      steps: 50,
      text: true,
      lastImage: false,
    },
    generate: (subject, call, context) => generate(parts, subject, readCall(zCall, call), context),
    close: parts.close,
  };
}

async function generate(parts: Parts, subject: Subject, call: Call, context: RunContext): Promise<Clip> {
  const { image, motion } = subject;
  const { unet, vae } = parts;
  const doubled = call.guidance_scale > 1;
  const rows = doubled ? 2 : 1;
  const text = await encodeTexts(parts, call, doubled, context);
  const embedding = await embed(parts, image, call, doubled, context);
  const still = await encode(parts, image, call, context);
  const [channels = 0, h = 0, w = 0] = still.dims.slice(1);
  const frames = call.num_frames;
  const dims = [1, channels, frames, h, w];
  const batchDims = [rows, channels, frames, h, w];
  const stills = context.tap('image_latents', repeat(framesOf(still, frames), rows), batchDims);
  const fps = new Array<number>(rows).fill(call.target_fps);
  context.note('fps', fps);

  const scheduler = createScheduler(parts.scheduler, {
    steps: call.num_inference_steps,
    eta: call.eta,
    ...versionOf(context),
  });
  const noise = context.noise('latents_noise', dims);
  const free = motion && motionCells(centreCrop(motion, call.width, call.height), w, h);
  const volume = { channels, frames, area: h * w };
  const held = free && { still: standing(still.data, undefined, volume, 'planes'), noise, free };
  const hold = holding(scheduler, held);
  let latents: Float32Array = noise.map((x) => x * scheduler.initNoiseSigma);
  const sample = new Float32Array(rows * latents.length);
  await everyStep(scheduler, context, async (index, timestep) => {
    repeatInto(sample, scheduler.scaleInput(latents, index), rows);
    const output = await unet.run({
      sample: { data: sample, dims: batchDims },
      timestep: scalarFeed(unet.port('timestep'), timestep, rows),
      fps: { data: fps, dims: [rows] },
      latents: { data: stills, dims: batchDims },
      image: embedding,
      text,
    });
    expectDims(output, batchDims, unet);
    if (index === 0) context.tap('unet_out_step0', output.data, output.dims);
    const prediction = doubled
      ? guided(firstHalf(output.data), secondHalf(output.data), call.guidance_scale)
      : output.data;
    const drawn = stepNoise(scheduler, index, dims, context);
    latents = hold(scheduler.step(index, prediction, latents, drawn), index);
    latents = context.tap('latents_steps', latents, dims);
  });

  const back = Math.fround(1 / vae.scaling_factor);
  const byFrame = framesFirst(latents, channels, frames, h * w).map((x) => x * back);
  const frameDims = [frames, channels, h, w];
  const chunk = call.decode_chunk_size ?? frames;
  const decoded = await decodeFrames(parts.decoder, { data: byFrame, dims: frameDims }, chunk, call, context);
  return { width: call.width, height: call.height, frames: decoded };
}

async function encodeTexts(parts: Parts, call: Call, doubled: boolean, context: RunContext): Promise<FloatTensor> {
  const length = parts.textLength;
  const prompt = await encodePrompt(parts, call.prompt ?? '', length, 'prompt', false, context);
  const rows = [prompt.embeddings];
  if (doubled) {
    const negative = await encodePrompt(parts, call.negative_prompt ?? '', length, 'negative', false, context);
    rows.unshift(negative.embeddings);
  }
  const dims = [rows.length, length, prompt.size];
  return { data: context.tap('encoder_hidden_states', join(...rows), dims), dims };
}

async function embed(
  parts: Parts,
  image: Rgb,
  call: Call,
  doubled: boolean,
  context: RunContext,
): Promise<FloatTensor> {
  const { imageEncoder, norm } = parts;
  const square = resize(centreCrop(image, call.width, call.width, context.verbatim), norm.edge, norm.edge, 'bilinear');
  const pixelDims = [1, 3, norm.edge, norm.edge];
  const pixels = context.tap('pixel_values', clipPlanes(square, norm), pixelDims);
  const embedding = await imageEncoder.run({ pixels: { data: pixels, dims: pixelDims } });
  const size = dim(embedding, 1, imageEncoder);
  expectDims(embedding, [1, size], imageEncoder);
  const dims = [doubled ? 2 : 1, 1, size];
  return { data: context.tap('image_embeddings', withZeros(embedding.data, doubled), dims), dims };
}

async function encode({ encoder, vae }: Parts, image: Rgb, call: Call, context: RunContext): Promise<FloatTensor> {
  const dims = [1, 3, call.height, call.width];
  const cropped = centreCrop(image, call.width, call.height, context.verbatim);
  const picture = context.tap('preprocessed_image', toSigned(cropped), dims);
  const encoded = await encoder.run({ picture: { data: picture, dims } });
  const latent = latentOf(encoded, vae.latent_channels, encoder, (shape) => context.noise('vae_noise', shape));
  return { data: latent.data.map((x) => x * vae.scaling_factor), dims: latent.dims };
}

/** Frame 0 is the picture; frame k is filled with its place in the clip, k/(F − 1). */
function framesOf(still: FloatTensor, frames: number): Float32Array {
  const [channels = 0, h = 0, w = 0] = still.dims.slice(1);
  const area = h * w;
  const out = new Float32Array(channels * frames * area);
  for (let c = 0; c < channels; c++) {
    const start = c * frames * area;
    out.set(still.data.subarray(c * area, (c + 1) * area), start);
    for (let k = 1; k < frames; k++) out.fill(k / (frames - 1), start + k * area, start + (k + 1) * area);
  }
  return out;
}

/** [channels, frames, area] to [frames, channels, area]. */
function framesFirst(latents: Float32Array, channels: number, frames: number, area: number): Float32Array {
  const out = new Float32Array(latents.length);
  for (let c = 0; c < channels; c++) {
    for (let k = 0; k < frames; k++) {
      const start = (c * frames + k) * area;
      out.set(latents.subarray(start, start + area), (k * channels + c) * area);
    }
  }
  return out;
}
