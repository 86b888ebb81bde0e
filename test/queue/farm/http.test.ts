/** A farm without a shared folder: boards and takes travel over the companion's HTTP, on loopback and behind pinned TLS. */
import type { ChildProcess } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { dataLayout } from '../../../companion-app/daemon';
import { zResultFile } from '../../../companion-app/queue/result-file';
import { install, type Served } from '../../daemon/fixtures/installed';
import { Timeline } from '../../daemon/fixtures/timeline';
import { sha, spec, until } from '../fixtures/specs';
import { describeWithRedis } from './redis-server';
import { FarmRig } from './rig';

/** Enough that a clip is on its way for a while. */
const PAD = 16 * 1024 ** 2;

describeWithRedis('a farm without a shared folder', () => {
  let rig: FarmRig;
  beforeAll(() => install(), 60_000);
  beforeEach(async () => {
    rig = await FarmRig.start();
  });
  afterEach(() => rig.end());

  const companion = (options?: readonly string[]): Promise<Served> => rig.companion(options);
  const worker = (name: string): Promise<ChildProcess> => rig.worker(name);
  const below = async (root: string): Promise<string[]> =>
    (await readdir(root, { recursive: true }).catch(() => [])).map((name) => path.join(root, name));
  const received = (): string => dataLayout(rig.at('data')).farm.received;

  /** What a worker is sending at this moment and has not sent whole, by SHA-256. */
  async function halfSent(name: string): Promise<string | null> {
    const parts = new Set((await below(received())).filter((file) => file.endsWith('.part')).map(nameOf));
    for (const file of (await below(dataLayout(rig.at(name)).farm.takes)).filter((each) => each.endsWith('.json'))) {
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
    rig.daemon.child.kill('SIGKILL');
    await rig.daemon.ended;
    await following;
    following = timeline.follow(await companion());

    await until(() => timeline.allPlaced, 120_000);
    // The last take is placed before what was sent of it is removed.
    await until(async () => (await readdir(received())).length === 0, 30_000);
    rig.daemon.child.kill('SIGTERM');
    expect(await rig.daemon.ended).toBe(0);
    await following;
    expect(timeline.wrong).toEqual([]);
    expect([timeline.lost, timeline.placedTwice]).toEqual([[], []]);
    const { takes, attempts } = dataLayout(rig.at('data'));
    expect(await timeline.halfFiles(takes, attempts)).toEqual([]);
    for (const name of ['two', 'three']) {
      const left = await below(dataLayout(rig.at(name)).farm.takes);
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
      rig.daemon.child.kill('SIGTERM');
      await rig.daemon.ended;
      await following;
    },
    120_000,
  );
});
