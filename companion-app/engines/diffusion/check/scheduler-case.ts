/** Runs a scheduler against reference numbers: its schedule, each step by itself, and a run of its own. */
import { z } from 'zod';
import { createScheduler, type Scheduler } from '../schedulers';
import { compare, compareRelative, sizeOf, type Comparison } from './comparison';

const zNumbers = z.array(z.number());

const zStep = z.object({
  t: z.number(),
  model_output: zNumbers,
  prev_sample: zNumbers,
  scaled_input: zNumbers.optional(),
  variance_noise: zNumbers.optional(),
});

const zRun = z.object({
  num_inference_steps: z.number().int(),
  set_timesteps: z.object({ sigmas: zNumbers.optional(), mu: z.number().optional() }),
  model_params: z.record(z.string(), z.number()),
  timesteps: zNumbers,
  sigmas: zNumbers.nullable(),
  alphas_cumprod_at_timesteps: zNumbers.optional(),
  final_alpha_cumprod: z.number().optional(),
  init_noise_sigma: z.number().nullable(),
  initial_sample: zNumbers,
  step_kwargs: z.object({ eta: z.number().optional() }).optional(),
  steps: z.array(zStep),
});
type Run = z.output<typeof zRun>;

/** A file of reference numbers for one scheduler configuration. */
export const zSchedulerCase = z.object({
  format: z.literal('scheduler-golden/1'),
  diffusers_version: z.string(),
  scheduler_config: z.record(z.string(), z.unknown()),
  runs: z.array(zRun),
});
export type SchedulerCase = z.output<typeof zSchedulerCase>;

/** Limits in parts of the values' size; the steps of DDIM that start from (almost) pure noise take roots of rounding errors. */
const STEP = 2e-6;
const TRAJECTORY = 1e-5;
const ROOT_OF_ROUNDING = 5e-4;
const ALMOST_NOISE = 1e-6;
/** Of timesteps that are ¼·ln σ: a quarter of what a σ from betas may differ, which near σ = 1 is much of the logarithm itself. */
const LOG_OF_ROUNDING = 7.5e-7;
/** Of levels that are 1 − (1 − σ)/s in 32 bits: versions of NumPy round s differently. */
export const STRETCHED = 2 ** -23;

/** All comparisons of a case, named by run. */
export function checkScheduler(reference: SchedulerCase): Comparison[] {
  return reference.runs.flatMap((run) => checkRun(reference, run));
}

function checkRun(reference: SchedulerCase, run: Run): Comparison[] {
  const { scheduler_config: config } = reference;
  const eta = run.step_kwargs?.eta;
  const start = (): Scheduler =>
    createScheduler(config, {
      steps: run.num_inference_steps,
      diffusersVersion: reference.diffusers_version,
      ...(run.set_timesteps.sigmas ? { sigmas: run.set_timesteps.sigmas } : {}),
      ...(run.set_timesteps.mu === undefined ? {} : { mu: run.set_timesteps.mu }),
      ...(eta === undefined ? {} : { eta }),
    });
  const label = `${run.num_inference_steps} steps`;
  const noisy = config['rescale_betas_zero_snr'] === true || (run.alphas_cumprod_at_timesteps?.[0] ?? 1) < ALMOST_NOISE;
  const rough = (eta ?? 0) > 0 && noisy;
  return [
    ...checkSchedule(label, config, start(), run),
    checkSteps(label, start(), run, rough ? ROOT_OF_ROUNDING : STEP),
    checkTrajectory(label, start(), run, rough ? ROOT_OF_ROUNDING : TRAJECTORY),
  ];
}

function checkSchedule(label: string, config: Record<string, unknown>, scheduler: Scheduler, run: Run): Comparison[] {
  const fromBetas = config['use_flow_sigmas'] !== true && !('shift' in config);
  const logs = fromBetas && config['timestep_type'] === 'continuous' ? LOG_OF_ROUNDING : 1e-9;
  const stretched = Number(config['shift_terminal'] ?? 0) > 0 ? STRETCHED : 0;
  const times = logs + stretched * Number(config['num_train_timesteps'] ?? 1000);
  const found = [compareRelative(`${label}: timesteps`, scheduler.timesteps, run.timesteps, 1e-6, times)];
  if (run.sigmas) {
    const absolute = fromBetas ? 2e-6 : 1e-9 + stretched;
    found.push(compareRelative(`${label}: sigmas`, scheduler.sigmas ?? [], run.sigmas, 1e-6, absolute));
  }
  if (run.init_noise_sigma !== null) {
    const ours = [scheduler.initNoiseSigma];
    found.push(
      compareRelative(`${label}: init_noise_sigma`, ours, [run.init_noise_sigma], 1e-6, fromBetas ? 2e-6 : 1e-9),
    );
  }
  if (run.alphas_cumprod_at_timesteps && run.final_alpha_cumprod !== undefined) {
    const ours = [...(scheduler.alphas?.atTimesteps ?? []), scheduler.alphas?.final ?? NaN];
    const theirs = [...run.alphas_cumprod_at_timesteps, run.final_alpha_cumprod];
    found.push(compareRelative(`${label}: alphas`, ours, theirs, 5e-6, 1e-12));
  }
  return found;
}

/** Every step from the sample and the model output that are listed. */
function checkSteps(label: string, scheduler: Scheduler, run: Run, limit: number): Comparison {
  let sample = Float32Array.from(run.initial_sample);
  const parts = run.steps.map((step, i) => {
    const wanted = Float32Array.from(step.prev_sample);
    const scaled = step.scaled_input ?? Array.from(sample);
    const noise = step.variance_noise && Float32Array.from(step.variance_noise);
    const ours = scheduler.step(i, Float32Array.from(step.model_output), sample, noise);
    const input = compare('', scheduler.scaleInput(sample, i), scaled, 0).error / sizeOf(scaled);
    const error = compare('', ours, wanted, 0).error / sizeOf(sample, wanted);
    sample = wanted;
    return Math.max(input, error);
  });
  return compare(`${label}: each step`, parts, new Array<number>(parts.length).fill(0), limit);
}

/** The whole run with our own samples, the stand-in for the network evaluated on them. */
function checkTrajectory(label: string, scheduler: Scheduler, run: Run, limit: number): Comparison {
  let sample = Float32Array.from(run.initial_sample);
  const parts = run.steps.map((step, i) => {
    const output = standIn(run.model_params, scheduler.scaleInput(sample, i), step.t);
    const noise = step.variance_noise && Float32Array.from(step.variance_noise);
    sample = Float32Array.from(scheduler.step(i, output, sample, noise));
    return compare('', sample, step.prev_sample, 0).error / sizeOf(step.prev_sample);
  });
  return compare(`${label}: whole run`, parts, new Array<number>(parts.length).fill(0), limit);
}

/** a·x·sin(w·t + p) + b·cos(c·i + d) + e */
function standIn(params: Readonly<Record<string, number>>, input: Float32Array, t: number): Float32Array {
  const { a = 0, w = 0, p = 0, b = 0, c = 0, d = 0, e = 0 } = params;
  return input.map((x, i) => a * x * Math.sin(w * t + p) + b * Math.cos(c * i + d) + e);
}
