/** What a person can set, kept by the companion and shown on its pages. Every field has a default, so that an older file still reads. */
import { z } from 'zod';
import { LIMITS } from './limits';

/** A time of day on the companion's own clock, "22:00". */
export const zTimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const zNight = z.object({
  /** When jobs may be begun; null: at any time. A window may pass midnight. */
  window: z.object({ from: zTimeOfDay, to: zTimeOfDay }).nullable().default(null),
  /** When everything should be there; what would not make it falls back to a faster engine. Null: no deadline. */
  deadline: zTimeOfDay.nullable().default(null),
  order: z.enum(['submitted', 'shot', 'shortest-first']).default('submitted'),
  /** A preview of every shot first, then the full takes. */
  previewsFirst: z.boolean().default(false),
  /** Times a take that fails its checks is made again with another seed. */
  retriesOfFailedChecks: z.number().int().min(0).max(5).default(1),
  /** Keeps the machine awake while it renders. */
  stayAwake: z.boolean().default(true),
  /** Begin no job while the machine runs on battery. */
  pauseOnBattery: z.boolean().default(true),
  /** Begin no job until nobody has touched the machine for this many minutes; 0: never mind. */
  pauseWhileInUseMinutes: z.number().int().min(0).max(120).default(0),
  /** Begin no job while the panel says that Premiere plays or exports. */
  pauseWhilePremiereWorks: z.boolean().default(true),
  /** Begin no job while the processor or GPU is hotter, °C; null: never mind. */
  pauseAboveCelsius: z.number().min(40).max(110).nullable().default(null),
  /** After a crash of the machine or the companion: wait for a person before going on. */
  pausedAfterCrash: z.boolean().default(false),
});

const zCost = z.object({
  /** ISO 4217. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('EUR'),
  pricePerKWh: z.number().min(0).max(100).default(0.3),
  /** What the machine cost, over how many years and hours a year it is used. */
  machinePrice: z.number().min(0).max(1e7).default(3000),
  machineYears: z.number().min(0.5).max(30).default(4),
  machineHoursPerYear: z.number().min(1).max(8784).default(1800),
  /** Watts the machine draws while rendering, where it cannot be measured; null: the companion's estimate. */
  ratedWatts: z.number().min(1).max(5000).nullable().default(null),
  /** What an hour of the reviewer's time costs. */
  reviewPerHour: z.number().min(0).max(10_000).default(0),
});

export const zSettings = z.object({
  language: z.enum(['auto', 'en', 'fr', 'de', 'es', 'ja']).default('auto'),
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
  night: zNight.prefault({}),
  cost: zCost.prefault({}),
  /** PREVIS burnt into takes of these engines unless a sequence says otherwise. */
  previsBurnIn: z.enum(['never', 'diffusion', 'always']).default('diffusion'),
  /** Origins beside the companion's own that may connect: what Premiere's UXP sends, once it is known. */
  origins: z.array(z.string().max(LIMITS.nameLength)).max(16).default([]),
  openAtLogin: z.boolean().default(false),
  /** Style line and negative prompt of a sequence, by its id. */
  sequences: z
    .record(
      z.string().max(LIMITS.nameLength),
      z.object({
        style: z.string().max(1000).default(''),
        negative: z.string().max(1000).default(''),
        previsBurnIn: z.boolean().nullable().default(null),
      }),
    )
    .default({}),
});
export type Settings = z.output<typeof zSettings>;

/** Everything as it is when nobody has set anything. */
export const DEFAULT_SETTINGS: Settings = zSettings.parse({});

/** A change: the parts given replace those there, the others stay. */
export const zSettingsPatch = z.object({
  language: zSettings.shape.language.unwrap().exactOptional(),
  theme: zSettings.shape.theme.unwrap().exactOptional(),
  night: z.partialRecord(z.string(), z.unknown()).exactOptional(),
  cost: z.partialRecord(z.string(), z.unknown()).exactOptional(),
  previsBurnIn: zSettings.shape.previsBurnIn.unwrap().exactOptional(),
  origins: zSettings.shape.origins.unwrap().exactOptional(),
  openAtLogin: z.boolean().exactOptional(),
  sequences: zSettings.shape.sequences.unwrap().exactOptional(),
});
export type SettingsPatch = z.output<typeof zSettingsPatch>;

/** The settings after a change, read through the schema again. Throws ZodError where the change is no valid setting. */
export function patched(settings: Settings, patch: SettingsPatch): Settings {
  const { night, cost, ...plain } = patch;
  return zSettings.parse({
    ...settings,
    ...plain,
    night: { ...settings.night, ...night },
    cost: { ...settings.cost, ...cost },
  });
}
