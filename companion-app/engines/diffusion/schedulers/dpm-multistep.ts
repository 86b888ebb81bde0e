/** DPM-Solver++ (Lu et al. 2022), multistep, first and second order. Source: diffusers DPMSolverMultistepScheduler. */
import { z } from 'zod';
import { packInvalid } from '../../../inference/packs';
import { alphasCumprod, trainSigmas } from './betas';
import { betaOptions, readConfig, zOff, zSpacing, zUnset } from './config';
import { shifted } from './flow-match-euler';
import { mixes, type Mix } from './half-log-snr';
import { at, blended, linspace, type PlanRun } from './scheduler';
import { interpolate, karrasSigmas, roundHalfEven, sigmaToTimestep, spacedTimesteps } from './spacing';

const zDpm = z.object({
  ...betaOptions,
  solver_order: z.number().int().min(1).max(2).default(2),
  prediction_type: z.enum(['epsilon', 'v_prediction', 'sample', 'flow_prediction']).default('epsilon'),
  thresholding: zOff,
  algorithm_type: z.literal('dpmsolver++').default('dpmsolver++'),
  // Names of other solvers' types, left from them, stand for the usual one.
  solver_type: z
    .enum(['midpoint', 'heun', 'logrho', 'bh1', 'bh2'])
    .transform((type) => (type === 'heun' ? type : 'midpoint'))
    .default('midpoint'),
  lower_order_final: z.boolean().default(true),
  euler_at_final: z.boolean().default(false),
  use_karras_sigmas: z.boolean().nullable().default(false),
  use_exponential_sigmas: zOff,
  use_beta_sigmas: zOff,
  use_lu_lambdas: zOff,
  use_flow_sigmas: z.boolean().nullable().default(false),
  use_dynamic_shifting: zOff,
  flow_shift: z.number().positive().nullable().default(1),
  final_sigmas_type: z.enum(['zero', 'sigma_min']).default('zero'),
  variance_type: zUnset,
  timestep_spacing: zSpacing.default('linspace'),
  steps_offset: z.number().int().min(0).default(0),
  rescale_betas_zero_snr: zOff,
  lambda_min_clipped: z.union([z.null(), z.literal('-Infinity'), z.number().max(-1e6)]).optional(),
});

/** Below so many steps the last ones fall back to lower order. */
const FEW_STEPS = 15;

type Options = z.output<typeof zDpm>;

export function dpmMultistep(config: unknown): PlanRun {
  const options = readConfig(config, zDpm);
  const flow = options.use_flow_sigmas === true;
  if (flow !== (options.prediction_type === 'flow_prediction')) {
    throw packInvalid(
      'scheduler_config.json: flow sigmas and flow prediction go together, but only one of them is set.',
    );
  }
  return ({ steps }) => {
    const { timesteps, sigmas } = flow ? flowSchedule(options, steps) : betaSchedule(options, steps);
    const mix = mixes(sigmas, flow);
    let previous: Float32Array | undefined;
    return {
      timesteps,
      sigmas,
      initNoiseSigma: 1,
      stochastic: false,
      mixAt: (index) => ({ signal: mix(index).alpha, noise: mix(index).sigma }),
      scaleInput: (sample) => sample,
      step: (index, output, sample) => {
        const [now, next] = [mix(index), mix(index + 1)];
        const [fromSample, fromOutput] = pictureParts(options.prediction_type, now);
        const picture = blended(sample, fromSample, output, fromOutput);
        const last = index === steps - 1;
        const { euler_at_final: euler, lower_order_final: lower, final_sigmas_type: end } = options;
        const plain = options.solver_order === 1 || (last && (euler || (lower && steps < FEW_STEPS) || end === 'zero'));
        const h = next.lambda - now.lambda;
        const gain = next.alpha * Math.expm1(-h);
        const older = plain ? undefined : previous;
        previous = picture;
        const straight = blended(sample, next.sigma / now.sigma, picture, -gain);
        if (!older) return straight;
        const ratio = (now.lambda - mix(index - 1).lambda) / h;
        const curve = options.solver_type === 'midpoint' ? -0.5 * gain : next.alpha * (Math.expm1(-h) / h + 1);
        const bend = blended(picture, 1 / ratio, older, -1 / ratio);
        return blended(straight, 1, bend, curve);
      },
    };
  };
}

/** The clean estimate's parts of the sample and of the network's output. */
function pictureParts(type: Options['prediction_type'], { alpha, sigma }: Mix): readonly [number, number] {
  if (type === 'epsilon') return [1 / alpha, -sigma / alpha];
  if (type === 'v_prediction') return [alpha, -sigma];
  return type === 'sample' ? [0, 1] : [1, -sigma];
}

function flowSchedule(options: Options, steps: number): { timesteps: number[]; sigmas: number[] } {
  const { num_train_timesteps: trainSteps, flow_shift: shift } = options;
  const rising = linspace(1, 1 / trainSteps, steps + 1).map((alpha) => shifted(1 - alpha, shift ?? 1));
  const levels = rising.reverse().slice(0, -1);
  const last = options.final_sigmas_type === 'zero' ? 0 : at(trainSigmas(alphasCumprod(options)), 0);
  return {
    timesteps: levels.map((sigma) => Math.trunc(sigma * trainSteps)),
    sigmas: [...levels, last].map(Math.fround),
  };
}

function betaSchedule(options: Options, steps: number): { timesteps: number[]; sigmas: number[] } {
  const { num_train_timesteps: trainSteps, timestep_spacing: spacing, steps_offset: offset } = options;
  const trained = trainSigmas(alphasCumprod(options));
  const last = options.final_sigmas_type === 'zero' ? 0 : at(trained, 0);
  if (options.use_karras_sigmas === true) {
    const levels = karrasSigmas(at(trained, trained.length - 1), at(trained, 0), steps);
    const logs = trained.map((sigma) => Math.log(sigma));
    const places = levels.map((sigma) => sigmaToTimestep(sigma, logs));
    const whole = options.beta_schedule === 'squaredcos_cap_v2' ? places : places.map(roundHalfEven);
    return { timesteps: whole.map(Math.trunc), sigmas: [...levels, last].map(Math.fround) };
  }
  // One step more is spread over training and the last one, at no noise, dropped; trailing never reaches it.
  const spread = spacing === 'trailing' ? steps : steps + 1;
  const timesteps = spacedTimesteps(spacing, trainSteps, spread, offset, true).slice(0, steps);
  return { timesteps, sigmas: [...timesteps.map((t) => interpolate(trained, t)), last].map(Math.fround) };
}
