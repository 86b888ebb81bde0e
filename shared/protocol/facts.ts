/**
 * Facts about work and what became of it, written once and never changed: what a take cost, what a person thought of it, whether it is in
 * the cut. They stand on their own: the job they speak of may be gone from the lists.
 */
import { z } from 'zod';
import { zJobId } from './job-id';
import { LIMITS } from './limits';
import { zRate } from './shot-schema';

export const VERDICTS = ['approved', 'rejected', 'none'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a take was rejected (or approved), in the artist's words. */
export const zReason = z.string().max(400);

/** Where a verdict was given: in the panel, or on the companion's review page. */
export const zVerdictBy = z.enum(['panel', 'page']);

/** What a fact is about, as it was then. */
export const zAbout = z.object({
  sequenceId: z.string().max(LIMITS.nameLength),
  sequence: z.string().max(LIMITS.nameLength),
  shot: z.string().max(LIMITS.nameLength),
  /** The engine that did the work, or the one asked for where none has. */
  engine: z.string().max(40),
  pack: z.string().max(LIMITS.nameLength).exactOptional(),
  quality: z.string().max(40),
  take: z.number().int(),
  frames: z.number().int(),
  rate: zRate,
});
export type About = z.output<typeof zAbout>;

/** Where a number of watt-hours comes from: a counter of the GPU, of the processor, of the battery, or rated power times time. */
export const ENERGY_SOURCES = ['nvidia-smi', 'rapl', 'battery', 'rated'] as const;
export type EnergySource = (typeof ENERGY_SOURCES)[number];

/** How an attempt ended. */
export const ATTEMPT_ENDS = ['rendered', 'failed', 'lost', 'cancelled', 'released'] as const;

const at = z.number();

export const zFact = z.discriminatedUnion('kind', [
  /** A stretch of an attempt's work: at most a minute, so that a crash loses little. The last one carries how it ended. */
  z.object({
    kind: z.literal('spent'),
    at,
    jobId: zJobId,
    about: zAbout,
    attempt: z.number().int().min(1),
    /** Seconds on the clock. */
    seconds: z.number().min(0),
    /** Execution provider that did the work: "cpu", "webgpu", …; "unknown" until the take says so. */
    device: z.string().max(40),
    energy: z.array(z.object({ source: z.enum(ENERGY_SOURCES), wattHours: z.number().min(0) })).max(8),
    ended: z.enum(ATTEMPT_ENDS).exactOptional(),
    /** Code of the problem that ended it. */
    problem: z.string().max(80).exactOptional(),
  }),
  z.object({
    kind: z.literal('verdict'),
    at,
    jobId: zJobId,
    about: zAbout,
    verdict: z.enum(VERDICTS),
    reason: zReason.exactOptional(),
    by: zVerdictBy,
  }),
  /** What was noted about a take while looking at it; an empty text takes the note before it back. */
  z.object({ kind: z.literal('note'), at, jobId: zJobId, about: zAbout, text: z.string().max(2000) }),
  /** Seconds that somebody looked at a take. */
  z.object({ kind: z.literal('review'), at, jobId: zJobId, about: zAbout, seconds: z.number().min(0) }),
  /** What of our takes is on a timeline and enabled, frames each, at one look; the newest look of a sequence counts. */
  z.object({
    kind: z.literal('cut'),
    at,
    sequenceId: z.string().max(LIMITS.nameLength),
    takes: z.array(z.object({ jobId: zJobId, frames: z.number().int().min(0) })).max(LIMITS.takesInCut),
  }),
  /** The prices from here on. `assumed`: nobody has set them. */
  z.object({
    kind: z.literal('prices'),
    at,
    assumed: z.boolean(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    pricePerKWh: z.number().min(0),
    machinePerHour: z.number().min(0),
    reviewPerHour: z.number().min(0),
  }),
  /** What a batch was expected to cost, when it was about to begin. */
  z.object({
    kind: z.literal('estimate'),
    at,
    jobId: zJobId,
    about: zAbout,
    seconds: z.object({ low: z.number().min(0), likely: z.number().min(0), high: z.number().min(0) }),
    wattHours: z.number().min(0),
  }),
]);
export type Fact = z.output<typeof zFact>;
export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;
