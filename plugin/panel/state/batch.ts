/** How far a batch has come, and when it will be done. Pure. */
import type { Problem } from '../../../shared/problem';
import type { JobRow, Progress } from '../../../shared/protocol';

export interface Batch {
  readonly done: number;
  readonly of: number;
  readonly failed: readonly JobRow[];
  /** Ids of those that wait or render, the previews among them that are not counted. */
  readonly under: readonly string[];
  /** When the queue is done, milliseconds since 1970; absent until something was measured. */
  readonly end?: { readonly low: number; readonly likely: number; readonly high: number };
  /** The problem most of the failed ones have. */
  readonly problem?: Problem;
}

/** Jobs submitted no longer than this after one another are one batch. */
const GAP_MS = 30 * 60_000;

const UNDER = new Set(['queued', 'rendering']);
export const isUnder = ({ state }: JobRow): boolean => UNDER.has(state);
const DONE = new Set(['rendered', 'delivered', 'placed']);

/** The newest run of jobs without a gap, and whatever else is under way. Previews count only where nothing replaces them. */
function lastBatch(jobs: readonly JobRow[]): JobRow[] {
  const replaced = new Set(jobs.flatMap((row) => row.spec.replaces ?? []));
  const counted = jobs.filter((row) => !replaced.has(row.spec.id)).sort((a, b) => b.submittedAt - a.submittedAt);
  const batch: JobRow[] = [];
  let last: number | null = null;
  for (const row of counted) {
    if (last !== null && last - row.submittedAt > GAP_MS) break;
    last = row.submittedAt;
    batch.push(row);
  }
  return [...batch, ...counted.filter((row) => isUnder(row) && !batch.includes(row))];
}

/** When the first job of the last batch was submitted, milliseconds since 1970; null where there was none. */
export function batchStart(jobs: Iterable<JobRow>): number | null {
  const rows = lastBatch([...jobs].filter((row) => row.state !== 'cancelled'));
  return rows.length === 0 ? null : Math.min(...rows.map(({ submittedAt }) => submittedAt));
}

function commonProblem(failed: readonly JobRow[]): Problem | undefined {
  const counts = new Map<string, number>();
  for (const { problem } of failed) if (problem) counts.set(problem.code, (counts.get(problem.code) ?? 0) + 1);
  const [code] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return failed.find((row) => row.problem?.code === code)?.problem;
}

/** A shot's failure counts until a later job of that shot has been asked for. Null where there is nothing to say. */
export function batchOf(jobs: Iterable<JobRow>, progress: ReadonlyMap<string, Progress>, now: number): Batch | null {
  const all = [...jobs].filter((row) => row.state !== 'cancelled');
  const rows = lastBatch(all);
  const newest = new Map<string, number>();
  for (const { spec, submittedAt } of all)
    newest.set(spec.shot.id, Math.max(newest.get(spec.shot.id) ?? 0, submittedAt));
  const failed = rows.filter((row) => row.state === 'failed' && (newest.get(row.spec.shot.id) ?? 0) <= row.submittedAt);
  const under = [...new Set([...rows, ...all])].filter(isUnder).map((row) => row.spec.id);
  if (under.length === 0 && failed.length === 0) return null;
  const left = [...progress.values()]
    .map((p) => p.queueSecondsLeft)
    .filter((p) => p !== undefined)
    .pop();
  const problem = commonProblem(failed);
  return {
    done: rows.filter((row) => DONE.has(row.state)).length,
    of: rows.length,
    failed,
    under,
    ...(left && under.length > 0
      ? { end: { low: now + left.low * 1000, likely: now + left.likely * 1000, high: now + left.high * 1000 } }
      : {}),
    ...(problem ? { problem } : {}),
  };
}
