/** What suites of a farm share: a folder, a Redis, one companion and workers, all of them real processes that may be killed. */
import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { begin, serve, type Served } from '../../daemon/fixtures/installed';
import { tempFolder } from '../fixtures/specs';
import { RedisServer } from './redis-server';

export class FarmRig {
  readonly #folder: Awaited<ReturnType<typeof tempFolder>>;
  readonly #workers: ChildProcess[] = [];
  #companion: Served | null = null;
  readonly redis: RedisServer;

  private constructor(folder: Awaited<ReturnType<typeof tempFolder>>, redis: RedisServer) {
    this.#folder = folder;
    this.redis = redis;
  }

  static async start(): Promise<FarmRig> {
    const folder = await tempFolder();
    await mkdir(path.join(folder.path, 'redis'));
    return new FarmRig(folder, await RedisServer.start(path.join(folder.path, 'redis')));
  }

  /** A place in the folder: the companion's data are at "data", a worker's at its name. */
  at(name: string): string {
    return path.join(this.#folder.path, name);
  }

  /** The companion that was started last. */
  get daemon(): Served {
    if (!this.#companion) throw new Error('no companion was started');
    return this.#companion;
  }

  async companion(options: readonly string[] = []): Promise<Served> {
    this.#companion = await serve(this.at('data'), {}, undefined, ['--farm', this.redis.url, ...options]);
    return this.#companion;
  }

  async worker(name: string, options: readonly string[] = []): Promise<ChildProcess> {
    const own = ['--data', this.at(name), '--name', name, '--lease-seconds', '3'];
    const child = await begin(['worker', '--farm', this.redis.url, ...options, ...own]);
    this.#workers.push(child);
    return child;
  }

  async end(): Promise<void> {
    for (const child of this.#workers) child.kill('SIGKILL');
    this.#companion?.child.kill('SIGKILL');
    await this.#companion?.ended;
    await this.redis.kill();
    await this.#folder.remove();
  }
}
