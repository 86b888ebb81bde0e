/** What an LTX-Video pack consists of, and the arguments of a run. */
import { z } from 'zod';
import type { Pack } from '../../../inference/packs';
import { loadTokenizer } from '../text/tokens';
import { textArguments, vaeTiles, zFrames, zGuidance, zSide, zSteps } from './call';
import { ltxStatistics, zLtxVae } from './ltx-config';
import { LTX_SCHEDULES, ltxScheduleOf } from './ltx-schedule';
import { readPartConfig, schedulerConfig, withParts } from './parts';
import type { OpenOptions } from './pipeline';
import { LTX_TRANSFORMER, TEXT_ENCODER, VAE_DECODER, VAE_ENCODER } from './ports';

const zTransformer = z.looseObject({
  patch_size: z.literal(1).default(1),
  patch_size_t: z.literal(1).default(1),
});

export const zLtxCall = z.object({
  ...textArguments,
  ...vaeTiles,
  height: zSide.multipleOf(32),
  width: zSide.multipleOf(32),
  num_frames: zFrames.default(121),
  frame_rate: z.number().min(1).max(240).default(25),
  num_inference_steps: zSteps.default(50),
  sigmas: z.union([z.array(z.number().min(0).max(1)).min(1), z.enum(LTX_SCHEDULES)]).nullish(),
  guidance_scale: zGuidance.optional(),
  guidance_rescale: z.number().min(0).max(1).default(0),
  image_cond_noise_scale: z.number().min(0).max(1).optional(),
  decode_timestep: z.number().min(0).max(1).default(0),
  decode_noise_scale: z.number().min(0).max(1).nullish(),
  max_sequence_length: z.number().int().min(2).max(2048).optional(),
});
/** Levels the distilled checkpoints need no guidance at. */
const GUIDANCE = { even: 3, 'linear-quadratic': 3, distilled: 1 } as const;
/**
 * How LTXConditionPipeline runs where it is not told otherwise; the older pipeline knows no noise on given frames. Only the newer
 * one tells the text encoder what is padding.
 */
const CONDITION = { noise: 0.15, length: 256, masked: true } as const;
const PLAIN = { noise: 0, length: 128, masked: false } as const;

export type LtxCall = z.output<typeof zLtxCall> & {
  readonly guidance_scale: number;
  readonly image_cond_noise_scale: number;
  readonly max_sequence_length: number;
};
export type LtxParts = Awaited<ReturnType<typeof openLtxParts>>;

export async function openLtxParts(pack: Pack, options: OpenOptions) {
  return withParts(pack, options, async (box) => {
    const vae = await readPartConfig(pack, ['vae_decoder', 'vae', 'vae_encoder'], zLtxVae);
    await readPartConfig(pack, ['transformer'], zTransformer);
    return {
      vae,
      schedule: ltxScheduleOf(pack),
      usual: pack.className === 'LTXConditionPipeline' ? CONDITION : PLAIN,
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

/** The call with what the pack itself decides. */
export function fullCall(call: z.output<typeof zLtxCall>, { schedule, usual }: LtxParts): LtxCall {
  const named = typeof call.sigmas === 'string' ? call.sigmas : schedule;
  return {
    ...call,
    guidance_scale: call.guidance_scale ?? GUIDANCE[named],
    image_cond_noise_scale: call.image_cond_noise_scale ?? usual.noise,
    max_sequence_length: call.max_sequence_length ?? usual.length,
  };
}
