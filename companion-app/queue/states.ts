/**
 * The one machine all jobs go through. Pure: given a record and a change it gives the next record, or throws.
 *
 *     queued ─lease→ rendering ─finish→ rendered ─deliver→ delivered ─place→ placed
 *        ▲  ▲            │ │ └─fail→ failed ─retry→ queued
 *        │  └──release───┘ │
 *        └───lose, redo─────┘   (lost too often: failed)          cancel: from every state short of placed, failed, cancelled
 *
 * A queued job that nobody there can render is held, with its problem, until somebody can: `hold` and `free` leave it queued.
 */
import type { Fallback, JobState, Placement, Take, Verdict } from '../../shared/protocol';
import { InbetweenError, problem, type Problem } from '../../shared/problem';
import type { JobRecord } from './record';

export type JobChange =
  /** The runner takes the job: one more attempt. */
  | { readonly kind: 'lease'; readonly fallback?: Fallback }
  /** The attempt's clip lies whole under its final name. */
  | { readonly kind: 'finish'; readonly attempt: number; readonly take: Take; readonly tries?: readonly Take[] }
  /** The attempt's clip is whole but fails its checks: it is kept, and another seed is tried. */
  | { readonly kind: 'redo'; readonly attempt: number; readonly take: Take; readonly problem: Problem }
  /** The attempt ended without a clip and gave its reason. Without `attempt`: a fault found outside an attempt. */
  | { readonly kind: 'fail'; readonly attempt?: number; readonly problem: Problem }
  /** The process that rendered is gone without an answer. */
  | { readonly kind: 'lose'; readonly attempt: number; readonly problem: Problem }
  /** The attempt was given up on purpose (the companion is closing): not the job's fault, so not counted as lost. */
  | { readonly kind: 'release'; readonly attempt: number }
  /** Nobody who is there can render the job: it waits, and says why. */
  | { readonly kind: 'hold'; readonly problem: Problem }
  /** Somebody can now. */
  | { readonly kind: 'free' }
  | { readonly kind: 'deliver' }
  | { readonly kind: 'place'; readonly placement: Placement }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'retry' }
  /** A person's word on the take; the state stays. */
  | { readonly kind: 'judge'; readonly verdict: Verdict; readonly reason?: string };

export type ChangeKind = JobChange['kind'];

/** From which states a change may happen. */
export const LEGAL: Readonly<Record<ChangeKind, readonly JobState[]>> = {
  lease: ['queued'],
  finish: ['rendering'],
  redo: ['rendering'],
  fail: ['queued', 'rendering', 'rendered', 'delivered'],
  lose: ['rendering'],
  release: ['rendering'],
  hold: ['queued'],
  free: ['queued'],
  deliver: ['rendered'],
  place: ['delivered'],
  cancel: ['queued', 'rendering', 'rendered', 'delivered'],
  retry: ['failed'],
  judge: ['rendered', 'delivered', 'placed'],
};

/** True when a job in this state may go through this change. */
export function mayChange(state: JobState, kind: ChangeKind): boolean {
  return LEGAL[kind].includes(state);
}

export interface ChangeContext {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** So many attempts lost in a row set a job aside. */
  readonly maxLost: number;
}

function refuse(record: JobRecord, change: JobChange, why: string): InbetweenError {
  return new InbetweenError({
    code: 'out-of-order',
    message: `Job ${record.row.spec.id} (${record.row.spec.shot.name}) cannot ${change.kind}: ${why}.`,
    safe: 'The job is unchanged.',
    action: 'Look at the list of jobs for its present state.',
  });
}

/** The problem of a job that is set aside; `last` is why its last attempt was lost. */
function tooManyAttempts(lost: number, last: Problem): Problem {
  return problem({
    code: 'too-many-attempts',
    message: `This shot was set aside after ${lost} attempts were lost. The last one: ${last.message}`,
    safe: 'The other shots go on.',
    action: last.action || 'Simplify the shot or choose another engine, then retry it.',
    retry: true,
  });
}

/** The record after `change`. Throws InbetweenError "out-of-order" when the change is not legal or speaks of another attempt. */
export function advance(record: JobRecord, change: JobChange, context: ChangeContext): JobRecord {
  const { state, attempts } = record.row;
  if (!mayChange(state, change.kind)) throw refuse(record, change, `it is ${state}`);
  const about = 'attempt' in change ? change.attempt : undefined;
  if (about !== undefined && about !== attempts) {
    throw refuse(record, change, `attempt ${about} is over, it is at attempt ${attempts}`);
  }
  const { take, problem: _problem, placement: _placement, ...bare } = record.row;
  const { lastProblem: _lastProblem, ...rest } = record;
  const row = { ...bare, changedAt: context.at };
  switch (change.kind) {
    case 'lease': {
      const { fallback: _before, ...asWished } = row;
      const { fallback } = change;
      return {
        ...record,
        row: { ...asWished, state: 'rendering', attempts: attempts + 1, ...(fallback && { fallback }) },
      };
    }
    case 'finish': {
      const { tries: _before, ...untried } = row;
      const { tries = row.tries ?? [] } = change;
      const kept = { ...untried, ...(tries.length > 0 && { tries: [...tries] }) };
      return { ...rest, lost: 0, row: { ...kept, state: 'rendered', take: change.take } };
    }
    case 'redo': {
      const tries = [...(row.tries ?? []), change.take];
      return { ...rest, lost: 0, lastProblem: change.problem, row: { ...row, state: 'queued', tries } };
    }
    case 'fail':
      return { ...rest, row: { ...row, state: 'failed', problem: change.problem } };
    case 'lose': {
      const lost = record.lost + 1;
      if (lost < context.maxLost)
        return { ...rest, lost, lastProblem: change.problem, row: { ...row, state: 'queued' } };
      return { ...rest, lost, row: { ...row, state: 'failed', problem: tooManyAttempts(lost, change.problem) } };
    }
    case 'release':
      return { ...record, row: { ...row, state: 'queued' } };
    case 'hold':
      return { ...record, row: { ...row, problem: change.problem } };
    case 'free':
      return { ...record, row };
    case 'deliver':
      return { ...record, row: { ...row, state: 'delivered', ...(take && { take }) } };
    case 'place':
      return { ...record, row: { ...row, state: 'placed', ...(take && { take }), placement: change.placement } };
    case 'cancel':
      return { ...rest, row: { ...row, state: 'cancelled', ...(take && { take }) } };
    case 'retry':
      return { ...rest, lost: 0, row: { ...row, state: 'queued' } };
    case 'judge': {
      const { verdict: _before, ...unjudged } = record.row;
      const { verdict, reason } = change;
      const judged = verdict === 'none' ? {} : { verdict: { verdict, ...(reason && { reason }), at: context.at } };
      return { ...record, row: { ...unjudged, changedAt: context.at, ...judged } };
    }
  }
}
