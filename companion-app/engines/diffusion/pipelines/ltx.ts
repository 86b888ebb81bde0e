/**
 * LTX-Video: a transformer over packed latents, flow matching, the board held in latent frame 0.
 * Source: "LTX-Video" (HaCohen et al. 2024), diffusers pipeline_ltx_image2video.py.
 */
import { z } from 'zod';
import type { FloatTensor } from '../../../inference';
import type { Pack } from '../../../inference/packs';
import { toSigned } from '../picture/planes';
import { resize, type Rgb } from '../picture/resample';
import { createScheduler, linspace, muOf } from '../schedulers';
import { dim, expectDims, firstHalf, guided, join, repeat, secondHalf } from '../tensors';
import { encodePrompt, type TextEncoding } from '../text/prompt';
import { loadTokenizer } from '../text/tokens';
import { readCall, textArguments, zFrames, zGuidance, zSide, zSteps } from './call';
import { rescaled } from './guidance-rescale';
import { firstFrames, pack as packTokens, unpack, withFirstFrame } from './latent-video';
import { everyStep, readPartConfig, schedulerConfig, withParts } from './parts';
import type { Clip, OpenOptions, Pipeline, RunContext } from './pipeline';
import { LTX_TRANSFORMER, TEXT_ENCODER, VAE_DECODER, VAE_ENCODER } from './ports';
import { versionOf } from './svd';
import { decodeVideo, latentOf, normalise, perChannel } from './vae';
import { ltxStatistics, zLtxVae } from './ltx-config';

const zTransformer = z.looseObject({
  patch_size: z.literal(1).default(1),
  patch_size_t: z.literal(1).default(1),
});

const zCall = z.object({
  ...textArguments,
  height: zSide.multipleOf(32),
  width: zSide.multipleOf(32),
  num_frames: zFrames.default(121),
  frame_rate: z.number().min(1).max(240).default(25),
  num_inference_steps: zSteps.default(50),
  sigmas: z.array(z.number().min(0).max(1)).min(1).nullish(),
  guidance_scale: zGuidance.default(3),
  guidance_rescale: z.number().min(0).max(1).default(0),
  decode_timestep: z.number().min(0).max(1).default(0),
  decode_noise_scale: z.number().min(0).max(1).nullish(),
  max_sequence_length: z.number().int().min(2).max(2048).default(128),
});
type Call = z.output<typeof zCall>;
type Parts = Awaited<ReturnType<typeof openParts>>;

async function openParts(pack: Pack, options: OpenOptions) {
  return withParts(pack, options, async (box) => {
    const vae = await readPartConfig(pack, ['vae_decoder', 'vae', 'vae_encoder'], zLtxVae);
    await readPartConfig(pack, ['transformer'], zTransformer);
    return {
      vae,
      statistics: await ltxStatistics(pack, vae),
      scheduler: await schedulerConfig(pack),
      tokenize: await loadTokenizer(pack),
      textEncoder: await box.open(['text_encoder'], TEXT_ENCODER),
      encoder: await box.open(['vae_encoder'], VAE_ENCODER),
      transformer: await box.open(['transformer'], LTX_TRANSFORMER),
      decoder: await box.open(['vae_decoder'], VAE_DECODER),
      close: () => box.close(),
    };
  });
}

/** @throws InbetweenError `pack-invalid` for parts, configurations or schedulers that cannot be used */
export async function openLtx(pack: Pack, options: OpenOptions): Promise<Pipeline> {
  const parts = await openParts(pack, options);
  return {
    family: 'ltx',
    nature: {
      fps: 25,
      frames: 97,
      every: 8,
      plus: 1,
      multiple: 32,
      pixels: 1216 * 704,
      steps: 40,
      text: true,
      lastImage: false,
    },
    generate: ({ image }, call, context) => generate(parts, image, readCall(zCall, call), context),
    close: parts.close,
  };
}

async function generate(parts: Parts, image: Rgb, call: Call, context: RunContext): Promise<Clip> {
  const { vae, transformer } = parts;
  const every = vae.temporal_compression_ratio;
  const doubled = call.guidance_scale > 1;
  const text = await encodeTexts(parts, call, doubled, context);
  const still = await encode(parts, image, call, context);

  const [channels = 0, , h = 0, w = 0] = still.dims.slice(1);
  const f = Math.floor((call.num_frames - 1) / every) + 1;
  const volume = { channels, frames: f, area: h * w };
  const latentDims = [1, channels, f, h, w];
  let latents = withFirstFrame(context.noise('latents_noise', latentDims), still.data, volume);
  const tokens = f * h * w;

  const given = call.sigmas ?? linspace(1, 1 / call.num_inference_steps, call.num_inference_steps);
  const scheduler = createScheduler(parts.scheduler, {
    steps: given.length,
    sigmas: given,
    mu: muOf(parts.scheduler, tokens),
    ...versionOf(context),
  });
  const rows = doubled ? 2 : 1;
  const packedDims = [1, tokens, channels];
  const batchDims = [rows, tokens, channels];
  const scale = [every / call.frame_rate, vae.spatial_compression_ratio, vae.spatial_compression_ratio];
  context.note('rope_interpolation_scale', scale);

  await everyStep(scheduler, context, async (index, timestep) => {
    const first = index === 0;
    const input = repeat(packTokens(latents, volume), rows);
    const perToken = new Float32Array(rows * tokens).map((_, i) => (i % tokens < h * w ? 0 : timestep));
    const output = await transformer.run({
      hidden: { data: first ? context.tap('transformer_hidden_step0', input, batchDims) : input, dims: batchDims },
      text: { data: text.embeddings, dims: [rows, call.max_sequence_length, text.size] },
      timestep: {
        data: first ? context.tap('transformer_timestep_step0', perToken, [rows, tokens]) : perToken,
        dims: [rows, tokens],
      },
      mask: { data: text.mask, dims: [rows, call.max_sequence_length] },
      frames: { data: [f], dims: transformer.port('frames')?.dims.length === 1 ? [1] : [] },
      height: { data: [h], dims: transformer.port('height')?.dims.length === 1 ? [1] : [] },
      width: { data: [w], dims: transformer.port('width')?.dims.length === 1 ? [1] : [] },
      scale: { data: scale, dims: [3] },
    });
    expectDims(output, batchDims, transformer);
    if (first) context.tap('transformer_out_step0', output.data, output.dims);
    const velocity = unpack(guide(output, call, doubled), volume);
    // The board's own frame is never stepped.
    const [movedVelocity, moved] = [velocity, latents].map((video) => firstFrames(video, volume).rest);
    const stepped = scheduler.step(index, movedVelocity ?? velocity, moved ?? latents);
    latents = join(...rejoined(still.data, stepped, volume));
    context.tap('latents_steps', packTokens(latents, volume), packedDims);
  });

  const { mean, std } = parts.statistics;
  const plain = perChannel(
    latents,
    std.map((s) => s / vae.scaling_factor),
    mean,
  );
  const conditioned = vae.timestep_conditioning;
  const ready = conditioned ? withDecodeNoise(plain, latentDims, call, context) : plain;
  const input = context.tap('decoder_input', ready, latentDims);
  const timestep = conditioned ? call.decode_timestep : undefined;
  const frames = await decodeVideo(
    parts.decoder,
    { data: input, dims: latentDims },
    (f - 1) * every + 1,
    call,
    context,
    timestep,
  );
  return { width: call.width, height: call.height, frames };
}

interface Texts {
  readonly embeddings: Float32Array;
  readonly mask: readonly number[];
  readonly size: number;
}

/** With guidance the negative prompt comes first. The text encoder sees no mask; the transformer does. */
async function encodeTexts(parts: Parts, call: Call, doubled: boolean, context: RunContext): Promise<Texts> {
  const length = call.max_sequence_length;
  const encode = (text: string, label: 'prompt' | 'negative'): Promise<TextEncoding> =>
    encodePrompt(parts, text, length, label, false, context);
  const prompt = await encode(call.prompt ?? '', 'prompt');
  const rows = doubled ? [await encode(call.negative_prompt ?? '', 'negative'), prompt] : [prompt];
  const dims = [rows.length, length, prompt.size];
  return {
    embeddings: context.tap('prompt_embeds', join(...rows.map((row) => row.embeddings)), dims),
    mask: rows.flatMap((row) => row.mask),
    size: prompt.size,
  };
}

async function encode(parts: Parts, image: Rgb, call: Call, context: RunContext): Promise<FloatTensor> {
  const flat = [1, 3, call.height, call.width];
  const picture = context.tap('preprocessed_image', toSigned(resize(image, call.width, call.height, 'lanczos')), flat);
  const encoded = await parts.encoder.run({ picture: { data: picture, dims: [1, 3, 1, call.height, call.width] } });
  dim(encoded, 4, parts.encoder);
  const noise = (dims: readonly number[]) => context.noise('vae_noise', dims);
  const latent = latentOf(encoded, parts.vae.latent_channels, parts.encoder, noise);
  return { data: normalise(latent.data, parts.statistics.mean, parts.statistics.std), dims: latent.dims };
}

function guide(output: FloatTensor, call: Call, doubled: boolean): Float32Array {
  if (!doubled) return output.data;
  const conditional = secondHalf(output.data);
  const pulled = guided(firstHalf(output.data), conditional, () => call.guidance_scale);
  return call.guidance_rescale > 0 ? rescaled(pulled, conditional, call.guidance_rescale) : pulled;
}

/** Planes of each channel: the still frame, then the stepped ones. */
function rejoined(
  still: Float32Array,
  stepped: Float32Array,
  { channels, frames, area }: { channels: number; frames: number; area: number },
): Float32Array[] {
  return Array.from({ length: channels }, (_, c) => [
    still.subarray(c * area, (c + 1) * area),
    stepped.subarray(c * (frames - 1) * area, (c + 1) * (frames - 1) * area),
  ]).flat();
}

function withDecodeNoise(
  latents: Float32Array,
  dims: readonly number[],
  call: Call,
  context: RunContext,
): Float32Array {
  const part = call.decode_noise_scale ?? call.decode_timestep;
  const noise = context.noise('decode_noise', dims);
  return latents.map((x, i) => (1 - part) * x + part * (noise[i] ?? 0));
}
