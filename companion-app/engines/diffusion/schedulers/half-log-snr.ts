/** The clock of the exponential integrators: λ = log α − log σ, half the log of the signal-to-noise ratio. */
import { at } from './scheduler';

/** Parts of signal and noise at a noise level. */
export interface Mix {
  readonly alpha: number;
  readonly sigma: number;
  readonly lambda: number;
}

/**
 * Signal and noise at each level of a schedule.
 * @param flow true where σ is the part of noise in a straight line (α = 1 − σ); else the variance-exploding σ
 */
export function mixes(sigmas: readonly number[], flow: boolean): (index: number) => Mix {
  return (index) => {
    const level = at(sigmas, index);
    const alpha = flow ? 1 - level : 1 / Math.sqrt(level ** 2 + 1);
    const sigma = flow ? level : level * alpha;
    return { alpha, sigma, lambda: Math.log(alpha) - Math.log(sigma) };
  };
}
