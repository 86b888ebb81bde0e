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

const zStoredJob = z.object({
  rank: z.number(),
  state,
  attempts: z.number(),
  lost: z.number().int(),
  submitted_at: z.number(),
  changed_at: z.number(),
  spec_hash: z.string(),
  last_problem: json(zProblem),
  // Parsed once, as parts of the row they make up.
  spec: json(z.unknown()),
  take: json(z.unknown()),
  problem: json(z.unknown()),
  placement: json(z.unknown()),
  verdict: json(z.unknown()),
  fallback: json(z.unknown()),
  tries: json(z.unknown()),
});

/** A row of `jobs`. Throws ZodError when it is not one. */
export function recordFrom(row: unknown): JobRecord {
  const stored = zStoredJob.parse(row);
  return {
    row: zJobRow.parse({
      spec: stored.spec,
      state: stored.state,
      attempts: stored.attempts,
      order: stored.rank,
      submittedAt: stored.submitted_at,
      changedAt: stored.changed_at,
      ...(stored.take !== undefined && { take: stored.take }),
      ...(stored.problem !== undefined && { problem: stored.problem }),
      ...(stored.placement !== undefined && { placement: stored.placement }),
      ...(stored.verdict !== undefined && { verdict: stored.verdict }),
      ...(stored.fallback !== undefined && { fallback: stored.fallback }),
      ...(stored.tries !== undefined && { tries: stored.tries }),
    }),
    specHash: stored.spec_hash,
    lost: stored.lost,
    ...(stored.last_problem && { lastProblem: stored.last_problem }),
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
