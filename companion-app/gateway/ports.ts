/** What the gateway needs from other rooms. The daemon hands in the real parts; tests hand in small real ones of their own. */
import type { Problem } from '../../shared/problem';
import type {
  Hold,
  JobEvent,
  JobRow,
  JobSpec,
  JobState,
  OrderPlace,
  Placement,
  Progress,
  Prunable,
  Verdict,
} from '../../shared/protocol';
import type { Sha256 } from '../../shared/shot';

/** What became of one job of a submit. A refused job carries its problem and no state. */
export interface SubmitOutcome {
  readonly jobId: string;
  readonly state?: JobState;
  /** True when the job was there already and was not changed. */
  readonly known: boolean;
  readonly problem?: Problem;
}

export interface SubmitResult {
  /** One outcome a job, in the order of the jobs. */
  readonly jobs: readonly SubmitOutcome[];
  /** Boards of these jobs that are not in the store yet. */
  readonly missing: readonly Sha256[];
}

export interface ListQuery {
  readonly states?: readonly JobState[];
  readonly sequenceId?: string;
  /** Rows to skip, from 0. */
  readonly offset: number;
  /** Rows to return at most. */
  readonly limit: number;
}

/** What a person says of a take, and where. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason?: string | undefined;
  readonly by: 'panel' | 'page';
}

/** The job queue. Every method throws InbetweenError where a person should know. Resolved means stored. */
export interface QueuePort {
  submit(jobs: readonly JobSpec[]): Promise<SubmitResult>;
  /** Number of the newest stored event, 0 when there is none. */
  newestSeq(): Promise<number>;
  /**
   * All stored events with `seq` above `after`, in order and without gap, then each new one once it is stored.
   * Pulled: the next event is asked for when the last has been sent, so a slow panel holds nothing in memory.
   * Ends without an error once `signal` is aborted.
   */
  events(after: number, signal: AbortSignal): AsyncIterable<JobEvent>;
  /** Rows in the queue's order, and how many there are without offset and limit. */
  list(query: ListQuery): Promise<{ readonly jobs: readonly JobRow[]; readonly total: number }>;
  /** Hands a rendered take over: the job becomes `delivered`. Asking again for a delivered job answers the same. */
  deliver(jobId: string): Promise<JobRow>;
  /** The take is on the timeline; the job becomes `placed`. Twice is harmless. */
  placed(jobId: string, placement: Placement): Promise<void>;
  /** Ids of those that are cancelled now. */
  cancel(jobIds: readonly string[]): Promise<readonly string[]>;
  /** Ids of those that are queued again. */
  retry(jobIds: readonly string[]): Promise<readonly string[]>;
  /** Begins no job until told otherwise (`true`), goes on (`false`), or only says how it is (`null`). Resolves with how it is now. */
  pause(paused: boolean | null): Promise<{ readonly paused: boolean; readonly holds: readonly Hold[] }>;
  /** Puts waiting jobs where the person wants them. Ids of those that wait. */
  reorder(jobIds: readonly string[], to: OrderPlace): Promise<readonly string[]>;
  /** Takes jobs in these states out of the lists. How many went. */
  prune(states: readonly Prunable[]): Promise<number>;
  /** What `asker` says of its host, until it says otherwise: Premiere plays or exports. */
  hostBusy(asker: object, busy: boolean): void;
  /** A person's word on a take; `none` takes it back. Resolves with the row as it is now. Twice is harmless. */
  judge(jobId: string, judgement: Judgement): Promise<JobRow>;
  /** What of our takes is on a timeline and enabled at this look, frames each. */
  cut(sequenceId: string, takes: readonly { readonly jobId: string; readonly frames: number }[]): Promise<void>;
  /** Somebody looked at a take for so many seconds more. */
  reviewed(jobId: string, seconds: number): Promise<void>;
  /** A board arrived whole: jobs that waited for it may go on. */
  boardStored(sha256: Sha256): Promise<void>;
  /** Calls `listener` with every glimpse of progress until the returned function is called. */
  onProgress(listener: (progress: Progress) => void): () => void;
}

/** One board on its way in; at most one for each SHA-256 at a time. */
export interface BoardUpload {
  /** Bytes there already: the next chunk starts here. */
  readonly offset: number;
  /** Appends; resolves once the bytes are handed to the system. Throws InbetweenError; after that only close or discard. */
  write(offset: number, payload: Uint8Array): Promise<void>;
  /** Checks length and SHA-256, syncs, gives the file its final name. Throws `upload-mismatch` and forgets the bytes. */
  finish(): Promise<void>;
  /** Gives up for now: what is there stays for a later begin. */
  close(): Promise<void>;
  /** Gives up for good: nothing stays. */
  discard(): Promise<void>;
}

/** Boards by content. A board is either absent or whole. */
export interface BoardStorePort {
  /** Those of `boards` that are absent, each once. */
  missing(boards: readonly Sha256[]): Promise<readonly Sha256[]>;
  /** Null when the board is there already. Throws `busy` while another upload of the same board is open. */
  begin(board: { readonly sha256: Sha256; readonly bytes: number }): Promise<BoardUpload | null>;
}

/** Who may talk. */
export interface PairingPort {
  /** True when the token was given out by a pairing and not revoked. Takes the same time whatever the token. */
  verify(token: string): boolean;
  /** Trades the six digits for a new token, or throws `pairing-failed` or `pairing-locked`. A code works once. */
  redeem(code: string, client: { readonly name: string; readonly instance: string }): Promise<string>;
}

/** Finished clips, for GET /clip/<jobId>. */
export interface ClipPort {
  /** Absolute path of the job's whole clip, or null when there is none. */
  clipPath(jobId: string): Promise<string | null>;
}

/** Time. `after` is measured by a clock that never jumps. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `act` once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, act: () => void): () => void;
}

/** Structured log lines; never notes, pictures, codes or tokens. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, text: string): void;
  warn(fields: Readonly<Record<string, unknown>>, text: string): void;
}
