/** Follows the running attempt and says how long it and the whole queue will take, from what was measured. */
import type { JobSpec, Progress, Take } from '../../shared/protocol';
import type { Glimpse, Lease } from './dispatch';
import {
  forecaster,
  predict,
  queueRemaining,
  RECENT_RUNS,
  remaining,
  workOf,
  type Forecaster,
  type SecondsRange,
  type Timing,
  type WorkGroup,
  type WorkSize,
} from './estimate';
import type { JobStore } from './job-store';
import { Pace } from './pace';
import type { Clock } from './ports';

/** Timings that are kept in mind over all engines and sizes. */
const REMEMBERED = RECENT_RUNS * 8;

export class TimeLeft {
  readonly #store: JobStore;
  readonly #clock: Clock;
  readonly #pace = new Pace();
  #timings: Timing[];
  /** What was learned from them. */
  #known: Forecaster;
  /** What was asked of it already. */
  readonly #predicted = new Map<string, SecondsRange | null>();
  /** The queued work, until a job changes. */
  #queued: readonly WorkGroup[] | null = null;
  #running: { readonly jobId: string; readonly startedAt: number; readonly predicted: SecondsRange | null } | null =
    null;

  constructor(store: JobStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#timings = [...store.timings(REMEMBERED)];
    this.#known = forecaster(this.#timings);
  }

  /** To be called whenever a job has changed. */
  jobsChanged(): void {
    this.#queued = null;
  }

  /** What waits, in groups of equal jobs. */
  queued(): readonly WorkGroup[] {
    return (this.#queued ??= this.#store.queuedWork());
  }

  /** Seconds until all that waits is done, as it is planned now, while nothing runs; null when a part of it cannot be told. */
  waiting(planned: readonly WorkGroup[]): SecondsRange | null {
    return queueRemaining({ low: 0, likely: 0, high: 0 }, planned, this.#known);
  }

  /** Seconds a job will take once it runs; null when nothing like it was measured. */
  predict(work: WorkSize): SecondsRange | null {
    const { engine, quality, pixels, frames, boards } = work;
    const key = `${engine} ${quality} ${pixels} ${frames} ${boards}`;
    let told = this.#predicted.get(key);
    if (told === undefined) this.#predicted.set(key, (told = predict(work, this.#known)));
    return told;
  }

  /** `spec` is what the attempt really renders. */
  began(spec: JobSpec): void {
    this.#pace.began();
    this.#running = {
      jobId: spec.id,
      startedAt: this.#clock.monotonic(),
      predicted: this.predict(workOf(spec)),
    };
  }

  /** Learns from a finished run of so many seconds, and keeps it for the next start. */
  measured(spec: JobSpec, take: Take, seconds: number): void {
    const { engine: requested, ...work } = workOf(spec);
    const timing = { ...work, requested, engine: take.engine, device: take.provider, seconds };
    this.#timings = [timing, ...this.#timings].slice(0, REMEMBERED);
    this.#known = forecaster(this.#timings);
    this.#predicted.clear();
    // On a farm others end meanwhile: what was passed so far is not theirs.
    if (this.#running?.jobId === spec.id) this.#pace.ended(spec.engine, seconds);
    this.#store.addTiming(timing);
  }

  /** What listeners hear of the running attempt. `planned`: what waits, as it will be made when the attempt takes so many seconds more. */
  progress(lease: Lease, glimpse: Glimpse, planned: (busySeconds: number) => readonly WorkGroup[]): Progress {
    const left = this.#left(lease, glimpse);
    const all = left && queueRemaining(left, planned(left.likely), this.#known);
    return {
      jobId: lease.spec.id,
      ...glimpse,
      ...(left && { secondsLeft: left }),
      ...(all && { queueSecondsLeft: all }),
    };
  }

  #left(lease: Lease, glimpse: Glimpse): SecondsRange | null {
    if (this.#running?.jobId !== lease.spec.id) return null;
    const seconds = (this.#clock.monotonic() - this.#running.startedAt) / 1000;
    const part = glimpse.of > 0 ? Math.min(1, glimpse.done / glimpse.of) : 0;
    this.#pace.reached(part, seconds);
    return remaining(this.#running.predicted, { seconds, part: this.#pace.share(lease.run.engine, part) });
  }
}
