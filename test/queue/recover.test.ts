/** What a start makes of what the last run left behind. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JobSpec } from '../../shared/protocol';
import { clipPath, JobQueue, MemoryStore, recover } from '../../companion-app/queue';
import { land } from '../../companion-app/queue/runner/landing';
import { clipName, makeAttemptFolder } from '../../companion-app/queue/runner/folders';
import { handClock, sha, shelfOf, silent, spec, takeOf, tempFolder } from './fixtures/specs';

let folder: Awaited<ReturnType<typeof tempFolder>>;
beforeEach(async () => (folder = await tempFolder()));
afterEach(() => folder.remove());

function setup(store = new MemoryStore(), held = new Map([[sha('board'), '/boards/board']])) {
  const parts = { store, shelf: shelfOf(held), clock: handClock(), log: silent };
  const folders = { attempts: path.join(folder.path, 'attempts'), takes: path.join(folder.path, 'takes') };
  const again = (rebuilt = false) => recover({ ...parts, folders, maxLost: 3 }, rebuilt);
  return { queue: new JobQueue(parts), store, folders, again };
}

/** Brings a clip to its final name as the runner does. */
async function landed(job: JobSpec, attempt: number, folders: { attempts: string; takes: string }): Promise<string> {
  const attemptDir = await makeAttemptFolder(folders.attempts, job.id, attempt);
  const clip = path.join(attemptDir, clipName(job));
  await writeFile(clip, 'clip');
  return (await land({ spec: job, attempt, take: takeOf(job, clip), attemptDir, takesDir: folders.takes })).path;
}

it('queues a job again whose process went down with the daemon, and sets it aside the third time', async () => {
  const { queue, again } = setup();
  await queue.submit([spec(1), spec(2)]);
  for (const attempt of [1, 2, 3]) {
    expect(queue.lease()).toMatchObject({ spec: { id: 'job-000001' }, attempt });
    expect(await again()).toEqual({ lost: 1, adopted: 0 });
  }
  expect(queue.find('job-000001')).toMatchObject({
    state: 'failed',
    attempts: 3,
    problem: { code: 'too-many-attempts' },
  });
  expect(queue.lease()).toMatchObject({ spec: { id: 'job-000002' }, attempt: 1 });
});

it('adopts a clip that was whole under its final name before the store heard of it', async () => {
  const { queue, folders, again } = setup();
  await queue.submit([spec(1)]);
  queue.lease();
  const clip = await landed(spec(1), 1, folders);
  expect(await again()).toEqual({ lost: 0, adopted: 1 });
  expect(await queue.deliver('job-000001')).toMatchObject({ state: 'delivered', take: { path: clip } });
});

it.each([
  ['other bytes', (clip: string) => writeFile(clip, 'clap')],
  ['bytes missing', (clip: string) => writeFile(clip, 'cli')],
  ['nothing sound beside it', (clip: string) => writeFile(`${clip}.json`, '{"format":"inbetween-take"}')],
])('does not adopt a clip with %s', async (_what, spoil) => {
  const { queue, folders, again } = setup();
  await queue.submit([spec(1)]);
  queue.lease();
  await spoil(await landed(spec(1), 1, folders));
  expect(await again()).toEqual({ lost: 1, adopted: 0 });
  expect(queue.find('job-000001')?.state).toBe('queued');
});

it('does not adopt the clip of an earlier attempt', async () => {
  const { queue, folders, again } = setup();
  await queue.submit([spec(1)]);
  await landed(spec(1), 1, folders);
  queue.release(queue.lease()!);
  queue.lease();
  expect(await again()).toEqual({ lost: 1, adopted: 0 });
});

it('fills a lost store from the clips on disk', async () => {
  const { queue, folders, again } = setup();
  const known = spec(2, { name: 'known as queued' });
  const cancelled = spec(3);
  await queue.submit([known, cancelled, spec(4)]);
  queue.cancel([cancelled.id]);
  const clips = [];
  for (const job of [spec(1), known, cancelled]) clips.push(await landed(job, 2, folders));
  await writeFile(path.join(folders.takes, 'SQ01', 'a stray.json'), 'null');
  expect(await again(true)).toEqual({ lost: 0, adopted: 2 });
  expect(queue.list().jobs.map((row) => [row.spec.id, row.state, row.take?.path])).toEqual([
    ['job-000002', 'rendered', clips[1]],
    ['job-000003', 'cancelled', undefined],
    ['job-000004', 'queued', undefined],
    ['job-000001', 'rendered', clips[0]],
  ]);
  expect(await again(true)).toEqual({ lost: 0, adopted: 0 });
});

it('sweeps what was left half-made, and touches no clip', async () => {
  const { folders, again } = setup();
  const clip = await landed(spec(1), 1, folders);
  await mkdir(path.join(folders.attempts, 'job-000002.1'), { recursive: true });
  await writeFile(path.join(folders.attempts, 'job-000002.1', 'half.mov'), 'ha');
  await writeFile(`${clip}.part`, 'cl');
  await again();
  expect(await readdir(folders.attempts)).toEqual([]);
  expect((await readdir(path.dirname(clip))).sort()).toEqual([path.basename(clip), `${path.basename(clip)}.json`]);
  expect(await readFile(clip, 'utf8')).toBe('clip');
  expect(clip).toBe(clipPath(folders.takes, spec(1)));
});

it('compares what the store believes of boards with what is there', async () => {
  const held = new Map([[sha('board'), '/boards/board']]);
  const { queue, store, again } = setup(new MemoryStore(), held);
  await queue.submit([spec(1), spec(2, { board: sha('late') })]);
  held.set(sha('late'), '/boards/late');
  held.delete(sha('board'));
  await again();
  expect(store.heldBoards()).toEqual([sha('late')]);
  expect(queue.lease()?.spec.id).toBe('job-000002');
});
