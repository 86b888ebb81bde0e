/** Really full disks: a small file system in memory, where this user may mount one. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JobState } from '../../shared/protocol';
import { JobQueue, MemoryStore, openStore, Runner, RUNNER_DEFAULTS, systemClock } from '../../companion-app/queue';
import { newRecord } from '../../companion-app/queue/record';
import { handClock, sha, shelfOf, silent, spec, tempFolder, until } from './fixtures/specs';

const MEGABYTE = 1_048_576;
const small = path.join(mkdtempSync(path.join(tmpdir(), 'inbetween small ')), 'disk');
mkdirSync(small);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]).status === 0;
const reason = mounted ? '' : ' (skipped: this user may not mount a small disk)';
const on = mounted ? it : it.skip;

afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', small]);
  rmSync(path.dirname(small), { recursive: true, force: true });
});
afterEach(async () => {
  for (const name of await readdir(small)) await rm(path.join(small, name), { recursive: true, force: true });
});

/** Leaves less than a page free. */
async function fill(): Promise<void> {
  for (let bytes = MEGABYTE; bytes >= 512;) {
    await writeFile(
      path.join(small, `ballast-${bytes}-${Math.floor(performance.now() * 1000)}`),
      Buffer.alloc(bytes),
    ).catch(() => {
      bytes /= 2;
    });
  }
}

async function drain(): Promise<void> {
  for (const name of await readdir(small)) if (name.startsWith('ballast')) await rm(path.join(small, name));
}

on(`a store on a full disk says so, keeps what it has, and goes on once there is room${reason}`, async () => {
  const place = { file: path.join(small, 'q.db'), backup: path.join(small, 'q.backup.db') };
  const { store } = await openStore(place, handClock(), silent);
  const queue = new JobQueue({ store, shelf: shelfOf(new Map()), clock: handClock(), log: silent });
  store.insert([newRecord(spec(1), 0)]);
  await fill();
  let stored = 1;
  let refused: string | undefined;
  for (let n = 2; n < 500 && refused === undefined; n += 1) {
    const { jobs } = await queue.submit([spec(n)]);
    refused = jobs[0]?.problem?.code;
    if (refused === undefined) stored = n;
  }
  expect(refused).toBe('disk-full');
  expect(queue.list({ limit: 500 }).total).toBe(stored);
  expect(queue.newestSeq()).toBe(stored);
  await drain();
  expect((await queue.submit([spec(600)])).jobs[0]).toMatchObject({ state: 'queued' });
  expect(queue.newestSeq()).toBe(stored + 1);
  store.close();
  const again = await openStore(place, handClock(), silent);
  expect(again.replaced).toBeUndefined();
  expect(again.store.list({ limit: 500 }).total).toBe(stored + 1);
  again.store.close();
});

on(`a clip that finds no room is told so, leaves nothing behind, and lands once there is${reason}`, async () => {
  const folder = await tempFolder();
  const board = path.join(folder.path, 'board');
  await writeFile(board, 'a board');
  const parts = { shelf: shelfOf(new Map([[sha('board'), board]])), clock: systemClock, log: silent };
  const queue = new JobQueue({ ...parts, store: new MemoryStore() });
  // The takes are on another disk than the attempts, so that clips have to be copied there.
  const folders = { attempts: path.join(folder.path, 'attempts'), takes: path.join(small, 'takes') };
  const entry = path.join(__dirname, 'fixtures', 'fake-render.cjs');
  const runner = new Runner({ ...parts, queue }, { ...RUNNER_DEFAULTS, entry, folders, idleMs: 50 });
  const state = (): JobState | undefined => queue.find('job-000001')?.state;
  try {
    mkdirSync(path.join(folders.takes, 'SQ01'), { recursive: true });
    await fill();
    // Room for the small files that come before the clip, not for the clip.
    for (const name of await readdir(small)) if (name.startsWith('ballast-65536-')) await rm(path.join(small, name));
    await queue.submit([spec(1, { notes: 'pad=500000' })]);
    runner.start();
    await until(() => state() === 'failed');
    expect(queue.find('job-000001')?.problem).toMatchObject({ code: 'disk-full', retry: true });
    expect(await readdir(path.join(folders.takes, 'SQ01'))).toEqual([]);
    await drain();
    queue.retry(['job-000001']);
    await until(() => state() === 'rendered');
    expect((await queue.deliver('job-000001')).take?.path).toBe(
      path.join(folders.takes, 'SQ01', 'SH010_t01_job-000001.mov'),
    );
  } finally {
    await runner.stop();
    await folder.remove();
  }
});
