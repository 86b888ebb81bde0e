/** Derives what the table of attempts has to say from a job's record before and after a change. */
import type { AttemptRow } from './job-store';
import type { JobRecord } from './record';

/** The attempt that a change began or ended, or null when it did neither. */
export function attemptAfter(
  before: JobRecord,
  after: JobRecord,
): (Omit<AttemptRow, 'startedAt'> & { startedAt?: number }) | null {
  const { row } = after;
  const jobId = row.spec.id;
  if (row.state === 'rendering') return { jobId, attempt: row.attempts, startedAt: row.changedAt };
  if (before.row.state !== 'rendering') return null;
  const why = row.problem ?? after.lastProblem;
  return {
    jobId,
    attempt: row.attempts,
    endedAt: row.changedAt,
    outcome: row.state,
    ...(why && { reason: `${why.code}: ${why.message}` }),
  };
}
