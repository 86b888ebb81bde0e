/** The farm as a person looks at it and steers it: who works, what waits, stop and go. */
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { FARM_VERSION, KEYS, zWorkerCard, type WorkerCard } from './messages';

export interface QueueCounts {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly paused: boolean;
}

export interface FarmStatus {
  readonly workers: readonly WorkerCard[];
  readonly queues: readonly QueueCounts[];
  /** What a person should know: work that nobody can do, workers of another version. */
  readonly warnings: readonly string[];
}

/** The workers that are there, of whatever version. */
export async function workersOf(redis: Redis): Promise<WorkerCard[]> {
  const keys = await scan(redis, KEYS.cards);
  const cards = keys.length === 0 ? [] : await redis.mget(keys);
  return cards.flatMap((card) => {
    const read = zWorkerCard.safeParse(JSON.parse(card ?? 'null'));
    return read.success ? [read.data] : [];
  });
}

async function scan(redis: Redis, pattern: string): Promise<string[]> {
  const found = new Set<string>();
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', 500);
    for (const key of keys) found.add(key);
    cursor = next;
  } while (cursor !== '0');
  return [...found].sort();
}

/** Names of the queues that there are. */
async function queueNames(redis: Redis): Promise<string[]> {
  const keys = await scan(redis, `bull:inbetween-${FARM_VERSION}-*:meta`);
  return keys.map((key) => key.slice('bull:'.length, -':meta'.length));
}

async function withQueues<T>(redis: Redis, act: (queue: Queue) => Promise<T>): Promise<T[]> {
  const out: T[] = [];
  for (const name of await queueNames(redis)) {
    const queue = new Queue(name, { connection: redis });
    queue.on('error', () => undefined);
    try {
      out.push(await act(queue));
    } finally {
      await queue.close();
    }
  }
  return out;
}

/** Workers, queues and what is odd about them now. */
export async function farmStatus(redis: Redis): Promise<FarmStatus> {
  const workers = await workersOf(redis);
  const queues = await withQueues(redis, async (queue) => {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
    const { waiting = 0, active = 0, delayed = 0, prioritized = 0 } = counts;
    return {
      name: queue.name,
      waiting: waiting + delayed + prioritized,
      active,
      paused: await queue.isPaused(),
    };
  });
  return { workers, queues, warnings: warningsOf(workers, queues) };
}

function warningsOf(workers: readonly WorkerCard[], queues: readonly QueueCounts[]): string[] {
  const others = workers.filter((worker) => worker.farm !== FARM_VERSION);
  const idle = queues.filter(
    ({ name, waiting }) =>
      waiting > 0 && !workers.some((w) => w.farm === FARM_VERSION && w.state !== 'draining' && w.queues.includes(name)),
  );
  return [
    ...others.map((worker) => {
      const side = worker.farm < FARM_VERSION ? `update the worker ${worker.id}` : 'update this companion';
      return `${worker.id} (version ${worker.version}) speaks another farm version and takes nothing from here: ${side}.`;
    }),
    ...idle.map(({ name, waiting }) => `${waiting} jobs wait in ${name}, and no worker can do them.`),
  ];
}

/** No worker takes a job until the farm is resumed; what is being made goes on. */
export async function setFarmPaused(redis: Redis, paused: boolean): Promise<void> {
  await withQueues(redis, (queue) => (paused ? queue.pause() : queue.resume()));
}

/** Tells a worker to finish what it makes and leave. It hears of it at its next heartbeat. */
export async function drainWorker(redis: Redis, id: string): Promise<void> {
  await redis.set(KEYS.drain(id), '1', 'EX', 3600);
}
