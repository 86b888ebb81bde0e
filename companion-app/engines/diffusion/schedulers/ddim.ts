/** Denoising diffusion implicit models (Song et al. 2020). Source: diffusers DDIMScheduler. */
import { z } from 'zod';
import { alphasCumprod } from './betas';
import { betaOptions, readConfig, zOff, zSpacing } from './config';
import { at, type PlanRun } from './scheduler';
import { spacedTimesteps } from './spacing';

const zDdim = z.object({
  ...betaOptions,
  prediction_type: z.enum(['epsilon', 'v_prediction', 'sample']).default('epsilon'),
  clip_sample: z.boolean().default(true),
  clip_sample_range: z.number().positive().default(1),
  set_alpha_to_one: z.boolean().default(true),
  steps_offset: z.number().int().min(0).default(0),
  thresholding: zOff,
  timestep_spacing: zSpacing.default('leading'),
  rescale_betas_zero_snr: z.boolean().default(false),
});

const fround = Math.fround;

/** √x in 32 bits; 0 for what rounding left below it. */
const root = (x: number): number => fround(Math.sqrt(Math.max(0, x)));

export function ddim(config: unknown): PlanRun {
  const options = readConfig(config, zDdim);
  const alphas = alphasCumprod(options, options.rescale_betas_zero_snr);
  const final = options.set_alpha_to_one ? 1 : at(alphas, 0);
  const range = options.clip_sample ? options.clip_sample_range : Infinity;

  return ({ steps, eta = 0 }) => {
    const trainSteps = options.num_train_timesteps;
    const timesteps = spacedTimesteps(options.timestep_spacing, trainSteps, steps, options.steps_offset, true);
    const stride = Math.floor(trainSteps / steps);
    return {
      timesteps,
      alphas: { atTimesteps: timesteps.map((t) => at(alphas, t)), final },
      initNoiseSigma: 1,
      stochastic: eta > 0,
      mixAt: (index) => {
        const level = index < timesteps.length ? at(alphas, at(timesteps, index)) : final;
        return { signal: Math.sqrt(level), noise: Math.sqrt(1 - level) };
      },
      scaleInput: (sample) => sample,
      step: (index, output, sample, noise) => {
        const t = at(timesteps, index);
        const alpha = at(alphas, t);
        const next = t - stride >= 0 ? at(alphas, t - stride) : final;
        // In 32 bits at every operation, as the models' own code: where almost nothing but noise is left, roundings show.
        const [rest, restAfter] = [fround(1 - alpha), fround(1 - next)];
        const variance = fround(fround(restAfter / rest) * fround(1 - fround(alpha / next)));
        const spread = fround(fround(eta) * root(variance));
        // Zero in exact arithmetic where the first step is pure noise: rounding must not make it negative.
        const direction = root(fround(restAfter - fround(spread ** 2)));
        if (eta > 0 && noise?.length !== sample.length) throw new RangeError('a step with eta needs noise');
        const [keep, lose, arrive] = [root(alpha), root(rest), root(next)];
        const { prediction_type: type } = options;
        const out = new Float32Array(sample.length);
        for (let i = 0; i < out.length; i++) {
          const x = sample[i]!;
          const y = output[i]!;
          let picture = y;
          let epsilon = y;
          if (type === 'epsilon') picture = fround(fround(x - fround(lose * y)) / keep);
          else if (type === 'sample') epsilon = fround(fround(x - fround(keep * y)) / lose);
          else {
            picture = fround(fround(keep * x) - fround(lose * y));
            epsilon = fround(fround(keep * y) + fround(lose * x));
          }
          picture = picture < -range ? -range : picture > range ? range : picture;
          const mean = fround(fround(arrive * picture) + fround(direction * epsilon));
          out[i] = noise && eta > 0 ? mean + fround(spread * at(noise, i)) : mean;
        }
        return out;
      },
    };
  };
}
