/** Clocks that jump, disks that fill up at any write or turn read-only: told, nothing half, and on it goes once they are well again. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JobQueue, MemoryStore, openStore, Runner, RUNNER_DEFAULTS, systemClock } from '../../companion-app/queue';
import { zResultFile } from '../../companion-app/queue/result-file';
import { openSettings } from '../../companion-app/daemon/settings';
import { handClock, sha, shelfOf, silent, spec, takeOf, until } from './fixtures/specs';

const disk = path.join(mkdtempSync(path.join(tmpdir(), 'inbetween hard ')), 'disk');
mkdirSync(disk);
const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0;
const mounted = mount('-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk);
const on = mounted ? it : it.skip;
const reason = mounted ? '' : ' (skipped: this user may not mount a small disk)';

afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', disk]);
  rmSync(path.dirname(disk), { recursive: true, force: true });
});

/** Fills the disk but for about so many bytes. */
async function fillBut(free: number): Promise<void> {
  await writeFile(path.join(disk, 'spare'), Buffer.alloc(free));
  for (let bytes = 262_144, n = 0; bytes >= 512; n += 1) {
    await writeFile(path.join(disk, `ballast-${bytes}-${n}`), Buffer.alloc(bytes)).catch(() => {
      bytes /= 2;
    });
  }
  await rm(path.join(disk, 'spare'));
}

async function drain(): Promise<void> {
  for (const name of await readdir(disk)) if (name.startsWith('ballast')) await rm(path.join(disk, name));
}

/** Clips under a final name that are not what is told of them, and what is half-made. */
async function faults(takes: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(takes, { recursive: true, withFileTypes: true }).catch(() => [])) {
    const file = path.join(entry.parentPath, entry.name);
    if (file.endsWith('.part')) found.push(entry.name);
    if (!file.endsWith('.mov')) continue;
    const told = zResultFile.parse(JSON.parse(await readFile(`${file}.json`, 'utf8')));
    const hash = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    if (hash !== told.take.sha256) found.push(entry.name);
  }
  return found;
}

/** A queue, its store and its results on the small disk, with real child processes. */
async function companion(disk: string) {
  const board = path.join(path.dirname(disk), 'board');
  await writeFile(board, 'a board');
  const place = { file: path.join(disk, 'queue.db'), backup: path.join(disk, 'queue.backup.db') };
  const { store } = await openStore(place, systemClock, silent);
  const parts = { shelf: shelfOf(new Map([[sha('board'), board]])), clock: systemClock, log: silent };
  const queue = new JobQueue({ ...parts, store });
  const folders = { attempts: path.join(disk, 'attempts'), takes: path.join(disk, 'takes') };
  const entry = path.join(__dirname, 'fixtures', 'fake-render.cjs');
  const backOff = { firstMs: 5, mostMs: 50 };
  const runner = new Runner({ ...parts, queue }, { ...RUNNER_DEFAULTS, entry, folders, idleMs: 50, backOff });
  return { queue, store, runner, takes: folders.takes };
}

on(`a disk that is full at whichever write loses nothing and leaves nothing half${reason}`, async () => {
  const { queue, store, runner, takes } = await companion(disk);
  runner.start();
  try {
    let n = 0;
    for (const free of [0, 8, 20, 48, 96, 256]) {
      await fillBut(free * 1024);
      n += 1;
      const job = spec(n, { notes: 'pad=40000' });
      const { jobs } = await queue.submit([job]).catch(() => ({ jobs: [] }));
      const taken = jobs[0]?.state === 'queued';
      // Long enough for the attempt to come to its end, or to the store that refuses it.
      if (taken) await until(() => queue.find(job.id)?.state !== 'queued', 5_000).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(await faults(takes)).toEqual([]);
      await drain();
      if (!taken) await queue.submit([job]);
      await until(() => {
        const state = queue.find(job.id)?.state;
        if (state === 'failed') queue.retry([job.id]);
        return state === 'rendered';
      });
    }
    expect(queue.list().jobs.map((row) => row.state)).toEqual(Array.from({ length: n }, () => 'rendered'));
    expect(await faults(takes)).toEqual([]);
    const facts = queue.eventsSince(0).map((event) => event.seq);
    expect(facts).toEqual(facts.map((_, index) => index + 1));
  } finally {
    await runner.stop();
    store.close();
  }
});

on(`a disk that turns read-only is told of, and the night goes on when it is well again${reason}`, async () => {
  const folder = path.join(disk, 'read-only');
  // A second way to the same folder, which can be closed for writing whoever has files open in it.
  const view = path.join(path.dirname(disk), 'view');
  for (const each of [folder, view]) mkdirSync(each);
  expect(mount('--bind', folder, view)).toBe(true);
  try {
    const settings = await openSettings({ file: path.join(view, 'settings.json'), log: silent, now: () => 0 });
    const first = await companion(folder);
    await first.queue.submit([spec(1)]);
    first.store.close();
    expect(mount('-o', 'remount,bind,ro', view)).toBe(true);
    await expect(companion(view)).rejects.toMatchObject({ problem: { code: 'folder-unwritable' } });
    await expect(settings.change({ theme: 'light' })).rejects.toMatchObject({ problem: { code: 'folder-unwritable' } });
    expect(settings.get().theme).toBe('dark');
    expect(mount('-o', 'remount,bind,rw', view)).toBe(true);
    expect((await settings.change({ theme: 'light' })).theme).toBe('light');
    const { queue, store, runner } = await companion(view);
    runner.start();
    await until(() => queue.find('job-000001')?.state === 'rendered');
    await runner.stop();
    store.close();
  } finally {
    spawnSync('umount', ['-l', view]);
  }
});

it('a clock that is put back changes neither order nor durations nor the numbers of facts', async () => {
  const wall = handClock(1_700_000_000_000);
  let steady = 0;
  const clock = { now: () => wall.now(), monotonic: () => steady };
  const store = new MemoryStore();
  const queue = new JobQueue({ store, shelf: shelfOf(new Map([[sha('board'), '/b']])), clock, log: silent });
  await queue.submit([spec(1)]);
  wall.set(wall.now() - 3 * 3_600_000);
  await queue.submit([spec(2)]);
  const lease = queue.lease()!;
  expect(lease.spec.id).toBe('job-000001');
  const left: number[] = [];
  queue.subscribe({ progress: ({ secondsLeft }) => left.push(secondsLeft?.likely ?? NaN) });
  steady += 10_000;
  wall.set(wall.now() - 86_400_000);
  queue.progress(lease, { done: 1, of: 2, stage: 'frames' });
  expect(left[0]).toBeCloseTo(10);
  queue.finish(lease, takeOf(spec(1)), 20);
  expect(queue.lease()?.spec.id).toBe('job-000002');
  expect(queue.eventsSince(0).map((event) => event.seq)).toEqual([1, 2, 3, 4, 5]);
  expect(store.timings(1)[0]?.seconds).toBe(20);
  expect(queue.list().jobs.map((row) => row.spec.id)).toEqual(['job-000001', 'job-000002']);
});
