/** Euler steps on the noise levels of Karras et al. 2022, Algorithm 2 without churn. Source: diffusers EulerDiscreteScheduler. */
import { z } from 'zod';
import { alphasCumprod, trainSigmas } from './betas';
import { betaOptions, readConfig, zOff, zSpacing } from './config';
import { at, blended, linspace, type PlanRun } from './scheduler';
import { interpolate, karrasSigmas, sigmaToTimestep, spacedTimesteps } from './spacing';

const zEuler = z.object({
  ...betaOptions,
  prediction_type: z.enum(['epsilon', 'v_prediction', 'sample']).default('epsilon'),
  interpolation_type: z.enum(['linear', 'log_linear']).default('linear'),
  use_karras_sigmas: z.boolean().nullable().default(false),
  use_exponential_sigmas: zOff,
  use_beta_sigmas: zOff,
  sigma_min: z.number().positive().nullish(),
  sigma_max: z.number().positive().nullish(),
  timestep_spacing: zSpacing.default('linspace'),
  timestep_type: z.enum(['discrete', 'continuous']).default('discrete'),
  steps_offset: z.number().int().min(0).default(0),
  rescale_betas_zero_snr: z.boolean().default(false),
  final_sigmas_type: z.enum(['zero', 'sigma_min']).default('zero'),
});

/** Carried along from the configurations of other schedulers. */
const INERT = ['clip_sample', 'clip_sample_range', 'set_alpha_to_one', 'skip_prk_steps', 'sample_max_value'];

/** ᾱ of the last training step where it would be zero: its σ would be infinite. */
const LEAST_ALPHA = 2 ** -24;

export function eulerDiscrete(config: unknown): PlanRun {
  const options = readConfig(config, zEuler, INERT);
  const alphas = alphasCumprod(options, options.rescale_betas_zero_snr);
  if (options.rescale_betas_zero_snr) alphas[alphas.length - 1] = LEAST_ALPHA;
  const trained = trainSigmas(alphas);
  const logs = trained.map((sigma) => Math.fround(Math.log(sigma)));
  const denoise = { epsilon: fromNoise, v_prediction: fromVelocity, sample: fromPicture }[options.prediction_type];

  return ({ steps }) => {
    const { timestep_spacing: spacing, num_train_timesteps: trainSteps } = options;
    let timesteps = spacedTimesteps(spacing, trainSteps, steps, options.steps_offset, false);
    let levels =
      options.interpolation_type === 'linear'
        ? timesteps.map((t) => interpolate(trained, t))
        : linspace(at(logs, logs.length - 1), at(logs, 0), steps + 1).map((log) => Math.exp(log));
    if (options.use_karras_sigmas === true) {
      const [max, min] = [at(levels, 0), at(levels, levels.length - 1)];
      levels = karrasSigmas(options.sigma_max ?? max, options.sigma_min ?? min, steps);
      timesteps = levels.map((sigma) => sigmaToTimestep(sigma, logs));
    }
    levels = levels.slice(0, steps);
    const last = options.final_sigmas_type === 'zero' ? 0 : at(trained, 0);
    const sigmas = [...levels, last].map(Math.fround);
    if (options.timestep_type === 'continuous' && options.prediction_type === 'v_prediction') {
      timesteps = levels.map((sigma) => 0.25 * Math.log(sigma));
    }
    const largest = Math.max(...sigmas);
    return {
      timesteps: timesteps.map(Math.fround),
      sigmas,
      initNoiseSigma: spacing === 'leading' ? Math.sqrt(largest ** 2 + 1) : largest,
      stochastic: false,
      mixAt: (index) => ({ signal: 1, noise: at(sigmas, index) }),
      scaleInput: (sample, index) => {
        const divisor = Math.sqrt(at(sigmas, index) ** 2 + 1);
        const out = new Float32Array(sample.length);
        for (let i = 0; i < out.length; i++) out[i] = sample[i]! / divisor;
        return out;
      },
      step: (index, output, sample) => {
        const sigma = at(sigmas, index);
        const dt = at(sigmas, index + 1) - sigma;
        // Both the clean estimate and the step towards it are linear in the sample and the output.
        const [fromSample, fromOutput] = denoise(sigma);
        return blended(sample, 1 + ((1 - fromSample) / sigma) * dt, output, (-fromOutput / sigma) * dt);
      },
    };
  };
}

/** The clean estimate's parts of the sample and of the network's output. */
type Denoise = (sigma: number) => readonly [sample: number, output: number];
const fromNoise: Denoise = (sigma) => [1, -sigma];
const fromPicture: Denoise = () => [0, 1];
const fromVelocity: Denoise = (sigma) => [1 / (sigma ** 2 + 1), -sigma / Math.sqrt(sigma ** 2 + 1)];
