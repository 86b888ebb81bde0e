/** What Wan's two image-to-video layouts share: UMT5 text, its VAE, guidance in two passes. */
import { z } from 'zod';
import { packInvalid, type Pack } from '../../../inference/packs';
import { cleanPrompt } from '../text/clean';
import { encodePrompt } from '../text/prompt';
import { loadTokenizer } from '../text/tokens';
import type { Rgb } from '../picture/resample';
import { guided, mapped } from '../tensors';
import { textArguments, vaeTiles, zFrames, zGuidance, zSide, zSteps } from './call';
import { standing, type Volume } from './latent-video';
import { checkedStatistics } from './ltx-config';
import { readPartConfig, schedulerConfig, type PartBox } from './parts';
import type { RunContext } from './pipeline';
import { latentOf, normalise } from './vae';
import { encodeFrames, type VideoDecoder } from './vae-video';
import { TEXT_ENCODER, VAE_DECODER, VAE_ENCODER, WAN_TRANSFORMER } from './ports';

const zNumbers = z.array(z.number());
const zVae = z.looseObject({
  z_dim: z.number().int().positive().default(16),
  scale_factor_temporal: z.number().int().positive().default(4),
  scale_factor_spatial: z.number().int().positive().default(8),
  latents_mean: zNumbers,
  latents_std: zNumbers,
});
const zTransformer = z.looseObject({
  patch_size: z.tuple([z.literal(1), z.number().int().positive(), z.number().int().positive()]).default([1, 2, 2]),
  /** Tokens of both boards together, in the layouts made for a first and a last one (FLF2V). */
  pos_embed_seq_len: z.number().int().positive().nullish(),
});
const zIndex = z.looseObject({
  expand_timesteps: z.boolean().nullable().default(false),
  // A second transformer for the noisier steps (Wan 2.2 A14B).
  boundary_ratio: z.null().optional(),
  transformer_2: z.tuple([z.null(), z.null()]).nullish(),
});

export const zWanCall = z.object({
  ...textArguments,
  ...vaeTiles,
  height: zSide,
  width: zSide,
  num_frames: zFrames.default(81),
  num_inference_steps: zSteps.default(50),
  guidance_scale: zGuidance.default(5),
  max_sequence_length: z.number().int().min(2).max(2048).default(512),
});
export type WanCall = z.output<typeof zWanCall>;

/** True for the layout with one timestep a token (Wan 2.2 TI2V). */
export function expandsTimesteps(pack: Pack): boolean {
  const read = zIndex.safeParse(pack.index);
  if (read.success) return read.data.expand_timesteps === true;
  const key = String(read.error.issues[0]?.path[0] ?? '');
  throw packInvalid(`model_index.json: "${key}" asks for a layout of Wan that is not supported.`, read.error);
}

export async function openWanParts(pack: Pack, box: PartBox) {
  const vae = await readPartConfig(pack, ['vae_decoder', 'vae', 'vae_encoder'], zVae);
  const transformerConfig = await readPartConfig(pack, ['transformer'], zTransformer);
  return {
    vae,
    statistics: checkedStatistics({ mean: vae.latents_mean, std: vae.latents_std }, vae.z_dim),
    patch: transformerConfig.patch_size,
    bothEnds: typeof transformerConfig.pos_embed_seq_len === 'number',
    scheduler: await schedulerConfig(pack),
    tokenize: await loadTokenizer(pack),
    textEncoder: await box.open(['text_encoder'], TEXT_ENCODER),
    encoder: await box.open(['vae_encoder'], VAE_ENCODER),
    transformer: await box.open(['transformer'], WAN_TRANSFORMER),
    decoder: await box.open(['vae_decoder'], VAE_DECODER),
    close: () => box.close(),
  };
}
export type WanParts = Awaited<ReturnType<typeof openWanParts>>;

/** The call with its size and length brought to what the model can make, rounded down. */
export function fitted(call: WanCall, { vae, patch }: WanParts): WanCall {
  const [tall, wide] = [vae.scale_factor_spatial * patch[1], vae.scale_factor_spatial * patch[2]];
  const { scale_factor_temporal: every } = vae;
  const { num_frames: count } = call;
  return {
    ...call,
    height: Math.max(1, Math.floor(call.height / tall)) * tall,
    width: Math.max(1, Math.floor(call.width / wide)) * wide,
    num_frames: count % every === 1 ? count : Math.floor(count / every) * every + 1,
  };
}

/** How latents of this layout are decoded. */
export function videoDecoder({ decoder, vae }: WanParts): VideoDecoder {
  return { decoder, every: vae.scale_factor_temporal, pixels: vae.scale_factor_spatial };
}

export interface WanText {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Embeddings of prompt and, with guidance, negative prompt; zeros past the text's end. */
export async function wanTexts(
  parts: WanParts,
  call: WanCall,
  context: RunContext,
): Promise<{ prompt: WanText; negative: WanText | undefined }> {
  const length = call.max_sequence_length;
  const encode = async (text: string, label: 'prompt' | 'negative'): Promise<WanText> => {
    const { embeddings, mask, size } = await encodePrompt(parts, cleanPrompt(text), length, label, true, context);
    const end = mask.reduce((total, bit) => total + bit, 0) * size;
    const dims = [1, length, size];
    return {
      data: context.tap(
        `${label}_embeds`,
        mapped(embeddings, (x, i) => (i < end ? x : 0)),
        dims,
      ),
      dims,
    };
  };
  const prompt = await encode(call.prompt ?? '', 'prompt');
  return {
    prompt,
    negative: call.guidance_scale > 1 ? await encode(call.negative_prompt ?? '', 'negative') : undefined,
  };
}

/** One prediction, guided where there is a negative text: two passes of batch 1. */
export async function wanPrediction(
  pass: (text: WanText, which: 'conditional' | 'unconditional') => Promise<Float32Array>,
  texts: { prompt: WanText; negative: WanText | undefined },
  scale: number,
): Promise<Float32Array> {
  const conditional = await pass(texts.prompt, 'conditional');
  if (!texts.negative) return conditional;
  return guided(await pass(texts.negative, 'unconditional'), conditional, scale);
}

/** Latents of a film in which the board stands still, as the transformer knows them: what held cells are brought back to. */
export async function standingWan(
  { encoder, vae, statistics }: WanParts,
  picture: Rgb,
  first: Float32Array | undefined,
  volume: Volume,
  context: RunContext,
): Promise<Float32Array> {
  const encoded = await encodeFrames(encoder, picture, vae.scale_factor_temporal + 1, context);
  const film = encoded && normalise(latentOf(encoded, vae.z_dim, encoder).data, statistics.mean, statistics.std);
  const shown = (film?.length ?? 0) / (volume.channels * volume.area);
  const begin = first ?? perFrame(film ?? new Float32Array(0), shown, volume);
  return standing(begin, film, volume, 'planes');
}

/** The first latent frame of a film [channels, frames, area]. */
function perFrame(film: Float32Array, frames: number, { channels, area }: Volume): Float32Array {
  const out = new Float32Array(channels * area);
  for (let c = 0; c < channels; c++) out.set(film.subarray(c * frames * area, (c * frames + 1) * area), c * area);
  return out;
}
