/**
 * DynamiCrafter's sampler: DDIM that follows exactly the levels a run visits, and lifts each clean estimate as the training
 * data was dimmed (dynamic rescale). Source: "DynamiCrafter" (Xing et al. 2023), its lvdm/models/samplers/ddim.py.
 */
import { z } from 'zod';
import { packInvalid } from '../../../inference/packs';
import { alphasCumprod } from '../schedulers/betas';
import { betaOptions, className, readConfig, zOff } from '../schedulers/config';
import { at, linspace, type Scheduler } from '../schedulers/scheduler';
import { spacedTimesteps } from '../schedulers/spacing';

const zSchedule = z.object({
  ...betaOptions,
  prediction_type: z.enum(['epsilon', 'v_prediction']).default('v_prediction'),
  rescale_betas_zero_snr: z.boolean().default(true),
  timestep_spacing: z.enum(['trailing', 'leading']).default('trailing'),
  steps_offset: z.number().int().min(0).default(0),
  // The last step goes to the least noise of training, and estimates are not clamped.
  set_alpha_to_one: z.literal(false).default(false),
  clip_sample: z.literal(false).default(false),
  thresholding: zOff,
});

/** Training steps over which the data were dimmed to `base`; beyond them it stays. */
const TURNING = 400;

export interface DynamiCrafterRun {
  readonly steps: number;
  /** Noise put back at each step, 0 to 1. */
  readonly eta: number;
  /** Brightness of the noisiest data in training; 1 where it was not dimmed. */
  readonly baseScale: number;
}

/**
 * A scheduler for each run, from the parsed scheduler_config.json (written for DDIMScheduler).
 * @throws InbetweenError `pack-invalid` naming the class or option that is not supported
 */
export function dynamiCrafterSchedule(config: unknown): (run: DynamiCrafterRun) => Scheduler {
  const name = className(config);
  if (name !== 'DDIMScheduler') throw packInvalid(`DynamiCrafter is sampled by DDIMScheduler, not by ${name}.`);
  const options = readConfig(config, zSchedule);
  const alphas = alphasCumprod(options, options.rescale_betas_zero_snr);
  const velocity = options.prediction_type === 'v_prediction';
  return ({ steps, eta, baseScale }) => {
    const { num_train_timesteps: trained, timestep_spacing: spacing, steps_offset: offset } = options;
    const timesteps = spacedTimesteps(spacing, trained, steps, offset, true);
    const dimming = linspace(1, baseScale, TURNING);
    const brightness = (timestep: number): number => dimming[timestep] ?? baseScale;
    return {
      timesteps,
      alphas: { atTimesteps: timesteps.map((t) => at(alphas, t)), final: at(alphas, 0) },
      initNoiseSigma: 1,
      stochastic: eta > 0,
      mixAt: (index) => {
        const level = at(alphas, timesteps[index] ?? 0);
        const seen = brightness(timesteps[Math.min(index, timesteps.length - 1)] ?? 0);
        return { signal: Math.sqrt(level) * seen, noise: Math.sqrt(1 - level) };
      },
      scaleInput: (sample) => sample,
      step: (index, output, sample, noise) => {
        const t = at(timesteps, index);
        const next = timesteps[index + 1];
        const [alpha, arrive] = [at(alphas, t), at(alphas, next ?? 0)];
        const spread = eta * Math.sqrt(Math.max(0, ((1 - arrive) / (1 - alpha)) * (1 - alpha / arrive)));
        const direction = Math.sqrt(Math.max(0, 1 - arrive - spread ** 2));
        const lift = next === undefined ? 1 : brightness(next) / brightness(t);
        if (eta > 0 && noise?.length !== sample.length) throw new RangeError('a step with eta needs noise');
        const [keep, lose] = [Math.sqrt(alpha), Math.sqrt(1 - alpha)];
        return sample.map((x, i) => {
          const y = output[i] ?? 0;
          const [picture, epsilon] = velocity ? [keep * x - lose * y, keep * y + lose * x] : [(x - lose * y) / keep, y];
          return Math.sqrt(arrive) * lift * picture + direction * epsilon + spread * (eta > 0 ? (noise?.[i] ?? 0) : 0);
        });
      },
    };
  };
}
