import type { Sha256 } from '../../../shared/shot';
import type { BoardStorePort } from '../ports';

/** What the farm's workers may reach, given by the daemon. */
export interface FarmPort {
  /** True when the ticket opens what belongs to this job of the farm. Takes the same time whatever the ticket. */
  admits(job: string, ticket: string): boolean;
  /** Absolute path of a board that is here whole, or null. */
  board(sha256: Sha256): Promise<string | null>;
  /** Where the files of a job's take are put. */
  results(job: string): Promise<Pick<BoardStorePort, 'begin'>>;
}
