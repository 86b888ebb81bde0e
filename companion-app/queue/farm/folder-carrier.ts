/** A worker that sees the shared folder: boards are read there, takes are left there. */
import type { Sha256 } from '../../../shared/shot';
import type { Carrier } from './carrier';
import type { FarmJob } from './messages';
import type { SharedFolder } from './shared-folder';

/** For jobs of a companion that does not see the folder it goes by the other way. */
export function folderCarrier(shared: SharedFolder, otherwise: Carrier): Carrier {
  const way = (job: FarmJob): Carrier | null => (job.shared ? null : otherwise);
  return {
    pathOf: async (board: Sha256) => (await shared.pathOf(board)) ?? otherwise.pathOf(board),
    bring: async (job, signal) => way(job)?.bring(job, signal),
    deliver: async (job, take, signal) => (await way(job)?.deliver(job, take, signal)) ?? null,
  };
}
