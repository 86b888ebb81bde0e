/** What the queue needs of a store. The libsql store and the in-memory one pass the same contract tests. */
import type { Fact, FactKind, JobEvent, JobRow, JobState, OrderPlace } from '../../shared/protocol';
import type { Sha256 } from '../../shared/shot';
import type { JobRecord } from './record';
import type { Timing, WorkGroup, WorkSize } from './estimate';

/** Which ready job goes next: as submitted, as on the timeline, or the quickest first so that the editor soon has something. */
export type JobOrder = 'submitted' | 'shot' | 'shortest-first';

/** A queued job with all that its place in the order depends on, and nothing that is long. */
export interface WaitingJob extends WorkSize {
  readonly jobId: string;
  /** Its place among all jobs, a fraction: as submitted, or where a person has put it. */
  readonly rank: number;
  /** A person has put the waiting jobs in order, this one among them: so are all with a lower rank. */
  readonly byHand: boolean;
  /** All its boards are there, and nobody has held it. */
  readonly ready: boolean;
  /** Place of the first job of its sequence. */
  readonly sequenceRank: number;
  /** Where its shot begins on the timeline, frames. */
  readonly startFrame: number;
  /** Milliseconds since 1970. */
  readonly submittedAt: number;
}

export interface Ranked {
  readonly jobId: string;
  readonly rank: number;
}

export interface JobFilter {
  readonly states?: readonly JobState[];
  readonly sequenceId?: string;
  readonly offset?: number;
  readonly limit?: number;
}

export interface EventFilter {
  readonly sequenceId?: string;
  readonly limit?: number;
}

export interface FactFilter {
  readonly kinds?: readonly FactKind[];
  /** Facts from this moment on, milliseconds since 1970. */
  readonly since?: number;
}

/** A change that is on disk now, with the event that tells of it. */
export interface StoredChange {
  readonly record: JobRecord;
  readonly event: JobEvent;
}

/** One try at a job. `endedAt` and `outcome` are absent while it runs. */
export interface AttemptRow {
  readonly jobId: string;
  readonly attempt: number;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** The state the job went to. */
  readonly outcome?: JobState;
  /** Code and sentence of what ended it, where something did. */
  readonly reason?: string;
}

/**
 * Every method is one transaction: when it returns, its effect survives a power cut; when it throws, nothing has changed.
 * All throw InbetweenError: "disk-full" or "folder-unwritable" where the disk is to blame, else "internal".
 */
export interface JobStore {
  /** Adds jobs behind all others, in this order, each with its first event and the boards it waits for. Throws on a known id. */
  insert(records: readonly JobRecord[]): readonly StoredChange[];
  find(jobId: string): JobRecord | undefined;
  /**
   * Replaces a record by `step(record)` and stores the event that tells of it, and with them the fact that `fact` makes of the new
   * record, where there is one. What they throw goes through; nothing changes.
   */
  change(jobId: string, step: (record: JobRecord) => JobRecord, fact?: (record: JobRecord) => Fact): StoredChange;
  /** The queued job, not held and with all its boards there, that comes first: as put by hand, else as submitted, previews first if wanted. */
  nextReady(previewsFirst?: boolean): JobRecord | undefined;
  /** Ids of the queued jobs that are held, by rank. */
  held(): readonly string[];
  /** All queued jobs by rank, in short. */
  waiting(): readonly WaitingJob[];
  /**
   * Puts queued jobs, in the order they are named, in front of all queued ones by rank, behind them, or before one of them; where that one
   * does not wait (any more), in front. All that is queued is in order by hand then. Returns every job whose rank has changed, those named
   * among them; writes few rows more than are moved, however many wait.
   */
  move(jobIds: readonly string[], to: OrderPlace): readonly Ranked[];
  /** Gives these queued jobs the ranks from here on, in this order; nothing is in order by hand for it. */
  rank(jobIds: readonly string[], from: number): void;
  /** The last rank there is, 0 before the first job. */
  lastRank(): number;
  /** No order by hand counts any more; ranks stay as they are. */
  forgetOrder(): void;
  /** Takes jobs in these states out of lists and counts of lists, until their state changes. How many went. */
  prune(states: readonly JobState[]): number;
  /** All records in this state, in order. */
  inState(state: JobState): readonly JobRecord[];
  list(filter: JobFilter): { readonly jobs: readonly JobRow[]; readonly total: number };
  count(states: readonly JobState[]): number;
  /** Queued work in groups of equal jobs: for time left, cheap however long the queue. */
  queuedWork(): readonly WorkGroup[];

  /** Events after `seq`, oldest first. */
  eventsSince(seq: number, filter?: EventFilter): readonly JobEvent[];
  /** Number of the newest event, 0 before the first. */
  newestSeq(): number;

  /** Appends facts, all or none. They outlive the jobs they speak of. */
  addFacts(facts: readonly Fact[]): void;
  /** In the order they were added. */
  facts(filter?: FactFilter): readonly Fact[];

  /** Notes that these boards are there. Saying it twice is harmless. */
  addBoards(boards: readonly Sha256[]): void;
  /** Notes that these boards are gone. */
  dropBoards(boards: readonly Sha256[]): void;
  /** All boards that queued jobs need, each once. */
  wantedBoards(): readonly Sha256[];
  /** All boards noted as being there. */
  heldBoards(): readonly Sha256[];

  attempts(jobId: string): readonly AttemptRow[];
  addTiming(timing: Timing): void;
  /** The newest timings, newest first. */
  timings(limit: number): readonly Timing[];

  setting(name: string): string | undefined;
  setSetting(name: string, value: string): void;
  close(): void;
}
