/** Reading scheduler_config.json: every option is known, inert for its class, or refused by name. */
import { z } from 'zod';
import { packInvalid } from '../../../inference/packs';

/** Options that say nothing about numbers. */
const LABELS = ['_class_name', '_diffusers_version', '_name_or_path'];

/**
 * Options of diffusers' schedulers. A file keeps those of the scheduler it was written for when another takes its place; a class
 * that does not list one never looks at it.
 */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['num_train_timesteps', 'beta_start', 'beta_end', 'beta_schedule', 'trained_betas', 'rescale_betas_zero_snr'],
  ...['prediction_type', 'timestep_spacing', 'timestep_type', 'timestep_scaling', 'steps_offset', 'interpolation_type'],
  ...[
    'clip_sample',
    'clip_sample_range',
    'set_alpha_to_one',
    'skip_prk_steps',
    'variance_type',
    'original_inference_steps',
  ],
  ...['thresholding', 'dynamic_thresholding_ratio', 'sample_max_value', 'lambda_min_clipped', 'algorithm_type'],
  ...[
    'solver_order',
    'solver_type',
    'solver_p',
    'predict_x0',
    'disable_corrector',
    'lower_order_final',
    'euler_at_final',
  ],
  ...['use_karras_sigmas', 'use_exponential_sigmas', 'use_beta_sigmas', 'use_lu_lambdas', 'use_flow_sigmas'],
  ...['sigma_min', 'sigma_max', 'final_sigmas_type', 'flow_shift', 'shift', 'shift_terminal', 'invert_sigmas'],
  ...['use_dynamic_shifting', 'time_shift_type', 'base_shift', 'max_shift', 'base_image_seq_len', 'max_image_seq_len'],
]);

/** A foreign option that was switched on would be missed. */
const missed = (key: string, value: unknown): boolean =>
  !ELSEWHERE.has(key) || (key.startsWith('use_') && value === true);

const zNamed = z.looseObject({ _class_name: z.string(), _diffusers_version: z.string().optional() });

/** The class a configuration names. */
export function className(config: unknown): string {
  const named = zNamed.safeParse(config);
  if (!named.success) throw packInvalid('scheduler_config.json names no scheduler (`_class_name`).');
  return named.data._class_name;
}

/** The version of diffusers a configuration was written by, if it says. */
export function writtenBy(config: unknown): string | undefined {
  const named = zNamed.safeParse(config);
  return named.success ? named.data._diffusers_version : undefined;
}

/**
 * Reads a configuration by its class's schema.
 * @throws InbetweenError `pack-invalid` naming the option that is unknown or has a value not supported
 */
export function readConfig<Shape extends z.ZodRawShape>(
  config: unknown,
  schema: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> {
  const name = className(config);
  const options = z.record(z.string(), z.unknown()).parse(config);
  const told = Object.entries(options).filter(([key]) => !LABELS.includes(key));
  const known = Object.fromEntries(told.filter(([key]) => key in schema.shape));
  const stranger = told.find(([key, value]) => !(key in schema.shape) && missed(key, value))?.[0];
  if (stranger !== undefined) {
    throw packInvalid(`scheduler_config.json: ${name} has an option "${stranger}" that is not supported.`);
  }
  const read = schema.safeParse(known);
  if (read.success) return read.data;
  const key = String(read.error.issues[0]?.path[0] ?? '');
  const value = JSON.stringify(known[key]);
  throw packInvalid(`scheduler_config.json: ${name} with "${key}": ${value} is not supported.`, read.error);
}

/** An option that only does something when it is on, which it must not be. */
export const zOff = z.union([z.literal(false), z.null()]).optional();

/** An option left to its default by leaving it out or by null. */
export const zUnset = z.null().optional();

export const zTrainSteps = z.number().int().min(2).max(100_000).default(1000);
export const zSpacing = z.enum(['leading', 'trailing', 'linspace']);
export type Spacing = z.output<typeof zSpacing>;

/** How the noise of training was laid out. */
export const betaOptions = {
  num_train_timesteps: zTrainSteps,
  beta_start: z.number().positive().default(0.0001),
  beta_end: z.number().positive().default(0.02),
  beta_schedule: z.enum(['linear', 'scaled_linear', 'squaredcos_cap_v2']).default('linear'),
  trained_betas: z.union([z.null(), z.array(z.number())]).optional(),
};
export const zBetas = z.object(betaOptions);
export type BetaOptions = z.output<typeof zBetas>;
