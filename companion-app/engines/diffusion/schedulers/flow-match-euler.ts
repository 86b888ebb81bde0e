/** Euler steps along the straight lines of flow matching. Source: diffusers FlowMatchEulerDiscreteScheduler. */
import { z } from 'zod';
import { packInvalid } from '../../../inference/packs';
import { readConfig, zOff, zTrainSteps } from './config';
import { at, blended, linspace, type PlanRun } from './scheduler';

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
  use_karras_sigmas: zOff,
  use_exponential_sigmas: zOff,
  use_beta_sigmas: zOff,
  stochastic_sampling: zOff,
  time_shift_type: z.enum(['exponential', 'linear']).default('exponential'),
});

/** The noise level moved towards more noise: shift·σ / (1 + (shift − 1)·σ). */
export function shifted(sigma: number, shift: number): number {
  return (shift * sigma) / (1 + (shift - 1) * sigma);
}

/** mu for a sequence of `tokens`: linear in its length, not clamped at the ends, as LTX-Video and Flux do. */
export function muOf(config: unknown, tokens: number): number {
  const options = readConfig(config, zFlowMatch, []);
  const [x0, x1] = [options.base_image_seq_len ?? 256, options.max_image_seq_len ?? 4096];
  const [y0, y1] = [options.base_shift ?? 0.5, options.max_shift ?? 1.15];
  const slope = (y1 - y0) / (x1 - x0);
  return slope * tokens + (y0 - slope * x0);
}

export function flowMatchEuler(config: unknown): PlanRun {
  const options = readConfig(config, zFlowMatch, []);
  const trainSteps = options.num_train_timesteps;

  /** The scheduler's own levels are shifted when it is built and again when a run is planned. */
  const ownLevels = (steps: number): number[] => {
    const built = (sigma: number) =>
      Math.fround(options.use_dynamic_shifting ? sigma : shifted(Math.fround(sigma), options.shift));
    return linspace(built(1) * trainSteps, built(1 / trainSteps) * trainSteps, steps).map((t) => t / trainSteps);
  };

  const move = (sigma: number, mu: number | undefined): number => {
    if (!options.use_dynamic_shifting) return shifted(sigma, options.shift);
    if (mu === undefined) throw packInvalid('The scheduler shifts dynamically, but this pipeline gives it no length.');
    const weight = options.time_shift_type === 'exponential' ? Math.exp(mu) : mu;
    return weight / (weight + (1 / sigma - 1));
  };

  return ({ steps, sigmas: given, mu }) => {
    const start = given ? given.map(Math.fround) : ownLevels(steps);
    let levels = start.map((sigma) => move(sigma, mu));
    const terminal = options.shift_terminal;
    if (terminal !== null && terminal > 0) {
      const scale = (1 - at(levels, levels.length - 1)) / (1 - terminal);
      // A single step from pure noise has nothing to stretch.
      if (scale > 0) levels = levels.map((sigma) => 1 - (1 - sigma) / scale);
    }
    levels = levels.map(Math.fround);
    if (options.invert_sigmas) levels = levels.map((sigma) => Math.fround(1 - sigma));
    const sigmas = [...levels, options.invert_sigmas ? 1 : 0];
    return {
      timesteps: levels.map((sigma) => Math.fround(sigma * trainSteps)),
      sigmas,
      initNoiseSigma: 1,
      stochastic: false,
      mixAt: (index) => ({ signal: 1 - at(sigmas, index), noise: at(sigmas, index) }),
      scaleInput: (sample) => sample,
      step: (index, output, sample) => {
        const dt = at(sigmas, index + 1) - at(sigmas, index);
        return blended(sample, 1, output, dt);
      },
    };
  };
}
