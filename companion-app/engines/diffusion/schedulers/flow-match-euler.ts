/** Euler steps along the straight lines of flow matching. Source: diffusers FlowMatchEulerDiscreteScheduler. */
import { z } from 'zod';
import { packInvalid } from '../../../inference/packs';
import { readConfig, zOff, zTrainSteps } from './config';
import { at, blended, linspace, type PlanRun } from './scheduler';
import { levelRule } from './spacing';

const zFlowMatch = z.object({
  num_train_timesteps: zTrainSteps,
  shift: z.number().positive().default(1),
  use_dynamic_shifting: z.boolean().default(false),
  base_shift: z.number().nullable().default(0.5),
  max_shift: z.number().nullable().default(1.15),
  base_image_seq_len: z.number().nullable().default(256),
  max_image_seq_len: z.number().nullable().default(4096),
  invert_sigmas: z.boolean().default(false),
  shift_terminal: z.number().min(0).max(0.999).nullable().default(null),
  use_karras_sigmas: z.boolean().nullable().default(false),
  use_exponential_sigmas: z.boolean().nullable().default(false),
  use_beta_sigmas: zOff,
  // UniPC's and DPM++'s switch to what this scheduler always does.
  use_flow_sigmas: z.boolean().nullish(),
  stochastic_sampling: z.boolean().nullable().default(false),
  time_shift_type: z.enum(['exponential', 'linear']).default('exponential'),
});

const fround = Math.fround;

/** How precise the numbers of a schedule are: rounded to 32 bits after every operation, or kept. */
type Precision = (x: number) => number;
const kept: Precision = (x) => x;

/** The noise level moved towards more noise: shift·σ / (1 + (shift − 1)·σ). */
export function shifted(sigma: number, shift: number, precision: Precision = kept): number {
  const [by, less] = [precision(shift), precision(shift - 1)];
  return precision(precision(by * sigma) / precision(1 + precision(less * sigma)));
}

/** mu for a sequence of `tokens`: linear in its length, not clamped at the ends, as LTX-Video and Flux do. */
export function muOf(config: unknown, tokens: number): number {
  const options = readConfig(config, zFlowMatch);
  const [x0, x1] = [options.base_image_seq_len ?? 256, options.max_image_seq_len ?? 4096];
  const [y0, y1] = [options.base_shift ?? 0.5, options.max_shift ?? 1.15];
  const slope = (y1 - y0) / (x1 - x0);
  return slope * tokens + (y0 - slope * x0);
}

export function flowMatchEuler(config: unknown): PlanRun {
  const options = readConfig(config, zFlowMatch);
  const trainSteps = options.num_train_timesteps;
  const rule = levelRule(options);

  /** The scheduler's own levels are shifted when it is built and again when a run is planned. */
  const ownLevels = (steps: number): number[] => {
    const built = (sigma: number) =>
      options.use_dynamic_shifting ? fround(sigma) : shifted(fround(sigma), options.shift, fround);
    return linspace(built(1) * trainSteps, built(1 / trainSteps) * trainSteps, steps).map((t) => t / trainSteps);
  };

  const move = (sigma: number, mu: number | undefined, precision: Precision): number => {
    if (!options.use_dynamic_shifting) return shifted(sigma, options.shift, precision);
    if (mu === undefined) throw packInvalid('The scheduler shifts dynamically, but this pipeline gives it no length.');
    const weight = precision(options.time_shift_type === 'exponential' ? Math.exp(mu) : mu);
    return precision(weight / precision(weight + precision(precision(1 / sigma) - 1)));
  };

  return ({ steps, sigmas: given, mu }) => {
    // Levels that are given are 32-bit numbers, and so is all that is made of them.
    const precision = given ? fround : kept;
    let levels = (given?.map(fround) ?? ownLevels(steps)).map((sigma) => move(sigma, mu, precision));
    const terminal = options.shift_terminal;
    if (terminal !== null && terminal > 0) {
      const scale = precision(precision(1 - at(levels, levels.length - 1)) / (1 - terminal));
      // A single step from pure noise has nothing to stretch.
      if (scale > 0) levels = levels.map((sigma) => precision(1 - precision(precision(1 - sigma) / scale)));
    }
    if (rule) levels = rule(at(levels, 0), at(levels, levels.length - 1), steps);
    levels = levels.map(fround);
    if (options.invert_sigmas) levels = levels.map((sigma) => fround(1 - sigma));
    const sigmas = [...levels, options.invert_sigmas ? 1 : 0];
    const stochastic = options.stochastic_sampling === true;
    return {
      timesteps: levels.map((sigma) => fround(sigma * trainSteps)),
      sigmas,
      initNoiseSigma: 1,
      stochastic,
      mixAt: (index) => ({ signal: 1 - at(sigmas, index), noise: at(sigmas, index) }),
      scaleInput: (sample) => sample,
      step: (index, output, sample, noise) => {
        const [now, next] = [at(sigmas, index), at(sigmas, index + 1)];
        if (!stochastic) return blended(sample, 1, output, next - now);
        if (!noise) throw new RangeError('a stochastic step needs noise');
        // The clean estimate, brought to the next level by fresh noise.
        return blended(blended(sample, 1, output, -now), 1 - next, noise, next);
      },
    };
  };
}
