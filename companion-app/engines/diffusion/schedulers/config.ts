/** Reading scheduler_config.json: every option is known, inert for its class, or refused by name. */
import { z } from 'zod';
import { packInvalid } from '../../../inference/packs';

/** Options that say nothing about numbers. */
const LABELS = ['_class_name', '_diffusers_version', '_name_or_path'];

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
 * @param inert options other schedulers have, which files carry along and this class never looks at
 * @throws InbetweenError `pack-invalid` naming the option that is unknown or has a value not supported
 */
export function readConfig<Shape extends z.ZodRawShape>(
  config: unknown,
  schema: z.ZodObject<Shape>,
  inert: readonly string[],
): z.output<z.ZodObject<Shape>> {
  const name = className(config);
  const options = z.record(z.string(), z.unknown()).parse(config);
  const known = Object.fromEntries(Object.entries(options).filter(([key]) => ![...LABELS, ...inert].includes(key)));
  const stranger = Object.keys(known).find((key) => !(key in schema.shape));
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
