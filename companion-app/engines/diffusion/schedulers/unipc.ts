/** UniPC (Zhao et al. 2023), a predictor-corrector, on flow matching's noise levels. Source: diffusers UniPCMultistepScheduler. */
import { z } from 'zod';
import { betaOptions, readConfig, writtenBy, zOff, zUnset } from './config';
import { shifted } from './flow-match-euler';
import { mixes, type Mix } from './half-log-snr';
import { at, blended, linspace, type PlanRun } from './scheduler';
import { solve } from './solve';

const zUniPc = z.object({
  ...betaOptions,
  solver_order: z.number().int().min(1).max(3).default(2),
  prediction_type: z.literal('flow_prediction'),
  thresholding: zOff,
  predict_x0: z.literal(true).default(true),
  // Names of other solvers' types, left from them, stand for the usual one.
  solver_type: z
    .enum(['bh1', 'bh2', 'midpoint', 'heun', 'logrho'])
    .transform((type) => (type === 'bh1' ? type : 'bh2'))
    .default('bh2'),
  lower_order_final: z.boolean().default(true),
  disable_corrector: z.array(z.number().int()).default([]),
  solver_p: zUnset,
  use_karras_sigmas: zOff,
  use_exponential_sigmas: zOff,
  use_beta_sigmas: zOff,
  use_flow_sigmas: z.literal(true),
  use_dynamic_shifting: zOff,
  shift_terminal: zUnset,
  flow_shift: z.number().positive().default(1),
  final_sigmas_type: z.enum(['zero', 'sigma_min']).default('zero'),
});

/** diffusers changed how flow levels are spread in this version. */
const NEW_RULE = [0, 37] as const;

function hasNewRule(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > NEW_RULE[0] || (major === NEW_RULE[0] && minor >= NEW_RULE[1]);
}

/** Levels without the last one. The first would have an infinite λ: the new rule lowers it a little. */
function flowLevels(steps: number, trainSteps: number, shift: number, newRule: boolean): number[] {
  if (!newRule) {
    const rising = linspace(1, 1 / trainSteps, steps + 1).map((alpha) => shifted(1 - alpha, shift));
    return rising.reverse().slice(0, -1);
  }
  const levels = linspace(1, 1 / trainSteps, steps + 1)
    .slice(0, -1)
    .map((sigma) => shifted(sigma, shift));
  return levels.map((sigma, i) => (i === 0 && Math.abs(sigma - 1) < 1e-6 ? sigma - 1e-6 : sigma));
}

export function uniPc(config: unknown): PlanRun {
  const options = readConfig(config, zUniPc);
  return ({ steps, diffusersVersion }) => {
    const trainSteps = options.num_train_timesteps;
    const newRule = hasNewRule(diffusersVersion ?? writtenBy(config));
    const levels = flowLevels(steps, trainSteps, options.flow_shift, newRule);
    const last = options.final_sigmas_type === 'zero' ? 0 : at(levels, steps - 1);
    const sigmas = [...levels, last].map(Math.fround);
    const mix = mixes(sigmas, true);
    /** Pictures predicted so far, newest first. */
    let predicted: Float32Array[] = [];
    let before: { sample: Float32Array; order: number } | undefined;

    const advance = (from: number, order: number, sample: Float32Array, newest?: Float32Array): Float32Array => {
      const [now, next] = [mix(from), mix(from + 1)];
      const earlier = Array.from({ length: order - 1 }, (_, i) => mix(from - 1 - i));
      return update(now, next, earlier, predicted, sample, options.solver_type, newest);
    };

    return {
      timesteps: levels.map((sigma) => Math.trunc(sigma * trainSteps)),
      sigmas,
      initNoiseSigma: 1,
      stochastic: false,
      mixAt: (index) => ({ signal: mix(index).alpha, noise: mix(index).sigma }),
      scaleInput: (sample) => sample,
      step: (index, output, sample) => {
        const sigma = at(sigmas, index);
        const picture = blended(sample, 1, output, -sigma);
        const corrects = before !== undefined && !options.disable_corrector.includes(index - 1);
        const start = corrects && before ? advance(index - 1, before.order, before.sample, picture) : sample;
        const remembered = predicted.length;
        predicted = [picture, ...predicted].slice(0, options.solver_order);
        const left = options.lower_order_final ? steps - index : options.solver_order;
        const order = Math.min(options.solver_order, left, remembered + 1);
        before = { sample: start, order };
        return advance(index, order, start);
      },
    };
  };
}

/**
 * From one level to the next; with the picture found at the next one (`newest`) it is the corrector, without it the predictor.
 * @param earlier levels before `now`, newest first; as many as the order needs
 * @param pictures those predicted at `now` and before, newest first
 */
function update(
  now: Mix,
  next: Mix,
  earlier: readonly Mix[],
  pictures: readonly Float32Array[],
  sample: Float32Array,
  type: 'bh1' | 'bh2',
  newest?: Float32Array,
): Float32Array {
  const h = next.lambda - now.lambda;
  const phi = Math.expm1(-h);
  const b = type === 'bh1' ? -h : phi;
  const ratios = earlier.map((level) => (level.lambda - now.lambda) / h);
  const weights = newest ? correctorWeights([...ratios, 1], -h, b) : predictorWeights(ratios, -h, b);
  const base = pictures[0];
  if (!base) throw new RangeError('no picture was predicted yet');
  const others: [Float32Array, number][] = earlier.map((_, i) => {
    const picture = pictures[i + 1];
    if (!picture) throw new RangeError('the solver has no picture that far back');
    return [picture, at(weights, i) / at(ratios, i)];
  });
  if (newest) others.push([newest, at(weights, ratios.length)]);
  const out = new Float32Array(sample.length);
  const keep = next.sigma / now.sigma;
  const gain = next.alpha * phi;
  // At the end of a schedule h is infinite and nothing bends: infinity times nothing must not become NaN.
  const curve = others.length === 0 ? 0 : next.alpha * b;
  for (let i = 0; i < out.length; i++) out[i] = keep * sample[i]! - gain * base[i]!;
  for (const [picture, weight] of others) {
    const share = curve * weight;
    for (let i = 0; i < out.length; i++) out[i]! -= share * (picture[i]! - base[i]!);
  }
  return out;
}

function predictorWeights(ratios: readonly number[], hh: number, b: number): readonly number[] {
  if (ratios.length === 0) return [];
  return ratios.length === 1 ? [0.5] : conditions(ratios, hh, b);
}

function correctorWeights(ratios: readonly number[], hh: number, b: number): readonly number[] {
  return ratios.length === 1 ? [0.5] : conditions(ratios, hh, b);
}

/** The order conditions: Σ weight·ratio^(k−1) = φ_k·k!/B for k = 1… */
function conditions(ratios: readonly number[], hh: number, b: number): readonly number[] {
  let phi = Math.expm1(hh) / hh - 1;
  let factorial = 1;
  const right: number[] = [];
  ratios.forEach((_, i) => {
    right.push((phi * factorial) / b);
    factorial *= i + 2;
    phi = phi / hh - 1 / factorial;
  });
  return solve(
    ratios.map((_, power) => ratios.map((ratio) => ratio ** power)),
    right,
  );
}
