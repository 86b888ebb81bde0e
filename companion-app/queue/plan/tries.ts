/** A take that fails its checks is made again with another seed, so often as is allowed; the best of them is the job's take. Pure. */
import { LIMITS, type Take } from '../../../shared/protocol';
import { problem, type Problem } from '../../../shared/problem';
import type { JobChange } from '../states';

/** True when no check of the take failed. */
export const passes = (take: Take): boolean => take.checks.every((check) => check.ok);

/** The seed of try `n` (0 is the first, with the job's own): far from the others, and the same whenever it is asked for. */
export function seedOfTry(seed: number, n: number): number {
  return (seed + Math.imul(n, 0x9e3779b9)) >>> 0;
}

/** More is better: how many checks are passed, then how well. */
function worth({ checks }: Take): number {
  const failed = checks.filter((check) => !check.ok).length;
  const score = checks.reduce((sum, check) => sum + check.score, 0) / Math.max(1, checks.length);
  return score - failed;
}

/** The best of a job's takes in the order they were made, `last` the newest, and the others. Of equally good ones the first. */
export function bestOf(before: readonly Take[], last: Take): { readonly take: Take; readonly tries: readonly Take[] } {
  const takes = [...before, last];
  const take = takes.reduce((best, each) => (worth(each) > worth(best) ? each : best));
  return { take, tries: takes.filter((each) => each !== take) };
}

/** Told of a job that goes back into the queue for another try. */
function failedChecks(take: Take, tryNumber: number, most: number): Problem {
  const [fault] = take.checks.filter((check) => !check.ok);
  return problem({
    code: 'check-failed',
    message: `A take failed its check "${fault?.name ?? ''}"; it is made again with another seed (${tryNumber} of ${most}).`,
    safe: 'The take is kept beside the others.',
    retry: true,
  });
}

/**
 * What becomes of a job whose take is there: done with the best of its takes, or back for another seed while it has fewer than `most`
 * behind it.
 */
export function taken(take: Take, tries: readonly Take[], attempt: number, most: number): JobChange {
  if (!passes(take) && tries.length < Math.min(most, LIMITS.triesPerJob - 1))
    return { kind: 'redo', attempt, take, problem: failedChecks(take, tries.length + 1, most) };
  return { kind: 'finish', attempt, ...bestOf(tries, take) };
}
