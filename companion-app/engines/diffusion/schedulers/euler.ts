/** Euler steps on the noise levels of Karras et al. 2022, Algorithm 2 without churn. Source: diffusers EulerDiscreteScheduler. */
import { z } from 'zod';
import { alphasCumprod, trainSigmas } from './betas';
import { betaOptions, readConfig, zOff, zSpacing } from './config';
import { at, linspace, type PlanRun } from './scheduler';
import { interpolate, levelRule, sigmaToTimestep, spacedTimesteps } from './spacing';

const zEuler = z.object({
  ...betaOptions,
  prediction_type: z.enum(['epsilon', 'v_prediction', 'sample']).default('epsilon'),
  interpolation_type: z.enum(['linear', 'log_linear']).default('linear'),
  use_karras_sigmas: z.boolean().nullable().default(false),
  use_exponential_sigmas: z.boolean().nullable().default(false),
  use_beta_sigmas: zOff,
  sigma_min: z.number().positive().nullish(),
  sigma_max: z.number().positive().nullish(),
  timestep_spacing: zSpacing.default('linspace'),
  timestep_type: z.enum(['discrete', 'continuous']).default('discrete'),
  steps_offset: z.number().int().min(0).default(0),
  rescale_betas_zero_snr: z.boolean().default(false),
  final_sigmas_type: z.enum(['zero', 'sigma_min']).default('zero'),
});

/** ᾱ of the last training step where it would be zero: its σ would be infinite. */
const LEAST_ALPHA = 2 ** -24;

const fround = Math.fround;

export function eulerDiscrete(config: unknown): PlanRun {
  const options = readConfig(config, zEuler);
  const alphas = alphasCumprod(options, options.rescale_betas_zero_snr);
  if (options.rescale_betas_zero_snr) alphas[alphas.length - 1] = LEAST_ALPHA;
  const trained = trainSigmas(alphas);
  const logs = trained.map((sigma) => Math.fround(Math.log(sigma)));
  const denoise = { epsilon: fromNoise, v_prediction: fromVelocity, sample: fromPicture }[options.prediction_type];
  const evenLogs = options.interpolation_type === 'log_linear';
  const rule = levelRule(options);

  return ({ steps }) => {
    const { timestep_spacing: spacing, num_train_timesteps: trainSteps } = options;
    let timesteps = spacedTimesteps(spacing, trainSteps, steps, options.steps_offset, false);
    // Even logarithms come with one level more, at which a run of them ends: its last step leaves the least noise of training.
    let levels = evenLogs
      ? linspace(at(logs, logs.length - 1), at(logs, 0), steps + 1).map((log) => Math.exp(log))
      : timesteps.map((t) => interpolate(trained, t));
    if (rule) {
      const [max, min] = [at(levels, 0), at(levels, levels.length - 1)];
      levels = rule(options.sigma_max ?? max, options.sigma_min ?? min, steps);
      timesteps = levels.map((sigma) => sigmaToTimestep(sigma, logs));
    }
    const last = options.final_sigmas_type === 'zero' ? 0 : at(trained, 0);
    const sigmas = [...levels, last].map(fround);
    if (options.timestep_type === 'continuous' && options.prediction_type === 'v_prediction') {
      timesteps = sigmas.slice(0, -1).map((sigma) => 0.25 * fround(Math.log(sigma)));
    }
    const largest = Math.max(...sigmas);
    return {
      timesteps: timesteps.map(fround),
      sigmas,
      initNoiseSigma: spacing === 'leading' ? rootPlusOne(largest) : largest,
      stochastic: false,
      mixAt: (index) => ({ signal: 1, noise: at(sigmas, index) }),
      scaleInput: (sample, index) => {
        const divisor = rootPlusOne(at(sigmas, index));
        const out = new Float32Array(sample.length);
        for (let i = 0; i < out.length; i++) out[i] = sample[i]! / divisor;
        return out;
      },
      step: (index, output, sample) => {
        const sigma = at(sigmas, index);
        const dt = fround(at(sigmas, index + 1) - sigma);
        const clean = denoise(sigma);
        const out = new Float32Array(sample.length);
        // In 32 bits at every operation, as the models' own code: from hundreds of noise to none, what is lost shows.
        for (let i = 0; i < out.length; i++) {
          const x = sample[i]!;
          const slope = fround(fround(x - clean(x, output[i]!)) / sigma);
          out[i] = x + fround(slope * dt);
        }
        return out;
      },
    };
  };
}

/** √(σ² + 1) in 32 bits. */
const rootPlusOne = (sigma: number): number => fround(Math.sqrt(fround(fround(sigma ** 2) + 1)));

/** The clean estimate at a level, from a number of the sample and one of the network's output. */
type Denoise = (sigma: number) => (x: number, y: number) => number;
const fromNoise: Denoise = (sigma) => (x, y) => fround(x - fround(sigma * y));
const fromPicture: Denoise = () => (_, y) => y;
const fromVelocity: Denoise = (sigma) => {
  const gain = fround(-sigma / rootPlusOne(sigma));
  const divisor = fround(fround(sigma ** 2) + 1);
  return (x, y) => fround(fround(y * gain) + fround(x / divisor));
};
