/**
 * What would not be there by its deadline is made by a faster engine. Pure: from the waiting jobs in their order, how long each is
 * expected to take, and when each has to be there.
 */
import type { WaitingJob } from '../job-store';

/** One job as the plan sees it. */
export interface Prospect {
  readonly jobId: string;
  /** Seconds with the engine it asks for; null: not known, then it is left as it is. */
  readonly seconds: number | null;
  /** The engine that could stand in, and its seconds; null: there is none that is faster. */
  readonly standIn: { readonly engine: string; readonly seconds: number } | null;
  /** Seconds from now; null: whenever. */
  readonly due: number | null;
}

/** Engines that can stand in for one, the nearest in kind first. */
export function standInsFor(job: Pick<WaitingJob, 'engine' | 'boards'>): readonly string[] {
  switch (job.engine) {
    case 'diffusion':
      return job.boards > 1 ? ['inbetween', 'parallax'] : ['parallax'];
    case 'inbetween':
      return ['parallax'];
    case 'auto':
      return job.boards > 1 ? ['parallax'] : [];
    default:
      return [];
  }
}

/**
 * The jobs that have to fall back, with their stand-ins. Goes through the order adding up; whenever a job would be late, the latest job
 * so far that has a faster stand-in is given it, until the late one is in time or nothing is left to give. So the first jobs of a night
 * keep what they asked for as long as that is possible at all.
 * @param busySeconds what the running job still needs
 */
export function fallbacks(prospects: readonly Prospect[], busySeconds: number): Map<string, string> {
  const chosen = new Map<string, string>();
  const open: { jobId: string; engine: string; saves: number }[] = [];
  let sum = busySeconds;
  for (const { jobId, seconds, standIn, due } of prospects) {
    sum += seconds ?? 0;
    if (seconds !== null && standIn && standIn.seconds < seconds)
      open.push({ jobId, engine: standIn.engine, saves: seconds - standIn.seconds });
    while (due !== null && sum > due) {
      const last = open.pop();
      if (!last) break;
      chosen.set(last.jobId, last.engine);
      sum -= last.saves;
    }
  }
  return chosen;
}
