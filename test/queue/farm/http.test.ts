/** A farm without a shared folder: boards and takes travel over the companion's HTTP, on loopback and behind pinned TLS. */
import type { ChildProcess } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { dataLayout } from '../../../companion-app/daemon';
import { zResultFile } from '../../../companion-app/queue/result-file';
import { install, begin, serve, type Served } from '../../daemon/fixtures/installed';
import { Timeline } from '../../daemon/fixtures/timeline';
import { sha, spec, tempFolder, until } from '../fixtures/specs';
import { hasRedis, RedisServer } from './redis-server';

const there = hasRedis();
if (!there) console.warn('Skipped: redis-server is not installed (apt-get install redis-server).');
const withRedis = there || process.env.CI ? describe : describe.skip;

/** Enough that a clip is on its way for a while. */
const PAD = 16 * 1024 ** 2;

withRedis('a farm without a shared folder', () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let redis: RedisServer;
  const children: ChildProcess[] = [];
  let daemon: Served | null = null;
  beforeAll(() => install(), 60_000);
  beforeEach(async () => {
    folder = await tempFolder();
    redis = await RedisServer.start(folder.path);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    daemon?.child.kill('SIGKILL');
    await daemon?.ended;
    daemon = null;
    await redis.kill();
    await folder.remove();
  });

  const dataOf = (name: string): string => path.join(folder.path, name);
  const companion = async (more: readonly string[] = []): Promise<Served> =>
    (daemon = await serve(dataOf('data'), {}, undefined, ['--farm', redis.url, ...more]));
  const worker = async (name: string): Promise<ChildProcess> => {
    const options = ['--farm', redis.url, '--data', dataOf(name), '--name', name, '--lease-seconds', '3'];
    const child = await begin(['worker', ...options]);
    children.push(child);
    return child;
  };
  const below = async (root: string): Promise<string[]> =>
    (await readdir(root, { recursive: true }).catch(() => [])).map((name) => path.join(root, name));
  const received = (): string => dataLayout(dataOf('data')).farm.received;

  /** What a worker is sending at this moment and has not sent whole, by SHA-256. */
  async function halfSent(name: string): Promise<string | null> {
    const parts = new Set((await below(received())).filter((file) => file.endsWith('.part')).map(nameOf));
    for (const file of (await below(dataLayout(dataOf(name)).farm.takes)).filter((each) => each.endsWith('.json'))) {
      const told = zResultFile.safeParse(JSON.parse(await readFile(file, 'utf8').catch(() => 'null')));
      if (told.success && parts.has(told.data.take.sha256)) return told.data.take.sha256;
    }
    return null;
  }
  const nameOf = (file: string): string => path.basename(file, '.part');

  /** Stops the worker between two pieces of a clip, and ends it there. */
  async function killInMidTransfer(name: string, child: ChildProcess): Promise<void> {
    let caught = false;
    await until(async () => {
      if ((await halfSent(name)) === null) return false;
      child.kill('SIGSTOP');
      const sha256 = await halfSent(name);
      const part = (await below(received())).find((file) => nameOf(file) === sha256 && file.endsWith('.part'));
      caught = part !== undefined && ((await stat(part).catch(() => null))?.size ?? PAD) < PAD;
      if (!caught) child.kill('SIGCONT');
      return caught;
    }, 60_000);
    child.kill('SIGKILL');
  }

  test('3 workers; one is killed in mid-transfer, then the companion: all done once, nothing left behind', async () => {
    const boards = [0, 1, 2].map((n) => `board ${n}`);
    const jobs = Array.from({ length: 12 }, (_, n) =>
      spec(n + 1, { board: sha(`board ${n % 3}`), notes: `steps=2 delay=20 pad=${PAD}` }),
    );
    const timeline = new Timeline(jobs, boards);
    const [first] = await Promise.all(['one', 'two', 'three'].map(worker));
    let following = timeline.follow(await companion());
    await killInMidTransfer('one', first!);
    const placed = (): number => timeline.events.filter((event) => event.state === 'placed').length;
    await until(() => placed() >= 4, 60_000);
    daemon!.child.kill('SIGKILL');
    await daemon!.ended;
    await following;
    following = timeline.follow(await companion());

    await until(() => timeline.allPlaced, 120_000);
    // The last take is placed before what was sent of it is removed.
    await until(async () => (await readdir(received())).length === 0, 30_000);
    daemon!.child.kill('SIGTERM');
    expect(await daemon!.ended).toBe(0);
    await following;
    expect(timeline.wrong).toEqual([]);
    expect([timeline.lost, timeline.placedTwice]).toEqual([[], []]);
    const { takes, attempts } = dataLayout(dataOf('data'));
    expect(await timeline.halfFiles(takes, attempts)).toEqual([]);
    for (const name of ['two', 'three']) {
      const left = await below(dataLayout(dataOf(name)).farm.takes);
      expect(left.filter((file) => /\.(mov|mp4|json)$/.test(file))).toEqual([]);
    }
  }, 240_000);

  (process.platform === 'linux' ? test : test.skip)(
    'the same behind TLS, where the companion lets other machines in',
    async () => {
      const timeline = new Timeline([spec(1, { board: sha('board'), notes: 'steps=2' })], ['board']);
      await worker('one');
      const following = timeline.follow(await companion(['--remote', '127.0.0.2']));
      await until(() => timeline.allPlaced, 60_000);
      expect(timeline.wrong).toEqual([]);
      daemon!.child.kill('SIGTERM');
      await daemon!.ended;
      await following;
    },
    120_000,
  );
});
