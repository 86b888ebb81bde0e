/** What a usable second costs, as the pages and the report show it. Money in units of the currency. */
import { z } from 'zod';
import { ENGINES } from '../job';
import { LIMITS } from '../limits';
import { zHold } from '../night';
import { zTimeOfDay } from '../settings';
import { endpoint } from './endpoint';

const money = z.number();
const count = z.number().int().min(0);

export const zCostParts = z.object({
  energy: money,
  machine: money,
  review: money,
  total: money,
  /** Seconds of work on the clock, failed and lost attempts included. */
  workSeconds: z.number(),
  reviewSeconds: z.number(),
  wattHours: z.number(),
  /** Of those, watt-hours that are rated power times time, not measured. */
  estimatedWattHours: z.number(),
});
export type CostParts = z.output<typeof zCostParts>;

export const zCostGroup = zCostParts.extend({
  /** A shot's name, an engine's, … */
  name: z.string(),
  takes: count,
  approved: count,
  rejected: count,
  failedAttempts: count,
  /** Approved seconds that are in the cut. */
  usableSeconds: z.number(),
  /** Null where nothing is usable yet. */
  perUsableSecond: money.nullable(),
});
export type CostGroup = z.output<typeof zCostGroup>;

export const zCostReport = z.object({
  currency: z.string(),
  all: zCostGroup,
  by: z.object({
    shot: z.array(zCostGroup),
    scene: z.array(zCostGroup),
    engine: z.array(zCostGroup),
    pack: z.array(zCostGroup),
    /** What went into rejected takes, by the reason given. */
    reason: z.array(zCostGroup),
  }),
  /** The day, what was spent on it, and the number as it stood at its end. */
  days: z.array(z.object({ day: z.string(), total: money, perUsableSecond: money.nullable() })),
  /** The same seconds at a service's published price, in its own currency. */
  cloud: z.array(
    z.object({
      service: z.string(),
      currency: z.string(),
      perSecond: money,
      /** All takes made, rejected ones too. */
      forAllTakes: money,
      perUsableSecond: money.nullable(),
      source: z.string(),
      date: z.string(),
      note: z.string(),
    }),
  ),
  /** What was expected before a take was begun, what it came to, and why they differ; money. */
  estimates: z.object({
    takes: count,
    expected: money,
    actual: money,
    /** Parts of the difference; they add up to it. */
    because: z.object({ moreAttempts: money, longerOrShorter: money, power: money }),
  }),
  /** What a reader has to know: what is estimated, what is left out. */
  notes: z.array(z.string()),
});
export type CostReport = z.output<typeof zCostReport>;

const zSpread = z.object({ low: z.number(), likely: z.number(), high: z.number() });
export type Spread = z.output<typeof zSpread>;

/** When a batch will be there, as things stand. */
const zFinish = z.object({
  /** Milliseconds since 1970; null where a part of what is to be made before, or of the batch, was never measured. */
  at: zSpread.nullable(),
  /** When its first shot may be begun, if what is ahead takes as long as is likely. */
  from: z.number().nullable(),
  /** The night window, and when the one in which the batch begins ends (milliseconds since 1970); null: at any time. */
  window: z.object({ from: zTimeOfDay, to: zTimeOfDay, ends: z.number() }).nullable(),
  /** When everything should be there, milliseconds since 1970. */
  deadline: z.number().nullable(),
  /** What has to be ended by somebody before any shot is begun; `at` reckons as if it were ended now. */
  holds: z.array(zHold),
});
export type BatchFinish = z.output<typeof zFinish>;

/** What a batch is expected to take and cost: energy at rated power and the machine; at best, likely, at worst. */
export const zBatchEstimate = z.object({
  jobs: count,
  /** Jobs of which nothing like them was measured on this machine: they are in none of the numbers. */
  unknown: count,
  /** Null where nothing is known of any job. */
  seconds: zSpread.nullable(),
  wattHours: zSpread.nullable(),
  currency: z.string(),
  money: zSpread.nullable(),
  /** Nobody has set the prices. */
  assumed: z.boolean(),
  /** Seconds on the timeline, of all shots and of those in the numbers. Absent where they were not told. */
  footage: z.object({ seconds: z.number().min(0), known: z.number().min(0) }).exactOptional(),
  /** Money over the seconds of those shots; null where there are none. */
  perSecond: zSpread.nullable().exactOptional(),
  /** The same seconds, all of them, at a service's published price, in its own currency. */
  cloud: z
    .array(
      z.object({
        service: z.string(),
        currency: z.string(),
        perSecond: money,
        total: money,
        source: z.string(),
        date: z.string(),
        note: z.string(),
      }),
    )
    .exactOptional(),
  /** Absent where nobody asked for shots. */
  finish: zFinish.exactOptional(),
});
export type BatchEstimate = z.output<typeof zBatchEstimate>;

/** Shots alike, as an estimate needs to know them. */
export const zBatchShots = z.object({
  engine: z.enum(ENGINES),
  quality: z.enum(['preview', 'full']).default('full'),
  width: z.number().int().min(2).max(16_384),
  height: z.number().int().min(2).max(16_384),
  frames: z.number().int().min(1).max(LIMITS.framesPerShot),
  /** Boards of the shot. */
  boards: z.number().int().min(1).max(LIMITS.boardsPerShot),
  /** So many shots alike. */
  count: z.number().int().min(1).max(20_000).default(1),
  /** Seconds of one of them on the timeline. */
  seconds: z.number().min(0).max(1e6).exactOptional(),
  /** A preview of each is made first. */
  preview: z.boolean().exactOptional(),
});
export type BatchShots = z.input<typeof zBatchShots>;

/** What waits in the queue where no shots are given; else these shots, which need not be submitted. Nothing is changed. */
export const batchEstimateEndpoint = endpoint({
  method: 'POST',
  path: '/api/cost/estimate',
  input: z.object({
    shots: z.array(zBatchShots).max(20_000).exactOptional(),
    /** Where they come in the queue: behind all that waits (as when absent), before it, or they are what waits. */
    place: z.enum(['behind', 'front', 'waiting']).exactOptional(),
  }),
  output: zBatchEstimate,
});

/** Asked so; read with its defaults by the companion. */
export type BatchQuestion = z.input<typeof batchEstimateEndpoint.input>;

export const costEndpoint = endpoint({
  method: 'GET',
  path: '/api/cost',
  /** Work from this moment on, milliseconds since 1970. */
  input: z.object({ since: z.coerce.number().min(0).optional() }),
  output: zCostReport,
});
