/** What an LTX-Video run is given: texts and boards, as its transformer knows them. */
import type { FloatTensor } from '../../../inference';
import { toSigned } from '../picture/planes';
import { resize, type Rgb } from '../picture/resample';
import { dim, join } from '../tensors';
import { encodePrompt, type TextEncoding } from '../text/prompt';
import { standing, type Volume } from './latent-video';
import type { LtxCall, LtxParts } from './ltx-parts';
import type { RunContext } from './pipeline';
import { encodeFrames } from './vae-video';
import { latentOf, normalise } from './vae';

export interface Texts {
  readonly embeddings: Float32Array;
  readonly mask: readonly number[];
  readonly size: number;
}

/** With guidance the negative prompt comes first. The transformer always sees the mask, the text encoder in newer packs. */
export async function encodeTexts(
  parts: LtxParts,
  call: LtxCall,
  doubled: boolean,
  context: RunContext,
): Promise<Texts> {
  const length = call.max_sequence_length;
  const encode = (text: string, label: 'prompt' | 'negative'): Promise<TextEncoding> =>
    encodePrompt(parts, text, length, label, parts.usual.masked, context);
  const prompt = await encode(call.prompt ?? '', 'prompt');
  const rows = doubled ? [await encode(call.negative_prompt ?? '', 'negative'), prompt] : [prompt];
  const dims = [rows.length, length, prompt.size];
  return {
    embeddings: context.tap('prompt_embeds', join(...rows.map((row) => row.embeddings)), dims),
    mask: rows.flatMap((row) => row.mask),
    size: prompt.size,
  };
}

/** The latent [1, channels, 1, h, w] of one board, a sample of what the encoder gives. */
export async function encodeKey(
  parts: LtxParts,
  image: Rgb,
  call: LtxCall,
  context: RunContext,
  noiseName = 'vae_noise',
): Promise<FloatTensor> {
  const flat = [1, 3, call.height, call.width];
  const planes = toSigned(resize(image, call.width, call.height, 'lanczos'));
  const picture = noiseName === 'vae_noise' ? context.tap('preprocessed_image', planes, flat) : planes;
  const encoded = await parts.encoder.run({ picture: { data: picture, dims: [1, 3, 1, call.height, call.width] } });
  dim(encoded, 4, parts.encoder);
  const noise = (dims: readonly number[]) => context.noise(noiseName, dims);
  const latent = latentOf(encoded, parts.vae.latent_channels, parts.encoder, noise);
  return { data: normalise(latent.data, parts.statistics.mean, parts.statistics.std), dims: latent.dims };
}

/** Tokens of a clip in which the board stands still: its first latent frame, and what follows it in a film of nothing but the board. */
export async function encodeStanding(
  parts: LtxParts,
  image: Rgb,
  still: FloatTensor,
  volume: Volume,
  call: LtxCall,
  context: RunContext,
): Promise<Float32Array> {
  const every = parts.vae.temporal_compression_ratio;
  const film = await encodeFrames(parts.encoder, resize(image, call.width, call.height, 'lanczos'), every + 1, context);
  const later = film && latentOf(film, parts.vae.latent_channels, parts.encoder);
  const normal = later && normalise(later.data, parts.statistics.mean, parts.statistics.std);
  return standing(still.data, normal, volume, 'tokens');
}
