/** Which of a farm's workers can render what, and what to do where none can. Pure. */
import type { Hold, JobSpec } from '../../../shared/protocol';
import { problem, type Problem } from '../../../shared/problem';
import { ANY_PACK, EMBEDDED, FARM_VERSION, queueOf, type WorkerCard } from './messages';

const safe = 'The shot keeps its place; the others go on.';
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Those that take jobs from this version of the companion. */
const takers = (workers: readonly WorkerCard[]): WorkerCard[] =>
  workers.filter(({ farm, state }) => farm === FARM_VERSION && state !== 'draining');

const waits = (message: string, action: string): Problem =>
  problem({ code: 'engine-unavailable', message, safe, action, retry: true });

/** Why none of these workers can render this; null where one can. */
export function refusal(run: JobSpec, workers: readonly WorkerCard[]): Problem | null {
  const wanted = queueOf(run);
  const there = takers(workers);
  if (there.some(({ queues }) => queues.includes(wanted))) return null;
  if (wanted === EMBEDDED)
    return waits(
      'No connected worker takes shots without a model pack.',
      'Start a worker without --packs-only, or choose an engine for this shot that uses a pack.',
    );
  const sized = there.flatMap(({ packs = [], memoryBytes = 0 }) =>
    packs.filter(({ queue }) => queue === wanted).map(({ name, needBytes }) => ({ name, needBytes, memoryBytes })),
  );
  const [first] = sized;
  if (first) {
    const most = Math.max(...sized.map(({ memoryBytes }) => memoryBytes));
    return waits(
      `The pack ${first.name} needs at least ${gigabytes(first.needBytes)} of memory; the workers that have it have ${gigabytes(most)}.`,
      `Start a worker with ${gigabytes(first.needBytes)} or more that has the pack, or choose another engine for this shot.`,
    );
  }
  if (wanted === ANY_PACK || run.pack === undefined)
    return waits(
      'No connected worker has an image-to-video pack.',
      'Install one on a worker with "inbetween models pull" and start that worker again.',
    );
  const alike = there.flatMap(({ packs = [] }) => packs).some(({ name }) => name === run.pack?.name);
  return alike
    ? waits(
        `The pack ${run.pack.name} of the connected workers is not the one that this shot was sent with.`,
        `Install this version of ${run.pack.name} on a worker, or send the shot again with the workers' version.`,
      )
    : waits(
        `No connected worker has the pack ${run.pack.name}.`,
        `Install ${run.pack.name} on a worker with "inbetween models pull", and start that worker again.`,
      );
}

/** What keeps everything from being begun: nobody is there. Null where somebody is. */
export function emptyFarm(workers: readonly WorkerCard[]): Hold | null {
  if (takers(workers).length > 0) return null;
  const [other] = workers.filter(({ farm }) => farm !== FARM_VERSION);
  const draining = workers.length > 0 && !other;
  const message = other
    ? `The farm's workers speak another version (${other.version}) and take nothing from this companion.`
    : draining
      ? "All of the farm's workers are leaving."
      : 'No worker is connected to the farm.';
  const action = other
    ? other.farm < FARM_VERSION
      ? 'Update the workers.'
      : 'Update this companion.'
    : 'Start a worker with "inbetween worker --farm" and the address of the same Redis.';
  return {
    kind: 'farm',
    problem: problem({
      code: 'engine-unavailable',
      message,
      safe: 'The shots keep their places.',
      action,
      retry: true,
    }),
  };
}

/** Changes whenever what the workers can do together does, or what is to be said of it. */
export function meansOf(workers: readonly WorkerCard[]): string {
  const means = takers(workers).map(({ id, queues, memoryBytes, packs }) => [id, queues, memoryBytes, packs]);
  return JSON.stringify([means.sort(), emptyFarm(workers)?.problem.message]);
}
