/** What comes out of the database is parsed before it is believed. */
import { z } from 'zod';
import {
  JOB_STATES,
  zFact,
  zJobEvent,
  zJobRow,
  zJobVerdict,
  zProblem,
  zTake,
  type Fact,
  type JobEvent,
} from '../../../shared/protocol';
import type { Timing, WorkGroup } from '../estimate';
import type { AttemptRow, WaitingJob } from '../job-store';
import type { JobRecord } from '../record';
import type { SpecShelf } from './spec-shelf';

/** A column that holds JSON text, or nothing. */
const json = <T>(schema: z.ZodType<T>) =>
  z
    .string()
    .nullable()
    .transform((text, context): T | undefined => {
      if (text === null) return undefined;
      const parsed = schema.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: parsed.error.message });
      return z.NEVER;
    });

const state = z.enum(JOB_STATES);

const column = z.string().nullable();
const zStoredJob = z.object({
  id: z.string(),
  rank: z.number(),
  state,
  attempts: z.number(),
  lost: z.number().int(),
  submitted_at: z.number(),
  changed_at: z.number(),
  spec_hash: z.string(),
  spec: z.string(),
  last_problem: column,
  take: column,
  problem: column,
  placement: column,
  verdict: column,
  fallback: column,
  tries: column,
});

/** The columns of `jobs` that make up a record. */
export const COLUMNS = Object.keys(zStoredJob.shape).join(', ');

/** The row without its spec, which is parsed by itself. */
const { spec: _spec, ...beside } = zJobRow.shape;
const zBeside = z.object(beside);

/** What the JSON columns of a row tell, those that tell something. */
function told(columns: Readonly<Record<string, string | null>>): Record<string, unknown> {
  const found = Object.entries(columns).flatMap(([name, text]) => (text === null ? [] : [[name, text] as const]));
  return Object.fromEntries(found.map(([name, text]): [string, unknown] => [name, JSON.parse(text)]));
}

/** A row of `jobs`. Throws ZodError when it is not one. */
export function recordFrom(row: unknown, specs: SpecShelf): JobRecord {
  const stored = zStoredJob.parse(row);
  const { take, problem, placement, verdict, fallback, tries } = stored;
  const besides = zBeside.parse({
    state: stored.state,
    attempts: stored.attempts,
    order: stored.rank,
    submittedAt: stored.submitted_at,
    changedAt: stored.changed_at,
    ...told({ take, problem, placement, verdict, fallback, tries }),
  });
  return {
    row: { spec: specs.parsed(stored.id, stored.spec), ...besides },
    specHash: stored.spec_hash,
    lost: stored.lost,
    ...(stored.last_problem !== null && { lastProblem: zProblem.parse(JSON.parse(stored.last_problem)) }),
  };
}

const zStoredEvent = z.object({
  seq: z.number(),
  at: z.number(),
  job_id: z.string(),
  sequence_id: json(z.string()),
  shot_name: json(z.string()),
  state,
  attempts: z.number(),
  take: json(zTake),
  problem: json(zProblem),
  verdict: json(zJobVerdict),
});

/** A row of `events`. Throws ZodError when it is not one. */
export function eventFrom(row: unknown): JobEvent {
  const stored = zStoredEvent.parse(row);
  return zJobEvent.parse({
    seq: stored.seq,
    at: stored.at,
    jobId: stored.job_id,
    sequenceId: stored.sequence_id,
    shotName: stored.shot_name,
    state: stored.state,
    attempts: stored.attempts,
    ...(stored.take && { take: stored.take }),
    ...(stored.problem && { problem: stored.problem }),
    ...(stored.verdict && { verdict: stored.verdict }),
  });
}

const zStoredFact = z.object({ body: json(zFact) });

/** A row of `facts`. Throws ZodError when it is not one. */
export function factFrom(row: unknown): Fact {
  return zFact.parse(zStoredFact.parse(row).body);
}

const zStoredAttempt = z.object({
  job_id: z.string(),
  attempt: z.number().int(),
  started_at: z.number(),
  ended_at: z.number().nullable(),
  outcome: state.nullable(),
  reason: json(z.string()),
});

/** A row of `attempts`. Throws ZodError when it is not one. */
export function attemptFrom(row: unknown): AttemptRow {
  const stored = zStoredAttempt.parse(row);
  return {
    jobId: stored.job_id,
    attempt: stored.attempt,
    startedAt: stored.started_at,
    ...(stored.ended_at !== null && { endedAt: stored.ended_at }),
    ...(stored.outcome !== null && { outcome: stored.outcome }),
    ...(stored.reason !== undefined && { reason: stored.reason }),
  };
}

const zWork = {
  engine: z.string(),
  quality: z.string(),
  pixels: z.number(),
  frames: z.number(),
  uses: z.number().int(),
};
const zTimingRow = z.object({ ...zWork, requested: z.string(), device: z.string(), seconds: z.number() });
const zWorkRow = z.object({ ...zWork, count: z.number() });
/** [id, rank, by hand, ready, place of its sequence, start frame, submitted, engine, quality, pixels, frames, boards] */
// prettier-ignore
const zWaiting = z.tuple([
  z.string(), z.number(), z.number(), z.number(), z.number(), z.number(), z.number(),
  z.string(), z.string(), z.number(), z.number(), z.number(),
]);
const zWaitingRow = z.object({ jobs: z.string() });

/** A row of `timings`. Throws ZodError when it is not one. */
export function timingFrom(row: unknown): Timing {
  const { engine, quality, pixels, frames, uses, requested, device, seconds } = zTimingRow.parse(row);
  return { engine, quality, pixels, frames, boards: uses, requested, device, seconds };
}

/** A group of equal queued jobs. Throws ZodError when it is not one. */
export function workFrom(row: unknown): WorkGroup {
  const { uses, ...work } = zWorkRow.parse(row);
  return { ...work, boards: uses };
}

/** All queued jobs in short, of one row. Throws ZodError when it is not one. */
export function waitingFrom(row: unknown): WaitingJob[] {
  return z
    .array(zWaiting)
    .parse(JSON.parse(zWaitingRow.parse(row).jobs))
    .map(([jobId, rank, byHand, ready, sequenceRank, startFrame, submittedAt, ...work]) => {
      const [engine, quality, pixels, frames, boards] = work;
      const size = { engine, quality, pixels, frames, boards };
      return { jobId, rank, byHand: byHand !== 0, ready: ready !== 0, sequenceRank, startFrame, submittedAt, ...size };
    });
}
