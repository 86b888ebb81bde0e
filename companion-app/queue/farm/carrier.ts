/** How boards come to a farm's workers and takes come back: through a folder that all see, or over the companion's HTTP. */
import type { Take } from '../../../shared/protocol';
import type { Sha256 } from '../../../shared/shot';
import type { BoardShelf } from '../ports';
import type { FarmFile, FarmJob } from './messages';

/** The submitting companion's side. */
export interface FarmDesk {
  /** Names this companion on the farm, the same after every start. */
  readonly door: string;
  /** What lets a worker fetch the boards of this job of the farm and deliver its take. */
  ticket(farmId: string): string;
  /** True when boards are put where workers see them; otherwise they fetch them. */
  readonly hasFolder: boolean;
  /** Throws as the file system does. */
  putBoard(sha256: Sha256, from: string): Promise<void>;
  /**
   * The files of a take in `attemptDir`, named there; the clip gets the name `fileName`. `files` is what was sent, null where all lies in
   * the folder. Throws as the file system does; the clip's bytes are checked when it lands.
   */
  fetch(
    farmId: string,
    take: Take,
    files: readonly FarmFile[] | null,
    attemptDir: string,
    fileName: string,
  ): Promise<Take>;
  /** Removes what a worker delivered. */
  discard(farmId: string, take: Take | null): Promise<void>;
}

/** A worker's side. The shelf has the boards of the job that was brought last. */
export interface Carrier extends BoardShelf {
  /** Has the boards of a job here. Goes on trying while the companion is away; throws InbetweenError where that is no use. */
  bring(job: FarmJob, signal: AbortSignal): Promise<void>;
  /** Sends a take to the companion and removes it here; likewise. Null where the companion finds it in the folder that both see. */
  deliver(job: FarmJob, take: Take, signal: AbortSignal): Promise<readonly FarmFile[] | null>;
}
