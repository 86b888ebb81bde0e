/** The fact that tells of a verdict. */
import type { FactOf, JobRow } from '../../shared/protocol';
import { aboutJob } from './about';

/** What a person says of a take, and where. */
export interface Judgement {
  readonly verdict: FactOf<'verdict'>['verdict'];
  readonly reason?: string | undefined;
  readonly by: FactOf<'verdict'>['by'];
}

/** `row` is the job after the verdict; its `changedAt` is when it was given. */
export function verdictFact(row: JobRow, { verdict, reason, by }: Judgement): FactOf<'verdict'> {
  const about = aboutJob(row);
  return {
    kind: 'verdict',
    at: row.changedAt,
    jobId: row.spec.id,
    about,
    verdict,
    ...(reason && { reason }),
    by,
  };
}
