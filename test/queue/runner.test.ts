/** The runner with real child processes that behave, crash, hang and lie on command. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JobRow, JobSpec, JobState, Progress } from '../../shared/protocol';
import {
  JobQueue,
  MemoryStore,
  Runner,
  RUNNER_DEFAULTS,
  systemClock,
  type RunnerSettings,
} from '../../companion-app/queue';
import { PLAIN_PLAN, type QueuePlan } from '../../companion-app/queue/plan/plan';
import { readResult } from '../../companion-app/queue/result-file';
import { sha, shelfOf, silent, spec, tempFolder, until } from './fixtures/specs';

const entry = path.join(__dirname, 'fixtures', 'fake-render.cjs');
const OVER: JobState[] = ['rendered', 'failed', 'cancelled'];

let folder: Awaited<ReturnType<typeof tempFolder>>;
let runners: Runner[] = [];
let board: string;
beforeEach(async () => {
  folder = await tempFolder();
  board = path.join(folder.path, 'board');
  await writeFile(board, 'a board');
});
afterEach(async () => {
  for (const runner of runners) await runner.stop();
  runners = [];
  await folder.remove();
});

function setup(settings: Partial<RunnerSettings> = {}, plan: Partial<QueuePlan> = {}) {
  const held = new Map([[sha('board'), board]]);
  const shelf = shelfOf(held);
  const folders = { attempts: path.join(folder.path, 'attempts'), takes: path.join(folder.path, 'takes') };
  const parts = { shelf, clock: systemClock, log: silent };
  const store = new MemoryStore();
  const queue = new JobQueue({ ...parts, store }, { plan: () => ({ ...PLAIN_PLAN, ...plan }) });
  const quick = {
    startMs: 20_000,
    silenceMs: 20_000,
    cancelMs: 200,
    leaveMs: 2_000,
    idleMs: 50,
    backOff: { firstMs: 5, mostMs: 20 },
  };
  const runner = new Runner({ ...parts, queue }, { ...RUNNER_DEFAULTS, ...quick, entry, folders, ...settings });
  runners.push(runner);
  return { queue, runner, held, folders, store };
}

async function settled(queue: JobQueue, jobs: JobSpec[]): Promise<JobRow[]> {
  return until(() => {
    const rows = jobs.map((job) => queue.find(job.id)!);
    return rows.every((row) => OVER.includes(row.state)) && rows;
  });
}

/** Submits, runs until all is over, gives the rows. */
async function night(settings: Partial<RunnerSettings>, jobs: JobSpec[], plan: Partial<QueuePlan> = {}) {
  const all = setup(settings, plan);
  await all.queue.submit(jobs);
  all.runner.start();
  return { ...all, rows: await settled(all.queue, jobs) };
}

const outcome = (row: JobRow): string => (row.problem ? `${row.state}: ${row.problem.code}` : row.state);

/** All files below a folder, relative. */
async function files(root: string): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((each) => !each.isDirectory())
    .map((each) => path.relative(root, path.join(each.parentPath, each.name)))
    .sort();
}

it('renders what is queued into whole files that tell how they were made, and leaves nothing else', async () => {
  const jobs = [spec(1, { name: 'SH 010 "a"', sequence: '../Sequence 🎬 1' }), spec(2)];
  const { rows, folders, queue, runner } = await night({}, jobs);
  expect(rows.map(outcome)).toEqual(['rendered', 'rendered']);
  expect(await files(folders.takes)).toEqual(
    ['SQ01/SH020_t01_job-000002.mov', 'Sequence_1/SH_010_a_t01_job-000001.mov'].flatMap((clip) => [
      clip,
      `${clip}.1.jpg`,
      `${clip}.json`,
    ]),
  );
  const take = rows[0]!.take!;
  expect((await readFile(take.path, 'utf8')).split('\n')[0]).toBe('job-000001 7');
  expect((await stat(take.path)).size).toBe(take.bytes);
  expect(take.thumbnails).toEqual([`${take.path}.1.jpg`]);
  expect(await readResult(take.path)).toMatchObject({ spec: jobs[0], take, attempt: 1 });
  expect(runner.capabilities).toMatchObject({ engines: ['parallax'], providers: ['cpu'] });
  expect(queue.eventsSince(0).map((event) => event.state)).toEqual([
    'queued',
    'queued',
    'rendering',
    'rendered',
    'rendering',
    'rendered',
  ]);
  await runner.stop();
  expect(await files(folders.attempts)).toEqual([]);
});

it('relays progress', async () => {
  const { queue, runner } = setup();
  const told: Progress[] = [];
  queue.subscribe({ progress: (progress) => told.push(progress) });
  await queue.submit([spec(1, { notes: 'steps=4' })]);
  runner.start();
  await settled(queue, [spec(1)]);
  expect(told.map(({ jobId, done, of, stage }) => [jobId, done, of, stage])).toEqual(
    [1, 2, 3, 4].map((n) => ['job-000001', n, 4, 'frames']),
  );
});

it('sets a job that crashes its process aside after three attempts, and the rest go on', async () => {
  const { rows, store } = await night({}, [spec(1), spec(2, { notes: 'crash=2' }), spec(3)]);
  expect(rows.map(outcome)).toEqual(['rendered', 'failed: too-many-attempts', 'rendered']);
  expect(rows[1]!.attempts).toBe(3);
  expect(rows[1]!.problem!.message).toContain('SIGKILL');
  expect(store.attempts('job-000002').map((attempt) => attempt.outcome)).toEqual(['queued', 'queued', 'failed']);
});

it('ends a process that hangs', async () => {
  const { rows } = await night({ silenceMs: 200 }, [spec(1, { notes: 'hang=2' }), spec(2)]);
  expect(rows.map(outcome)).toEqual(['failed: too-many-attempts', 'rendered']);
  expect(rows[0]!.problem!.message).toContain('no sign of life');
});

it('takes an answered failure for an answer, without a second attempt', async () => {
  const { rows } = await night({}, [spec(1, { notes: 'throw=1' }), spec(2)]);
  expect(rows.map(outcome)).toEqual(['failed: render-failed', 'rendered']);
  expect(rows[0]!.attempts).toBe(1);
});

it.each(['lie-bytes', 'lie-sha', 'lie-path', 'lie-frames', 'lie-codec', 'lie-link', 'lie-missing'])(
  'believes no clip that is not as said: %s',
  async (notes) => {
    const { rows, folders } = await night({}, [spec(1, { notes }), spec(2)]);
    expect(rows.map(outcome)).toEqual(['failed: render-failed', 'rendered']);
    expect((await files(folders.takes)).filter((file) => file.includes('job-000001'))).toEqual([]);
  },
);

it('ends a process that talks nonsense', async () => {
  const { rows } = await night({}, [spec(1, { notes: 'nonsense' }), spec(2)]);
  expect(rows.map(outcome)).toEqual(['failed: too-many-attempts', 'rendered']);
  expect(rows[0]!.problem!.message).toContain('no message');
});

describe('cancelling', () => {
  it.each(['delay=20 steps=500', 'delay=20 steps=500 deaf'])(
    'ends the running job, asked or made to (%s)',
    async (notes) => {
      const { queue, runner, folders } = setup();
      await queue.submit([spec(1, { notes }), spec(2)]);
      runner.start();
      await until(() => queue.find('job-000001')?.state === 'rendering');
      await until(async () => (await files(folders.attempts)).length > 0);
      expect(queue.cancel(['job-000001'])).toEqual(['job-000001']);
      expect((await settled(queue, [spec(1), spec(2)])).map(outcome)).toEqual(['cancelled', 'rendered']);
      await runner.stop();
      expect(await files(folders.attempts)).toEqual([]);
      expect((await files(folders.takes)).filter((file) => file.includes('job-000001'))).toEqual([]);
    },
  );
});

it('gives the running job back when it is stopped, not counted as lost, and another runner goes on', async () => {
  const first = setup();
  await first.queue.submit([spec(1, { notes: 'delay=20 steps=30' })]);
  first.runner.start();
  await until(() => first.queue.find('job-000001')?.state === 'rendering');
  await first.runner.stop();
  expect(first.queue.find('job-000001')).toMatchObject({ state: 'queued', attempts: 1 });
  expect(first.store.find('job-000001')?.lost).toBe(0);
});

it('fails a job whose board has gone, and only that', async () => {
  const { queue, runner, held } = setup();
  held.set(sha('gone'), board);
  await queue.submit([spec(1, { board: sha('gone') }), spec(2)]);
  held.delete(sha('gone'));
  runner.start();
  expect((await settled(queue, [spec(1), spec(2)])).map(outcome)).toEqual(['failed: board-missing', 'rendered']);
  queue.retry(['job-000001']);
  expect(queue.lease()).toBeNull();
});

it('tells a job that its takes cannot be written, and renders it once they can', async () => {
  const { queue, runner, folders } = setup();
  await mkdir(folders.takes, { recursive: true });
  await writeFile(path.join(folders.takes, 'SQ01'), 'a file where the folder of the sequence should be');
  await queue.submit([spec(1), spec(2, { sequence: 'SQ02' })]);
  runner.start();
  const rows = await settled(queue, [spec(1), spec(2)]);
  expect(rows.map(outcome)).toEqual(['failed: folder-unwritable', 'rendered']);
  expect(await files(folders.takes)).toHaveLength(4);
  await rm(path.join(folders.takes, 'SQ01'));
  queue.retry(['job-000001']);
  expect((await settled(queue, [spec(1)])).map(outcome)).toEqual(['rendered']);
});

(process.platform === 'linux' ? it : it.skip)('passes on that the disk is full', async () => {
  const { rows } = await night({}, [spec(1, { notes: 'full' }), spec(2)]);
  expect(rows.map(outcome)).toEqual(['failed: disk-full', 'rendered']);
});

it.each([{ FAKE_RENDER: 'stillborn' }, { FAKE_RENDER: 'mute' }])(
  'fails jobs rather than let them wait for ever for a process that does not start (%j)',
  async (env) => {
    const { rows } = await night({ env, startMs: 60, hopelessStarts: 3 }, [spec(1), spec(2)]);
    expect(rows.map(outcome)).toEqual(['failed: render-crashed', 'failed: render-crashed']);
    expect(rows[0]!.problem!.action).toContain('doctor');
  },
);

it('starts a new process when the idle one ends', async () => {
  const { queue, runner } = setup({ env: { FAKE_RENDER_PID: path.join(folder.path, 'pid') } });
  const pid = async (): Promise<string | null> =>
    (await readFile(path.join(folder.path, 'pid'), 'utf8').catch(() => '')) || null;
  runner.start();
  // Before it has work: it leaves right after, and on a busy machine the next one may be there when the job is seen to be done.
  const first = await until(pid);
  await queue.submit([spec(1, { notes: 'leave' })]);
  await settled(queue, [spec(1)]);
  await until(async () => {
    const now = await pid();
    return now !== null && now !== first;
  });
  await queue.submit([spec(2)]);
  expect((await settled(queue, [spec(2)])).map((row) => [row.state, row.attempts])).toEqual([['rendered', 1]]);
});

it('does not forget a fact that the store refuses for a while', async () => {
  const { queue, runner, store } = setup();
  const change = store.change.bind(store);
  let refused = 0;
  store.change = (jobId, step) => {
    const after = change(jobId, (record) => {
      const next = step(record);
      if (next.row.state === 'rendered' && (refused += 1) <= 3) throw new Error('the disk is full');
      return next;
    });
    return after;
  };
  await queue.submit([spec(1)]);
  runner.start();
  expect((await settled(queue, [spec(1)])).map(outcome)).toEqual(['rendered']);
  expect(refused).toBe(4);
});

it('has another process find a graphics card that was lost, and the processor do the work when it is lost again', async () => {
  const { rows, store } = await night({ provider: 'webgpu' }, [
    spec(1, { notes: 'gpu=2' }),
    spec(2, { notes: 'gpu=1' }),
  ]);
  expect(rows.map(outcome)).toEqual(['rendered', 'rendered']);
  expect(rows.map((row) => [row.attempts, row.take?.provider])).toEqual([
    [3, 'cpu'],
    [1, 'cpu'],
  ]);
  expect(store.attempts('job-000001')[0]?.reason).toContain('graphics card was lost');
});

it('keeps the take of every try, each whole under the one name, and takes the one that passes', async () => {
  const { rows, folders } = await night({}, [spec(1, { notes: 'unsound=7' }), spec(2)], { retriesOfFailedChecks: 2 });
  expect(rows.map(outcome)).toEqual(['rendered', 'rendered']);
  expect(rows[0]).toMatchObject({ attempts: 2, spec: { seed: 7 }, tries: [{ seed: 7 }] });
  const clips = (await files(folders.takes)).filter((name) => name.endsWith('.mov'));
  expect(clips).toEqual([
    path.join('SQ01', 'SH010_t01_job-000001.mov'),
    path.join('SQ01', 'SH020_t01_job-000002.mov'),
    path.join('SQ01', 'try-2', 'SH010_t01_job-000001.mov'),
  ]);
  expect(rows[0]!.take!.path).toBe(path.join(folders.takes, clips[2]!));
  for (const take of [rows[0]!.take!, rows[0]!.tries![0]!])
    expect((await readResult(take.path))?.take.sha256).toBe(take.sha256);
});

it('has the models let go while Premiere works, and goes on after it', async () => {
  const pid = path.join(folder.path, 'pid');
  const { queue, runner } = setup({ env: { FAKE_RENDER_PID: pid } });
  const panel = {};
  queue.hostBusy(panel, true);
  await queue.submit([spec(1)]);
  runner.start();
  await until(() => stat(`${pid}.released`).catch(() => null));
  expect(queue.find('job-000001')?.state).toBe('queued');
  queue.hostBusy(panel, false);
  await until(() => queue.find('job-000001')?.state === 'rendered');
});
