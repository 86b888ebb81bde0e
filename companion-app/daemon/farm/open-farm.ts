/** A farm as companions and workers use it: its Redis looked at first, its shared folder opened where there is one. */
import type { Redis } from 'ioredis';
import { assertKeepsJobs, connectRedis, SharedFolder } from '../../queue/farm';

export interface FarmConfig {
  /** redis:// or rediss:// */
  readonly url: string;
  /** Folder that this machine and others see; without it boards and takes travel over the companion's HTTP. */
  readonly shared?: string;
}

export interface OpenFarm {
  readonly redis: Redis;
  readonly shared: SharedFolder | null;
  close(): void;
}

/** Throws InbetweenError where the Redis would lose jobs or does not answer, or the folder cannot be written. */
export async function openFarm({ url, shared }: FarmConfig): Promise<OpenFarm> {
  const redis = connectRedis(url);
  try {
    redis.connect().catch(() => undefined);
    await assertKeepsJobs(redis, url);
    const folder = shared === undefined ? null : await SharedFolder.open(shared);
    return { redis, shared: folder, close: () => redis.disconnect() };
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}
