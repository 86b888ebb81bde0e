/** Chooses the next job, and the engine that makes it. */
import type { Fallback, Hold, JobSpec } from '../../../shared/protocol';
import { problem } from '../../../shared/problem';
import { UNMEASURED_PART, type WorkGroup } from '../estimate';
import type { JobStore, Ranked, WaitingJob } from '../job-store';
import type { Clock } from '../ports';
import type { JobRecord } from '../record';
import type { TimeLeft } from '../time-left';
import { fallbacks, standInsFor, type Prospect } from './fallback';
import { inOrder } from './order';
import type { Conditions, QueuePlan } from './plan';
import { seedOfTry } from './tries';
import { Waiting } from './waiting';
import { nextTime } from './wall-clock';

export interface SchedulerParts {
  readonly store: JobStore;
  readonly clock: Clock;
  readonly timeLeft: TimeLeft;
  readonly plan: () => QueuePlan;
  readonly conditions: Conditions;
}

/** A plan of what waits is good for so long, while no job changes. */
const PLAN_MS = 5_000;
const PAUSED = 'paused';
/** Value of the setting after a crash, where a person wants to look first. */
const CRASHED = 'crash';

export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #waiting: Waiting;
  readonly #busyHosts = new Set<object>();
  /** What whoever renders has against it. */
  #hold: Hold | null = null;
  /** What waits with its stand-ins, as it was planned last. */
  #planned: { readonly at: number; readonly deadline: string; readonly work: readonly WorkGroup[] } | null = null;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
    this.#waiting = new Waiting(parts.store);
  }

  get paused(): boolean {
    const value = this.#parts.store.setting(PAUSED);
    return value === 'yes' || value === CRASHED;
  }

  /** Kept over a restart. `afterCrash`: nobody asked for it, it waits for a person. */
  setPaused(paused: boolean, afterCrash = false): void {
    this.#parts.store.setSetting(PAUSED, paused ? (afterCrash ? CRASHED : 'yes') : 'no');
  }

  /** What `asker` says of its host; true when that changes whether any is busy. */
  hostBusy(asker: object, busy: boolean): boolean {
    const before = this.#busyHosts.size > 0;
    if (busy) this.#busyHosts.add(asker);
    else this.#busyHosts.delete(asker);
    return before !== this.#busyHosts.size > 0;
  }

  /** Whoever renders cannot; null: it can. */
  hold(hold: Hold | null): void {
    this.#hold = hold;
  }

  /** Everything that keeps jobs from being begun now. */
  holds(): Hold[] {
    const { store, clock, plan, conditions, timeLeft } = this.#parts;
    const paused = store.setting(PAUSED);
    return [
      ...(paused === 'yes' ? [PAUSED_BY_HAND] : []),
      ...(paused === CRASHED ? [PAUSED_AFTER_CRASH] : []),
      ...(this.#busyHosts.size > 0 && plan().pauseWhilePremiereWorks ? [HOST_WORKS] : []),
      ...(this.#hold ? [this.#hold] : []),
      ...conditions.holds(clock.now(), timeLeft.queued()),
    ];
  }

  /** All waiting jobs in the order in which they will be begun. */
  inOrder(): WaitingJob[] {
    const { plan, timeLeft } = this.#parts;
    return inOrder(this.#waiting.all(), plan(), (job) => timeLeft.predict(job)?.likely ?? null);
  }

  /** Those whose order a plan has made, which their ranks do not tell; none where ranks are the order. */
  notByRank(): string[] {
    const { by, previewsFirst } = this.#parts.plan();
    if (by === 'submitted' && !previewsFirst) return [];
    return this.inOrder().flatMap((job) => (job.byHand ? [] : job.jobId));
  }

  /** To be called whenever a job has changed. */
  jobChanged(record: JobRecord): void {
    this.#planned = null;
    this.#waiting.changed(record);
  }

  /** To be called when jobs were put in order by hand. */
  orderChanged(moved: readonly Ranked[]): void {
    this.#planned = null;
    this.#waiting.moved(moved);
  }

  /** To be called when another order counts for all of them. */
  allChanged(): void {
    this.#planned = null;
    this.#waiting.forget();
  }

  /** To be called when boards have come or gone: that changes which job is ready, not what is planned. */
  boardsChanged(): void {
    this.#waiting.forget();
  }

  /** What waits, in groups of equal jobs, with the engines that will make it if all goes as expected. */
  planned(busySeconds: number): readonly WorkGroup[] {
    const { clock, plan, timeLeft } = this.#parts;
    const { deadline } = plan();
    const asked = timeLeft.queued();
    // Nothing that waits could be made by another engine, or nothing has to be there by any time.
    if (deadline === null || asked.every((group) => standInsFor(group).length === 0)) return asked;
    const at = clock.now();
    const known = this.#planned;
    if (known?.deadline === deadline && Math.abs(at - known.at) < PLAN_MS) return known.work;
    const order = this.inOrder();
    const instead = fallbacks(this.#prospects(order, deadline), busySeconds);
    const work = grouped(order, instead);
    this.#planned = { at, deadline, work };
    return work;
  }

  /** The job to begin now whatever holds there are, and what stands in for its engine; null when none is ready. */
  next(): { readonly record: JobRecord; readonly fallback?: Fallback } | null {
    const { store, plan } = this.#parts;
    const { by, previewsFirst, deadline } = plan();
    if (by === 'submitted' && deadline === null) {
      const record = store.nextReady(previewsFirst);
      return record ? { record } : null;
    }
    const order = this.inOrder();
    const first = order.find((job) => job.ready);
    const record = first && store.find(first.jobId);
    if (!first || !record) return null;
    const engine = deadline === null ? undefined : fallbacks(this.#prospects(order, deadline), 0).get(first.jobId);
    if (engine === undefined || deadline === null) return { record };
    const why = `Made by ${engine} instead of ${first.engine}, to be there by ${deadline}.`;
    return { record, fallback: { engine, why, at: this.#parts.clock.now() } };
  }

  #prospects(order: readonly WaitingJob[], deadline: string): Prospect[] {
    const { clock, conditions, timeLeft } = this.#parts;
    const now = clock.now();
    const dueAt = new Map<number, number>();
    return order.map((job) => {
      const submitted = Math.floor(job.submittedAt / 60_000);
      const due = dueAt.get(submitted) ?? nextTime(job.submittedAt, deadline, conditions.wall);
      dueAt.set(submitted, due);
      const seconds = timeLeft.predict(job)?.likely ?? null;
      return { jobId: job.jobId, seconds, standIn: this.#standIn(job, seconds), due: (due - now) / 1000 };
    });
  }

  /** The nearest in kind of the engines that are faster. */
  #standIn(job: WaitingJob, seconds: number | null): Prospect['standIn'] {
    if (seconds === null) return null;
    for (const engine of standInsFor(job)) {
      const known = this.#parts.timeLeft.predict({ ...job, engine });
      const expected = known?.likely ?? seconds * UNMEASURED_PART;
      if (expected < seconds) return { engine, seconds: expected };
    }
    return null;
  }
}

/** Equal work together, however many jobs it is. */
function grouped(jobs: readonly WaitingJob[], instead: ReadonlyMap<string, string>): WorkGroup[] {
  const groups = new Map<string, WorkGroup>();
  for (const job of jobs) {
    const standIn = instead.get(job.jobId);
    const { quality, pixels, frames, boards } = job;
    const key = `${job.engine} ${standIn ?? ''} ${quality} ${pixels} ${frames} ${boards}`;
    const size = { engine: standIn ?? job.engine, quality, pixels, frames, boards };
    const count = (groups.get(key)?.count ?? 0) + 1;
    groups.set(key, { ...size, count, ...(standIn !== undefined && { insteadOf: job.engine }) });
  }
  return [...groups.values()];
}

/** What an attempt renders: the spec with its stand-in engine (models and styles are its own engine's) and the seed of this try. */
export function runOf(spec: JobSpec, tries: number, fallback: Fallback | undefined): JobSpec {
  const seeded = { ...spec, seed: seedOfTry(spec.seed, tries) };
  if (!fallback) return seeded;
  const { pack: _pack, styles: _styles, ...plain } = seeded;
  return { ...plain, engine: engineNamed(fallback.engine, spec.engine) };
}

function engineNamed(name: string, otherwise: JobSpec['engine']): JobSpec['engine'] {
  return name === 'parallax' || name === 'inbetween' || name === 'diffusion' ? name : otherwise;
}

const safe = 'The running shot goes on; the others keep their places.';

const PAUSED_BY_HAND: Hold = {
  kind: 'paused',
  problem: problem({ code: 'busy', message: 'The queue is paused.', safe, action: 'Resume it.' }),
};

const PAUSED_AFTER_CRASH: Hold = {
  kind: 'crash',
  problem: problem({
    code: 'busy',
    message: 'The companion ended unexpectedly the last time, so the queue waits.',
    safe: 'No shot was lost.',
    action: 'Resume it when you have looked.',
  }),
};

const HOST_WORKS: Hold = {
  kind: 'premiere',
  problem: problem({
    code: 'busy',
    message: 'Premiere plays or exports.',
    safe,
    action: 'Nothing: shots are begun when it is done.',
    retry: true,
  }),
};
