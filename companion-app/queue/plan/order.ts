/** Which of the waiting jobs goes next: by hand where a person has put them in order, else as the settings say. Pure. */
import type { OrderPlace } from '../../../shared/protocol';
import type { JobOrder, WaitingJob } from '../job-store';

export interface Ordering {
  readonly by: JobOrder;
  /** Previews of everything before the first full take. */
  readonly previewsFirst: boolean;
}

/** Seconds a job is expected to take; null where nothing like it was measured. */
export type SecondsOf = (job: WaitingJob) => number | null;

/** What stands in for seconds nobody has measured, so that all jobs can be compared: diffusion is slow, previews are small. */
const GUESSED_PER_MEGAPIXEL: Readonly<Record<string, number>> = { diffusion: 5, inbetween: 0.1 };

function guessed(job: WaitingJob): number {
  const each = (GUESSED_PER_MEGAPIXEL[job.engine] ?? 0.05) * (job.quality === 'preview' ? 0.25 : 1);
  return ((job.pixels * job.frames) / 1e6) * each;
}

type Key = readonly number[];

function keyOf(job: WaitingJob, { by, previewsFirst }: Ordering, secondsOf: SecondsOf): Key {
  if (job.byHand) return [0, job.rank];
  const quality = previewsFirst && job.quality !== 'preview' ? 1 : 0;
  switch (by) {
    case 'submitted':
      return [1, quality, job.rank];
    case 'shot':
      return [1, quality, job.sequenceRank, job.startFrame, job.rank];
    case 'shortest-first':
      return [1, quality, secondsOf(job) ?? guessed(job), job.rank];
  }
}

function compare(a: Key, b: Key): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return value - other;
  }
  return 0;
}

/** The waiting jobs in the order in which they are to be begun. */
export function inOrder(jobs: readonly WaitingJob[], ordering: Ordering, secondsOf: SecondsOf): WaitingJob[] {
  return jobs
    .map((job) => ({ job, key: keyOf(job, ordering, secondsOf) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ job }) => job);
}

/**
 * The ids of `order` with `moved` put at `place`, in the order they are named. Ids that do not wait are passed over; where the job they
 * are to go before does not wait (any more), they go to the front.
 */
export function moved(order: readonly string[], wanted: readonly string[], place: OrderPlace): string[] {
  const waiting = new Set(order);
  const going = [...new Set(wanted)].filter((id) => waiting.has(id));
  const gone = new Set(going);
  const rest = order.filter((id) => !gone.has(id));
  if (place === 'back') return [...rest, ...going];
  if (place === 'front') return [...going, ...rest];
  // Put before one of themselves: before the first of the others that came after it.
  const from = order.indexOf(place.before);
  const anchor = from < 0 ? undefined : order.slice(from).find((id) => !gone.has(id));
  const at = anchor === undefined ? (from < 0 ? 0 : rest.length) : rest.indexOf(anchor);
  return [...rest.slice(0, at), ...going, ...rest.slice(at)];
}
