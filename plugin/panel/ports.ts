/** What the panel's logic needs of the companion and the runtime; plugin/link and main.ts provide it. */
import type { JobEvent, JobRow, JobSpec, JobState, Placement, Progress, Take, Verdict } from '../../shared/protocol';
import type { Problem } from '../../shared/problem';
import type { Sha256 } from '../../shared/shot';
import type { StopSignal } from './stopper';

export interface SubmitOutcome {
  readonly jobId: string;
  readonly state?: JobState | undefined;
  readonly known: boolean;
  readonly problem?: Problem | undefined;
}

/** The companion as the panel's logic sees it. Every failure is an InbetweenError. */
export interface Companion {
  /** Those of these boards that the companion lacks. */
  missingBoards(boards: readonly Sha256[]): Promise<readonly Sha256[]>;
  /** Sends a whole board; goes on where it was after a broken connection. `progress`: bytes sent. */
  uploadBoard(
    board: { sha256: Sha256; name: string; bytes: Uint8Array },
    progress?: (bytes: number) => void,
  ): Promise<void>;
  submit(jobs: readonly JobSpec[]): Promise<readonly SubmitOutcome[]>;
  /** All rows that match, however many. */
  list(query: { states?: readonly JobState[]; sequenceId?: string }): Promise<readonly JobRow[]>;
  deliver(jobId: string): Promise<JobRow>;
  placed(jobId: string, placement: Placement): Promise<void>;
  /** Where the take's clip lies on this machine; fetched first from a companion elsewhere. Absent: where the take says. */
  clipHere?(jobId: string, take: Take): Promise<string>;
  cancel(jobIds: readonly string[]): Promise<void>;
  retry(jobIds: readonly string[]): Promise<void>;
  /** Puts waiting jobs before all others, or before one of them. */
  reorder(jobIds: readonly string[], to: 'front' | { readonly before: string }): Promise<void>;
  /** A person's word on a take; `none` takes it back. */
  verdict(jobId: string, verdict: Verdict, reason?: string): Promise<JobRow>;
  /** What of our takes is on this timeline and enabled, frames each. */
  cut(sequenceId: string, takes: readonly { readonly jobId: string; readonly frames: number }[]): Promise<void>;
  /** Premiere plays or exports, or has ceased to. Forgotten by the companion with the connection. */
  hostBusy(busy: boolean): Promise<void>;
  /** Stored events after `seq`, then live ones, across reconnects, without gap or repeat, until stopped. */
  events(seq: number, signal: StopSignal): AsyncIterable<JobEvent>;
  /** Glimpses of progress until the returned function is called. */
  onProgress(listener: (progress: Progress) => void): () => void;
}

/** Pictures and clips that the companion has, as bytes. Null where it has none, or is away. */
export interface Gallery {
  /** A small JPEG of a board that the companion has. */
  board(sha256: Sha256): Promise<Uint8Array | null>;
  /** A small JPEG of a take: 0 first, 1 middle, 2 last frame. */
  take(jobId: string, n: number): Promise<Uint8Array | null>;
  /** A small mp4 of a whole take. */
  clip(jobId: string): Promise<Uint8Array | null>;
}

/** Time, injected so that a run can be repeated. */
export interface PanelClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `act` once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, act: () => void): () => void;
}

/** Board files as the panel reads them. */
export interface BoardFiles {
  /** Another text where the file has changed. Throws where it is absent or may not be looked at. */
  stamp(path: string): Promise<string>;
  readFile(path: string): Promise<Uint8Array>;
}

/** Chance and identity, injected so that a run can be repeated. */
export interface Ids {
  /** A new job id: 8 to 64 of 0-9, a-z and "-". */
  jobId(): string;
}

/** SHA-256 as 64 lower-case hex digits. */
export type HashBytes = (bytes: Uint8Array) => Sha256;
