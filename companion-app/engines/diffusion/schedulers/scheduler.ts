/** What a scheduler is to a pipeline: the noise levels of one run, and one step along them. */

/** One run of a scheduler. Solvers with memory keep it here: steps are taken in order, and a run is used once. */
export interface Scheduler {
  /** What the network is told at each step; one number a step. */
  readonly timesteps: readonly number[];
  /** Noise levels, one more than steps; absent where the scheduler counts in alphas (DDIM). */
  readonly sigmas?: readonly number[];
  /** Cumulated alphas at the timesteps and after the last one; DDIM only. */
  readonly alphas?: { readonly atTimesteps: readonly number[]; readonly final: number };
  /** Standard deviation of the noise a run starts from. */
  readonly initNoiseSigma: number;
  /**
   * Parts of picture and noise in a sample before step `index`; after the last one at `index` = steps. A held picture is
   * brought to that level as signal · picture + noise · standard normal numbers.
   */
  mixAt(index: number): { readonly signal: number; readonly noise: number };
  /** The sample as the network takes it at step `index`; the same array where nothing changes. */
  scaleInput(sample: Float32Array, index: number): Float32Array;
  /**
   * The sample after step `index`, a new array of the same length.
   * @param noise standard normal numbers of the sample's length; needed only where `stochastic`
   */
  step(index: number, modelOutput: Float32Array, sample: Float32Array, noise?: Float32Array): Float32Array;
  /** True where each step wants fresh noise. */
  readonly stochastic: boolean;
}

/** What a run asks of its scheduler. */
export interface ScheduleRequest {
  readonly steps: number;
  /** Noise levels given by the pipeline instead of the scheduler's own; flow matching only. */
  readonly sigmas?: readonly number[];
  /** Shift of the noise levels by the length of the sequence (dynamic shifting). */
  readonly mu?: number;
  /** Amount of noise put back at each step of DDIM, 0 to 1. */
  readonly eta?: number;
  /** Version of diffusers whose rules to follow, where they changed; else the one the config names. */
  readonly diffusersVersion?: string;
}

/** A scheduler for a run whose configuration was read. */
export type PlanRun = (request: ScheduleRequest) => Scheduler;

/** `count` numbers from `start` to `end`, both included; only `start` for one. */
export function linspace(start: number, end: number, count: number): number[] {
  const step = count > 1 ? (end - start) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => (i === count - 1 && count > 1 ? end : start + i * step));
}

/** The number at `index`; schedules are never asked beyond their ends. */
export function at(values: ArrayLike<number>, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no value at ${index} of ${values.length}`);
  return value;
}

/** a·x + b·y, number by number, in double precision, rounded once. */
export function blended(x: Float32Array, a: number, y: Float32Array, b: number): Float32Array {
  if (x.length !== y.length) throw new RangeError(`arrays of ${x.length} and ${y.length} numbers`);
  const out = new Float32Array(x.length);
  for (let i = 0; i < out.length; i++) out[i] = a * x[i]! + b * y[i]!;
  return out;
}
