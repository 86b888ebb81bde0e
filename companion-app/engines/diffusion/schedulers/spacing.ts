/** Which training steps a run of few steps visits, and how noise levels translate into them. */
import { packInvalid } from '../../../inference/packs';
import type { Spacing } from './config';
import { at, linspace } from './scheduler';

/** Rounds halves to even, as NumPy does. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** The numbers from `from` downwards by `step` while above zero. */
function downwards(from: number, step: number): number[] {
  return Array.from({ length: Math.ceil(from / step) }, (_, i) => from - i * step);
}

/**
 * Training steps visited by a run, falling.
 * @param round whole steps in `linspace` too (DDIM); Euler keeps the parts
 */
export function spacedTimesteps(
  spacing: Spacing,
  trainSteps: number,
  steps: number,
  offset: number,
  round: boolean,
): number[] {
  if (steps > trainSteps) {
    throw packInvalid(`${steps} steps are more than the ${trainSteps} this scheduler was trained with.`);
  }
  const spaced = (): number[] => {
    if (spacing === 'linspace') {
      const even = linspace(0, trainSteps - 1, steps).reverse();
      return round ? even.map(roundHalfEven) : even;
    }
    if (spacing === 'leading') {
      const ratio = Math.floor(trainSteps / steps);
      return Array.from({ length: steps }, (_, i) => (steps - 1 - i) * ratio + offset);
    }
    return downwards(trainSteps, trainSteps / steps)
      .slice(0, steps)
      .map((t) => roundHalfEven(t) - 1);
  };
  const timesteps = spaced();
  if (Math.max(...timesteps) >= trainSteps) {
    throw packInvalid(`${steps} steps with an offset of ${offset} go beyond the ${trainSteps} of training.`);
  }
  return timesteps;
}

/** Linear interpolation in `values` at a position between its indices. */
export function interpolate(values: readonly number[], position: number): number {
  const low = Math.min(Math.max(Math.floor(position), 0), values.length - 1);
  const high = Math.min(low + 1, values.length - 1);
  return at(values, low) + (at(values, high) - at(values, low)) * (position - low);
}

/** The noise levels of Karras et al. 2022 (ρ = 7), from `max` down to `min`. */
export function karrasSigmas(max: number, min: number, steps: number): number[] {
  const rho = 7;
  const [high, low] = [max ** (1 / rho), min ** (1 / rho)];
  return linspace(0, 1, steps).map((part) => (high + part * (low - high)) ** rho);
}

/** Noise levels whose logarithms are evenly spread, from `max` down to `min`. */
function exponentialSigmas(max: number, min: number, steps: number): number[] {
  return linspace(Math.log(max), Math.log(min), steps).map(Math.exp);
}

export interface LevelRule {
  readonly use_karras_sigmas: boolean | null;
  readonly use_exponential_sigmas: boolean | null;
}

/** How noise levels are spread from the greatest to the least; undefined where the scheduler's own stay. Throws where both are asked for. */
export function levelRule({ use_karras_sigmas: karras, use_exponential_sigmas: exponential }: LevelRule) {
  if (karras === true && exponential === true) {
    throw packInvalid('scheduler_config.json: "use_karras_sigmas" and "use_exponential_sigmas" cannot both be on.');
  }
  if (karras) return karrasSigmas;
  return exponential ? exponentialSigmas : undefined;
}

/** Position between training steps whose log σ is that of `sigma`; `logSigmas` rises. */
export function sigmaToTimestep(sigma: number, logSigmas: readonly number[]): number {
  const wanted = Math.log(Math.max(sigma, 1e-10));
  let low = 0;
  logSigmas.forEach((known, i) => {
    if (wanted >= known) low = i;
  });
  low = Math.min(low, logSigmas.length - 2);
  const [a, b] = [at(logSigmas, low), at(logSigmas, low + 1)];
  const part = Math.min(Math.max((a - wanted) / (a - b), 0), 1);
  return low + part;
}
