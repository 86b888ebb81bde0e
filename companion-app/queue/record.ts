/** A job as the store keeps it: the row that lists show, and what only the queue needs to know. */
import type { JobEvent, JobRow, JobSpec } from '../../shared/protocol';
import type { Problem } from '../../shared/problem';
import { asSubmitted } from './plan/previews';
import { specHash } from './spec-hash';

export interface JobRecord {
  readonly row: JobRow;
  /** SHA-256 of the spec's canonical text: tells whether a second submit says the same. */
  readonly specHash: string;
  /** Attempts lost in a row (process crashed, hung, or went down with the daemon) since submit or retry. */
  readonly lost: number;
  /** Why the last attempt was lost; absent once it no longer matters. */
  readonly lastProblem?: Problem;
}

/** What tells whether two specs mean the same job; a preview that the companion put before it makes no difference. */
export function hashOf(spec: JobSpec): string {
  return specHash(asSubmitted(spec));
}

/** A freshly submitted job. The store gives it its place in the order. */
export function newRecord(spec: JobSpec, at: number): JobRecord {
  return {
    row: { spec, state: 'queued', attempts: 0, order: 0, submittedAt: at, changedAt: at },
    specHash: hashOf(spec),
    lost: 0,
  };
}

/** What is told about a record's present state under event number `seq`. */
export function eventOf(record: JobRecord, seq: number): JobEvent {
  const { row } = record;
  const told = row.problem ?? (row.state === 'queued' ? record.lastProblem : undefined);
  return {
    seq,
    at: row.changedAt,
    jobId: row.spec.id,
    state: row.state,
    attempts: row.attempts,
    shotName: row.spec.shot.name,
    sequenceId: row.spec.sequence.sequenceId,
    ...(row.take && { take: row.take }),
    ...(told && { problem: told }),
    ...(row.verdict && { verdict: row.verdict }),
  };
}

/** The boards and masks a job cannot be rendered without, each once. */
export function boardsOf(spec: JobSpec): string[] {
  const masks = (spec.shot.regions ?? []).flatMap((region) => (region.mask === undefined ? [] : [region.mask]));
  return [...new Set([...spec.shot.boards.map((use) => use.board), ...masks])];
}

/** Pixels of one full-size frame. */
export function pixelsOf(spec: JobSpec): number {
  return spec.shot.size.width * spec.shot.size.height;
}
