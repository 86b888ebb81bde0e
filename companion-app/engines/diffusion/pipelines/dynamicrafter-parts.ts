/** What a DynamiCrafter or ToonCrafter pack consists of. */
import { z } from 'zod';
import type { Pack, PortNames } from '../../../inference/packs';
import { clipNorm } from '../picture/clip';
import { loadTokenizer } from '../text/tokens';
import { dynamiCrafterSchedule } from './dynamicrafter-schedule';
import { readPartConfig, schedulerConfig, withParts } from './parts';
import type { OpenOptions } from './pipeline';
import { IMAGE_TOKENS, TEXT_ENCODER, VAE_DECODER, VAE_ENCODER } from './ports';

/** All tokens of OpenCLIP-H's last layer, before its norm. */
const LAST_TOKENS: PortNames<'pixels'> = {
  ...IMAGE_TOKENS,
  output: ['last_hidden_state', 'image_tokens', 'tokens', 'hidden_states'],
};

/** Queries that look at the image's tokens: 16 for each frame. */
const RESAMPLER: PortNames<'tokens'> = {
  inputs: { tokens: ['image_embeds', 'image_tokens', 'hidden_states', 'tokens', 'x'] },
  optional: [],
  output: ['image_context', 'context', 'ip_tokens', 'last_hidden_state', 'output'],
};

const UNET: PortNames<'sample' | 'timestep' | 'context' | 'fs'> = {
  inputs: {
    sample: ['sample', 'latent_model_input', 'x'],
    timestep: ['timestep', 'timesteps', 't'],
    context: ['encoder_hidden_states', 'context'],
    fs: ['fs', 'fps', 'frame_stride'],
  },
  // Models trained without it have no input for the speed.
  optional: ['fs'],
  output: ['out_sample', 'noise_pred', 'model_output', 'output', 'sample'],
};

/** ToonCrafter's decoder also sees the two boards. */
const DECODER: PortNames<'latents' | 'frames' | 'timestep' | 'references'> = {
  ...VAE_DECODER,
  inputs: { ...VAE_DECODER.inputs, references: ['reference_frames', 'references', 'ref_frames'] },
  optional: [...VAE_DECODER.optional, 'references'],
};

const zUnet = z.looseObject({
  temporal_length: z.number().int().min(2).max(256).default(16),
  /** The first and the last frame are given (the `_interp` checkpoints). */
  interpolation: z.boolean().optional(),
  /** Height and width of the latents of training. */
  image_size: z.tuple([z.number().int().positive(), z.number().int().positive()]).default([72, 128]),
  default_fs: z.number().int().min(1).max(1000).optional(),
  use_dynamic_rescale: z.boolean().default(true),
  base_scale: z.number().positive().max(1).default(0.7),
});
const zVae = z.looseObject({
  latent_channels: z.number().int().positive().default(4),
  scaling_factor: z.number().positive().default(0.18215),
});
const zText = z.looseObject({ max_position_embeddings: z.number().int().min(2).default(77) });

export type DynamiCrafterParts = Awaited<ReturnType<typeof openDynamiCrafterParts>>;

export async function openDynamiCrafterParts(pack: Pack, options: OpenOptions) {
  return withParts(pack, options, async (box) => {
    const unetConfig = await readPartConfig(pack, ['unet'], zUnet);
    return {
      unetConfig,
      interpolates: unetConfig.interpolation ?? pack.className === 'ToonCrafterPipeline',
      baseScale: unetConfig.use_dynamic_rescale ? unetConfig.base_scale : 1,
      vae: await readPartConfig(pack, ['vae_decoder', 'vae'], zVae),
      textLength: (await readPartConfig(pack, ['text_encoder'], zText)).max_position_embeddings,
      norm: clipNorm(await pack.json('feature_extractor', 'preprocessor_config.json')),
      schedule: dynamiCrafterSchedule(await schedulerConfig(pack)),
      tokenize: await loadTokenizer(pack),
      textEncoder: await box.open(['text_encoder'], TEXT_ENCODER),
      imageEncoder: await box.open(['image_encoder'], LAST_TOKENS),
      resampler: await box.open(['resampler', 'image_projector', 'image_proj_model'], RESAMPLER),
      encoder: await box.open(['vae_encoder'], VAE_ENCODER),
      unet: await box.open(['unet'], UNET),
      decoder: await box.open(['vae_decoder'], DECODER),
      close: () => box.close(),
    };
  });
}

/** The speed a checkpoint was trained with, by the height of its latents: frames a second, for 256 pixels a stride. */
export function usualSpeed({
  unetConfig,
  interpolates,
}: Pick<DynamiCrafterParts, 'unetConfig' | 'interpolates'>): number {
  const [height] = unetConfig.image_size;
  if (unetConfig.default_fs !== undefined) return unetConfig.default_fs;
  if (interpolates) return 5;
  return height >= 72 ? 10 : height >= 40 ? 24 : 3;
}
