/** LTX-Video's VAE: its configuration, and the statistics of its latents, which exporters put in different places. */
import { z } from 'zod';
import { packInvalid, type Pack } from '../../../inference/packs';

const zNumbers = z.array(z.number());

export const zLtxVae = z.looseObject({
  latent_channels: z.number().int().positive().default(128),
  scaling_factor: z.number().positive().default(1),
  timestep_conditioning: z.boolean().default(false),
  spatial_compression_ratio: z.number().int().positive().default(32),
  temporal_compression_ratio: z.number().int().positive().default(8),
  latents_mean: zNumbers.optional(),
  latents_std: zNumbers.optional(),
  latents_mean_data: zNumbers.optional(),
  latents_std_data: zNumbers.optional(),
});
export type LtxVae = z.output<typeof zLtxVae>;

const zSidecar = z.looseObject({ latents_mean: zNumbers, latents_std: zNumbers });

/** Files beside the VAE that may hold the statistics: the original keeps them among its weights. */
const SIDECARS = [
  ['vae_decoder', 'latents_statistics.json'],
  ['vae', 'latents_statistics.json'],
  ['latents_statistics.json'],
] as const;

export interface Statistics {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** @throws InbetweenError `pack-invalid` when they are nowhere, or not one a channel */
export async function ltxStatistics(pack: Pack, vae: LtxVae): Promise<Statistics> {
  let mean = vae.latents_mean ?? vae.latents_mean_data;
  let std = vae.latents_std ?? vae.latents_std_data;
  for (const path of SIDECARS) {
    if (mean && std) break;
    const read = zSidecar.safeParse(await pack.json(...path));
    if (read.success) [mean, std] = [read.data.latents_mean, read.data.latents_std];
  }
  if (!mean || !std) {
    throw packInvalid('The pack lacks latents_mean and latents_std; put them into vae_decoder/config.json.');
  }
  return checkedStatistics({ mean, std }, vae.latent_channels);
}

/** @throws InbetweenError `pack-invalid` unless there is one mean and one positive deviation a channel */
export function checkedStatistics(statistics: Statistics, channels: number): Statistics {
  const { mean, std } = statistics;
  if (mean.length === channels && std.length === channels && std.every((s) => s > 0)) return statistics;
  throw packInvalid(`latents_mean and latents_std must hold ${channels} numbers each, the latter above zero.`);
}
