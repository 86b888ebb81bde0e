/**
 * Noise levels of training. Stored as 32-bit floats at every stage, as diffusers does, so that what follows from them agrees.
 * Source: diffusers schedulers (DDIM, Euler, DPM++), "Common Diffusion Noise Schedules and Sample Steps are Flawed" (zero SNR).
 */
import type { BetaOptions } from './config';
import { at } from './scheduler';

const fround = Math.fround;

/** `count` numbers from `start` to `end` as PyTorch spreads them in 32 bits: a rounded stride, counted from the nearer end. */
function spread(start: number, end: number, count: number): number[] {
  const [low, high] = [fround(start), fround(end)];
  const stride = fround(fround(high - low) / (count - 1));
  return Array.from({ length: count }, (_, i) =>
    fround(i < Math.floor(count / 2) ? low + stride * i : high - stride * (count - 1 - i)),
  );
}

function betas(options: BetaOptions): number[] {
  const { beta_start: start, beta_end: end, num_train_timesteps: count } = options;
  if (options.trained_betas) return options.trained_betas.map(fround);
  if (options.beta_schedule === 'linear') return spread(start, end, count);
  if (options.beta_schedule === 'scaled_linear') {
    return spread(Math.sqrt(start), Math.sqrt(end), count).map((root) => fround(root ** 2));
  }
  const bar = (t: number) => Math.cos((((t + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  return Array.from({ length: count }, (_, i) => fround(Math.min(1 - bar((i + 1) / count) / bar(i / count), 0.999)));
}

function cumulated(values: readonly number[]): number[] {
  let product = 1;
  return values.map((beta) => fround((product *= fround(1 - beta))));
}

/** The betas moved so that the last step is pure noise. */
function zeroSnr(values: readonly number[]): number[] {
  const roots = cumulated(values).map((alpha) => fround(Math.sqrt(alpha)));
  const [first, last] = [at(roots, 0), at(roots, roots.length - 1)];
  const gain = fround(first / fround(first - last));
  const bars = roots.map((root) => fround(fround(fround(root - last) * gain) ** 2));
  return bars.map((bar, i) => fround(1 - (i === 0 ? bar : fround(bar / at(bars, i - 1)))));
}

/** Cumulated products of 1 − β, one a training step. */
export function alphasCumprod(options: BetaOptions, rescaleZeroSnr = false): number[] {
  const plain = betas(options);
  return cumulated(rescaleZeroSnr ? zeroSnr(plain) : plain);
}

/** σ = √((1 − ᾱ)/ᾱ) at every training step, rising. */
export function trainSigmas(alphas: readonly number[]): number[] {
  return alphas.map((alpha) => fround(Math.sqrt(fround(fround(1 - alpha) / alpha))));
}
