/**
 * What whoever renders (the runner on this machine, or an adapter to a farm) needs of the queue. A lease is one attempt at one job;
 * it ends by exactly one of finish, fail, lose, release, or by a cancel from outside.
 */
import type { Hold, JobEvent, JobSpec, Progress, Step, Take } from '../../shared/protocol';
import type { Problem } from '../../shared/problem';

export interface Lease {
  readonly spec: JobSpec;
  readonly attempt: number;
  /** What this attempt renders: the spec, with the engine that stands in for its own and the seed of this try. */
  readonly run: JobSpec;
  /** Takes of this job that were set aside before, for failing their checks. */
  readonly tries: number;
  /** What the take is to say of how it was made: "Made by parallax instead of diffusion, …". */
  readonly remarks: readonly string[];
}

/** How far an attempt has come: `done` of `of` steps, and in words what is being done. */
export interface Glimpse {
  readonly done: number;
  readonly of: number;
  readonly stage: string;
  /** The stage's own count, where it has one. */
  readonly step?: Step;
}

/** Told after the fact is stored and logged. A listener that throws harms nobody. */
export interface QueueListener {
  event?(event: JobEvent): void;
  progress?(progress: Progress): void;
  /** There may be something to lease now. */
  work?(): void;
}

/** Why nobody who is there can render this; null where somebody can. */
export type Refuse = (run: JobSpec) => Problem | null;

export interface Dispatch {
  /** The next job, now `rendering`; null while nothing may be begun. */
  lease(): Lease | null;
  /** True while this very attempt is the job's present one. */
  stillHolds(lease: Lease): boolean;
  /** Everything that keeps jobs from being begun now. */
  holds(): readonly Hold[];
  /** The clip lies whole under its final name; `seconds` from order to there. May send the job back for another seed. */
  finish(lease: Lease, take: Take, seconds: number): void;
  fail(lease: Lease, problem: Problem): void;
  lose(lease: Lease, problem: Problem): void;
  release(lease: Lease): void;
  progress(lease: Lease, glimpse: Glimpse): void;
  /** A board that was there is gone: jobs wait for it again. */
  boardGone(board: string): void;
  subscribe(listener: QueueListener): () => void;
}

/** What renders in many places that differ needs besides. */
export interface ChoosyDispatch extends Dispatch {
  /** As above, of jobs that are not refused. Those that are, are held with the reason; after some of them null too, to be asked again. */
  lease(refuse?: Refuse): Lease | null;
  /** Asks anew of all jobs that are held: others can be rendered now. */
  reconsider(refuse: Refuse): Promise<void>;
  /** Nothing can be begun at all, because of whoever renders; null: it can. */
  hold(hold: Hold | null): void;
}
