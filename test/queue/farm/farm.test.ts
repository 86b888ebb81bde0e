/** A farm of real processes on a real Redis: everything may be killed, every job is done and placed once. */
import type { ChildProcess } from 'node:child_process';
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { dataLayout } from '../../../companion-app/daemon';
import { FARM_VERSION } from '../../../companion-app/queue/farm/messages';
import { install, run, type Served } from '../../daemon/fixtures/installed';
import { Timeline } from '../../daemon/fixtures/timeline';
import { sha, spec, until } from '../fixtures/specs';
import { describeWithRedis, RedisServer } from './redis-server';
import { FarmRig } from './rig';

const GOLDEN = path.join(__dirname, '..', '..', 'fixtures', 'golden');

describeWithRedis('a farm', () => {
  let rig: FarmRig;
  beforeAll(() => install(), 60_000);
  beforeEach(async () => {
    rig = await FarmRig.start();
  });
  afterEach(() => rig.end());

  const shared = (): string[] => ['--shared', rig.at('shared')];
  const companion = (): Promise<Served> => rig.companion(shared());
  const worker = (name: string): Promise<ChildProcess> => rig.worker(name, shared());

  test('60 jobs, 3 workers; a worker, Redis and the companion are killed in mid-batch: all done once', async () => {
    const boards = [0, 1, 2].map((n) => `board ${n}`);
    const jobs = Array.from({ length: 60 }, (_, n) =>
      spec(n + 1, { board: sha(`board ${n % 3}`), notes: 'steps=4 delay=30' }),
    );
    const timeline = new Timeline(jobs, boards);
    const [first] = await Promise.all(['one', 'two', 'three'].map(worker));
    let following = timeline.follow(await companion());
    const placed = (): number => timeline.events.filter((event) => event.state === 'placed').length;

    await until(() => placed() >= 5, 60_000);
    first!.kill('SIGKILL');
    await until(() => placed() >= 12, 60_000);
    await rig.redis.kill();
    await wait(300);
    await rig.redis.start();
    await until(() => placed() >= 20, 60_000);
    rig.daemon.child.kill('SIGKILL');
    await rig.daemon.ended;
    await following;
    following = timeline.follow(await companion());

    await until(() => timeline.allPlaced, 120_000);
    rig.daemon.child.kill('SIGTERM');
    expect(await rig.daemon.ended).toBe(0);
    await following;
    expect(timeline.wrong).toEqual([]);
    expect([timeline.lost, timeline.placedTwice]).toEqual([[], []]);
    const { takes, attempts } = dataLayout(rig.at('data'));
    expect(await timeline.halfFiles(takes, attempts)).toEqual([]);
  }, 300_000);

  test('a drained worker finishes what it makes and leaves; the farm says what is odd; a pause holds jobs back', async () => {
    const child = await worker('one');
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const timeline = new Timeline([spec(1, { board: sha('board'), notes: 'steps=2 delay=10' })], ['board']);
    const following = timeline.follow(await companion());
    await until(() => timeline.allPlaced, 30_000);
    const zStatus = z.object({
      workers: z.array(z.object({ id: z.string(), state: z.string() })),
      queues: z.array(z.object({ paused: z.boolean() })),
      warnings: z.array(z.string()),
    });
    const status = async () =>
      zStatus.parse(JSON.parse((await run(['farm', 'status', '--farm', rig.redis.url, '--json'])).stdout));
    const [card] = (await status()).workers;
    expect(card?.id).toMatch(/^one-/);
    expect((await run(['farm', 'pause', '--farm', rig.redis.url])).code).toBe(0);
    expect((await status()).queues.every((queue) => queue.paused)).toBe(true);
    expect((await run(['farm', 'drain', card!.id, '--farm', rig.redis.url])).code).toBe(0);
    expect(await gone).toBe(0);
    expect((await status()).workers).toEqual([]);
    rig.daemon.child.kill('SIGTERM');
    await rig.daemon.ended;
    await following;
  }, 90_000);

  test('workers of another farm version are shown, with the side to update', async () => {
    const client = new Redis(rig.redis.url);
    const card = { version: '0.0.1', provider: 'cpu', queues: ['inbetween-1-embedded'], state: 'idle' };
    for (const [id, farm] of [['older', FARM_VERSION - 1] as const, ['newer', FARM_VERSION + 1] as const])
      await client.set(`inbetween-${farm}:worker:${id}`, JSON.stringify({ ...card, id, farm }));
    client.disconnect();
    const { stdout, stderr } = await run(['farm', 'status', '--farm', rig.redis.url]);
    expect(stdout).toContain('older');
    expect(stderr).toMatch(/^older .*another farm version.*: update the worker older\.$/m);
    expect(stderr).toMatch(/^newer .*another farm version.*: update this companion\.$/m);
  }, 60_000);

  test('a shot waits for a worker that has its pack and the memory for it, and the queue says so; a cancelled one is given up', async () => {
    // Two packs, each on a worker of its own; one of the workers has hardly any memory.
    const packs = ['svd-stub-a', 'i2vgen-stub-a'];
    for (const [n, name] of packs.entries())
      await cp(path.join(GOLDEN, name, 'pack'), path.join(rig.at(`w${n}`), 'packs', name), { recursive: true });
    const index = (name: string) => readFile(path.join(GOLDEN, name, 'pack', 'model_index.json'));
    const [svd = '', other = ''] = await Promise.all(packs.map(async (name) => sha(await index(name))));
    await rig.worker('w0', [...shared(), '--memory-gb', '0.000001']);
    await rig.worker('w1', [...shared(), '--memory-gb', '8', '--packs-only']);

    const board = sha('board');
    const film = (n: number, name: string, sha256: string) => ({
      ...spec(n, { board, notes: 'steps=2' }),
      engine: 'diffusion' as const,
      pack: { name, sha256 },
    });
    const slow = spec(4, { board, notes: 'steps=400 delay=50' });
    const quick = spec(5, { board, notes: 'steps=2' });
    const jobs = [
      film(1, 'nobody-has-it', sha('x')),
      film(2, 'svd-stub-a', svd),
      film(3, 'i2vgen-stub-a', other),
      slow,
      quick,
    ];
    const timeline = new Timeline(jobs, ['board']);
    const following = timeline.follow(await companion());
    const seen = (jobId: string, state: string): boolean =>
      timeline.events.some((event) => event.jobId === jobId && event.state === state);
    await until(() => seen(slow.id, 'rendering') && seen('job-000003', 'placed'), 30_000);
    const data = rig.at('data');
    const listed = (await run(['queue', 'list', '--data', data])).stdout;
    expect(listed).toContain('No connected worker has the pack nobody-has-it.');
    expect(listed).toMatch(
      /The pack svd-stub-a needs at least \d+\.\d GB of memory; the workers that have it have 0\.0 GB\./,
    );
    expect((await run(['queue', 'cancel', slow.id, '--data', data])).code).toBe(0);
    await until(() => seen(quick.id, 'placed'), 30_000);
    expect(seen(slow.id, 'rendered')).toBe(false);

    // Another worker has the pack and the room: what waited goes there by itself.
    await cp(rig.at('w0/packs'), rig.at('w2/packs'), { recursive: true });
    await rig.worker('w2', [...shared(), '--memory-gb', '64', '--packs-only']);
    await until(() => seen('job-000002', 'placed'), 30_000);
    expect(timeline.events.filter((event) => event.jobId === 'job-000002' && event.state === 'rendering')).toHaveLength(
      1,
    );
    expect(seen('job-000001', 'rendering')).toBe(false);
    expect((await run(['farm', 'status', '--farm', rig.redis.url])).stdout).toMatch(
      /^w1-\w+ {2}idle {2}cpu .*8\.0 GB {2}i2vgen-stub-a/m,
    );
    rig.daemon.child.kill('SIGTERM');
    await rig.daemon.ended;
    await following;
  }, 120_000);

  test.each([
    ['forgets when it is killed', ['--appendonly', 'no'], 'appendonly yes'],
    [
      'throws keys away',
      ['--appendonly', 'yes', '--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru'],
      'maxmemory-policy noeviction',
    ],
  ])(
    'a Redis that %s is refused with the line for its configuration',
    async (_what, options, line) => {
      await mkdir(rig.at('other'));
      const other = await RedisServer.start(rig.at('other'), options);
      try {
        const told = await run([
          'serve',
          '--port',
          '0',
          '--data',
          rig.at('x'),
          '--farm',
          other.url,
          '--shared',
          rig.at('shared'),
        ]);
        expect(told.code).toBe(1);
        expect(told.stderr).toContain(line);
      } finally {
        await other.kill();
      }
    },
    60_000,
  );
});
