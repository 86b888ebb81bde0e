/** A farm as this daemon uses it: its Redis looked at first, its shared folder opened. */
import type { Redis } from 'ioredis';
import { assertKeepsJobs, connectRedis, SharedFolder } from '../queue/farm';

export interface FarmConfig {
  /** redis:// or rediss:// */
  readonly url: string;
  /** Folder that this machine and all workers see. */
  readonly shared: string;
}

export interface OpenFarm {
  readonly redis: Redis;
  readonly shared: SharedFolder;
  close(): void;
}

/** Throws InbetweenError where the Redis would lose jobs or does not answer, or the folder cannot be written. */
export async function openFarm({ url, shared }: FarmConfig): Promise<OpenFarm> {
  const redis = connectRedis(url);
  try {
    redis.connect().catch(() => undefined);
    await assertKeepsJobs(redis, url);
    return { redis, shared: await SharedFolder.open(shared), close: () => redis.disconnect() };
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}
