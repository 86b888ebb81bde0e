/** What the queue needs of a store. The libsql store and the in-memory one pass the same contract tests. */
import type { Fact, FactKind, JobEvent, JobRow, JobState } from '../../shared/protocol';
import type { Sha256 } from '../../shared/shot';
import type { JobRecord } from './record';
import type { Timing, WorkGroup } from './estimate';

/** Which ready job goes next: as submitted, or the least work first so that the editor soon has something. */
export type JobOrder = 'submitted' | 'shortest-first';

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
  /** The queued job to render next whose boards are all there. */
  nextReady(order: JobOrder): JobRecord | undefined;
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
