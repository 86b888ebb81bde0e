/** `inbetween farm …`: who works, what waits; pause, resume, drain. */
import type { Command } from 'commander';
import type { Redis } from 'ioredis';
import {
  assertKeepsJobs,
  connectRedis,
  drainWorker,
  farmStatus,
  setFarmPaused,
  type FarmStatus,
} from '../../queue/farm';
import { remark, say, sayJson } from '../speak';

interface Common {
  readonly farm: string;
  readonly json?: boolean;
}

async function withFarm<T>(url: string, act: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = connectRedis(url);
  redis.connect().catch(() => undefined);
  try {
    await assertKeepsJobs(redis, url);
    return await act(redis);
  } finally {
    redis.disconnect();
  }
}

function show({ workers, queues, warnings }: FarmStatus): void {
  for (const { id, state, job, provider, version } of workers)
    say([id, state, job ?? '', provider, version].filter((part) => part !== '').join('  '));
  if (workers.length === 0) say('No worker is there.');
  for (const { name, waiting, active, paused } of queues)
    say(`${name}  ${waiting} waiting, ${active} being made${paused ? ', paused' : ''}`);
  for (const warning of warnings) remark(warning);
}

async function status({ farm, json }: Common): Promise<void> {
  const found = await withFarm(farm, farmStatus);
  if (json === true) sayJson(found);
  else show(found);
}

export function register(program: Command): void {
  const farm = program.command('farm').description('look at and steer a farm of companions');
  const command = (name: string, about: string): Command =>
    farm.command(name).description(about).requiredOption('--farm <url>', 'its Redis, "redis://host:6379"');
  command('status', 'workers, queues, and what is odd about them').option('--json', 'answer in JSON').action(status);
  command('pause', 'no worker takes a job until the farm is resumed').action(({ farm: url }: Common) =>
    withFarm(url, (redis) => setFarmPaused(redis, true)),
  );
  command('resume', 'workers take jobs again').action(({ farm: url }: Common) =>
    withFarm(url, (redis) => setFarmPaused(redis, false)),
  );
  command('drain <worker>', 'have a worker finish its job and leave').action((worker: string, { farm: url }: Common) =>
    withFarm(url, (redis) => drainWorker(redis, worker)),
  );
}
