/** The queue's promises to those who submit, listen, deliver and place. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LIMITS, type JobEvent, type JobSpec, type Progress } from '../../shared/protocol';
import { problem } from '../../shared/problem';
import {
  JobQueue,
  MemoryStore,
  openStore,
  type JobStore,
  type Log,
  type QueueSettings,
} from '../../companion-app/queue';
import { wallClock } from '../../companion-app/queue/plan/wall-clock';
import { handClock, sha, shelfOf, silent, spec, takeOf, tempFolder } from './fixtures/specs';

const BOARD = sha('board');
const placement = { trackIndex: 2, startFrame: 100, frames: 24, name: 'SH010' };
const why = problem({ code: 'render-failed', message: 'It failed.' });
const CLOSED = { kind: 'window', problem: problem({ code: 'busy', message: 'It is not night yet.' }) };

function setup(settings: Partial<QueueSettings> = {}, store: JobStore = new MemoryStore(), log: Log = silent) {
  const held = new Map([[BOARD, '/boards/board']]);
  const clock = handClock();
  const queue = new JobQueue({ store, shelf: shelfOf(held), clock, log }, settings);
  return { queue, held, clock, store };
}

async function rendered(queue: JobQueue, job: JobSpec, clip: string): Promise<void> {
  await queue.submit([job]);
  queue.finish(queue.lease()!, takeOf(job, clip), 2);
}

describe('submitting', () => {
  it('is one job however often it is said, whatever the order of its keys', async () => {
    const { queue } = setup();
    const first = await queue.submit([spec(1)]);
    expect(first).toEqual({ jobs: [{ jobId: 'job-000001', state: 'queued', known: false }], missing: [] });
    const { id, shot, ...rest } = spec(1);
    const again = await queue.submit([
      { shot: Object.fromEntries(Object.entries(shot).reverse()) as typeof shot, ...rest, id },
    ]);
    expect(again.jobs).toEqual([{ jobId: 'job-000001', state: 'queued', known: true }]);
    expect(queue.newestSeq()).toBe(1);
  });

  it('answers another content under a known id by a problem and changes nothing', async () => {
    const { queue } = setup();
    await queue.submit([spec(1)]);
    const { jobs } = await queue.submit([spec(1, { notes: 'pan left' }), spec(2), spec(2, { take: 2 })]);
    expect(jobs.map((job) => [job.state, job.problem?.code])).toEqual([
      [undefined, 'job-conflict'],
      ['queued', undefined],
      [undefined, 'job-conflict'],
    ]);
    expect(queue.find('job-000001')?.spec).toEqual(spec(1));
  });

  it('refuses a shot that no engine can render, on that shot alone', async () => {
    const { queue } = setup();
    const shot = spec(9, { frames: 48 });
    const boards = (...ats: number[]) => ats.map((at) => ({ board: BOARD, at, name: 'b' }));
    const bad: [JobSpec, string][] = [
      [spec(1, { frames: 0 }), 'shot-empty'],
      [spec(2, { frames: LIMITS.framesPerShot + 1 }), 'shot-too-long'],
      [{ ...shot, id: 'job-000003', shot: { ...shot.shot, boards: boards(5) } }, 'shot-invalid'],
      [{ ...shot, id: 'job-000004', shot: { ...shot.shot, boards: boards(0, 20, 20) } }, 'shot-invalid'],
      [{ ...shot, id: 'job-000005', shot: { ...shot.shot, boards: boards(0, 48) } }, 'shot-invalid'],
      [{ ...shot, id: 'job-000006', shot: { ...shot.shot, size: { width: 16_384, height: 16_384 } } }, 'shot-invalid'],
    ];
    const good = [
      spec(7, { frames: 1 }),
      spec(8, { frames: LIMITS.framesPerShot }),
      { ...shot, shot: { ...shot.shot, boards: boards(0, 47) } },
    ];
    const { jobs } = await queue.submit([...bad.map(([job]) => job), ...good]);
    expect(jobs.map((job) => job.problem?.code)).toEqual([
      ...bad.map(([, code]) => code),
      undefined,
      undefined,
      undefined,
    ]);
    expect(queue.list().jobs.map((row) => row.spec.id)).toEqual(good.map((job) => job.id));
    for (const job of jobs) if (job.problem) expect(job.problem.action).not.toBe('');
  });

  it('takes many jobs without holding up everything else', async () => {
    const folder = await tempFolder();
    const { store } = await openStore(
      { file: path.join(folder.path, 'q.db'), backup: path.join(folder.path, 'b.db') },
      handClock(),
      silent,
    );
    const { queue } = setup({ maxOpenJobs: 450 }, store);
    let turns = 0;
    const count = setInterval(() => (turns += 1), 0);
    const { jobs } = await queue.submit(Array.from({ length: 500 }, (_, n) => spec(n)));
    clearInterval(count);
    expect(turns).toBeGreaterThan(5);
    expect(jobs.filter((job) => job.state === 'queued')).toHaveLength(450);
    expect(jobs.filter((job) => job.problem?.code === 'limit-reached')).toHaveLength(50);
    expect(queue.list({ limit: 500 }).jobs.map((row) => row.spec.id)).toEqual(
      Array.from({ length: 450 }, (_, n) => spec(n).id),
    );
    store.close();
    await folder.remove();
  });

  it('names missing boards, waits for them, and goes when the last has arrived', async () => {
    const { queue, held } = setup();
    let woken = 0;
    queue.subscribe({ work: () => (woken += 1) });
    const late = spec(1, { board: sha('late') });
    expect((await queue.submit([late, spec(2)])).missing).toEqual([sha('late')]);
    expect(queue.lease()?.spec.id).toBe('job-000002');
    expect(queue.lease()).toBeNull();
    held.set(sha('late'), '/boards/late');
    const before = woken;
    queue.boardArrived(sha('late'));
    expect(woken).toBeGreaterThan(before);
    expect((await queue.submit([late])).missing).toEqual([]);
    expect(queue.lease()?.spec.id).toBe('job-000001');
  });
});

describe('telling', () => {
  it('stores, then logs, then broadcasts each change', async () => {
    const store = new MemoryStore();
    const steps: string[] = [];
    const log = {
      ...silent,
      info: (about: object) => 'seq' in about && steps.push(`logged ${String(about.seq)}, stored ${store.newestSeq()}`),
    };
    const { queue } = setup({}, store, log);
    queue.subscribe({ event: (event) => steps.push(`told ${event.seq}, stored ${store.newestSeq()}`) });
    await queue.submit([spec(1)]);
    queue.lease();
    expect(steps).toEqual(['logged 1, stored 1', 'told 1, stored 1', 'logged 2, stored 2', 'told 2, stored 2']);
  });

  it('logs no notes', async () => {
    const lines: unknown[] = [];
    const keep = (about: object, message: string): void => void lines.push([about, message]);
    const { queue } = setup({}, new MemoryStore(), { debug: keep, info: keep, warn: keep, error: keep });
    await queue.submit([spec(1, { notes: 'the secret ending' })]);
    queue.fail(queue.lease()!, why);
    expect(lines.length).toBeGreaterThan(2);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('lets no listener keep the others from hearing', async () => {
    const { queue } = setup();
    const heard: JobEvent[] = [];
    queue.subscribe({
      event: () => {
        throw new Error('a deaf listener');
      },
    });
    const leave = queue.subscribe({ event: (event) => heard.push(event) });
    await queue.submit([spec(1)]);
    leave();
    queue.lease();
    expect(heard.map((event) => event.state)).toEqual(['queued']);
  });

  it('lets a listener that comes back miss nothing', async () => {
    const { queue } = setup();
    const live: JobEvent[] = [];
    queue.subscribe({ event: (event) => live.push(event) });
    await queue.submit([spec(1), spec(2)]);
    queue.fail(queue.lease()!, why);
    queue.retry(['job-000001']);
    expect(queue.eventsSince(2)).toEqual(live.slice(2));
    expect(queue.eventsSince(0)).toEqual(live);
  });
});

describe('delivering and placing', () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let clip: string;
  beforeEach(async () => {
    folder = await tempFolder();
    clip = path.join(folder.path, 'clip.mov');
    await writeFile(clip, 'clip');
  });
  afterEach(() => folder.remove());

  it('goes from rendered to placed, each step once', async () => {
    const { queue } = setup();
    await rendered(queue, spec(1), clip);
    expect(await queue.deliver('job-000001')).toMatchObject({ state: 'delivered', take: { path: clip } });
    const seq = queue.newestSeq();
    expect((await queue.deliver('job-000001')).state).toBe('delivered');
    expect(queue.newestSeq()).toBe(seq);
    expect(queue.placed('job-000001', placement)).toMatchObject({ state: 'placed', placement });
    expect(queue.placed('job-000001', { ...placement, trackIndex: 5 })).toMatchObject({ state: 'placed', placement });
    expect((await queue.deliver('job-000001')).state).toBe('placed');
    expect(queue.newestSeq()).toBe(seq + 1);
  });

  it('believes a panel that has placed what a rebuilt store only knows as rendered', async () => {
    const { queue } = setup();
    await rendered(queue, spec(1), clip);
    queue.placed('job-000001', placement);
    expect(queue.eventsSince(3).map((event) => event.state)).toEqual(['delivered', 'placed']);
  });

  it('refuses what has no take, and what it never heard of', async () => {
    const { queue } = setup();
    await queue.submit([spec(1)]);
    await expect(queue.deliver('job-000001')).rejects.toMatchObject({ problem: { code: 'out-of-order' } });
    expect(() => queue.placed('job-000001', placement)).toThrow('it is queued');
    await expect(queue.deliver('job-000009')).rejects.toMatchObject({ problem: { code: 'not-found' } });
    expect(() => queue.placed('job-000009', placement)).toThrow('There is no job');
  });

  it('fails a job whose clip is gone or cut short, and renders it again on retry', async () => {
    const { queue } = setup();
    await rendered(queue, spec(1), clip);
    await writeFile(clip, 'cli');
    await expect(queue.deliver('job-000001')).rejects.toMatchObject({ problem: { code: 'not-found', retry: true } });
    expect(queue.find('job-000001')).toMatchObject({ state: 'failed', problem: { code: 'not-found' } });
    expect(queue.retry(['job-000001'])).toEqual(['job-000001']);
    expect(queue.lease()).toMatchObject({ spec: { id: 'job-000001' }, attempt: 2 });
    await rm(clip);
  });
});

describe('steering', () => {
  it('cancels what is not over, retries what failed, and says which', async () => {
    const { queue } = setup();
    await queue.submit([spec(1), spec(2), spec(3)]);
    queue.fail(queue.lease()!, why);
    expect(queue.cancel(['job-000001', 'job-000002', 'job-000002', 'job-000009'])).toEqual(['job-000002']);
    expect(queue.cancel(['job-000002'])).toEqual(['job-000002']);
    expect(queue.retry(['job-000001', 'job-000002', 'job-000003'])).toEqual(['job-000001', 'job-000003']);
    expect(queue.list().jobs.map((row) => row.state)).toEqual(['queued', 'cancelled', 'queued']);
  });

  it('drops the result of an attempt that was cancelled meanwhile', async () => {
    const { queue } = setup();
    await queue.submit([spec(1)]);
    const lease = queue.lease()!;
    expect(queue.stillHolds(lease)).toBe(true);
    queue.cancel(['job-000001']);
    expect(queue.stillHolds(lease)).toBe(false);
    expect(() => queue.finish(lease, takeOf(spec(1)), 1)).toThrow('it is cancelled');
    expect(queue.find('job-000001')?.state).toBe('cancelled');
  });

  it('begins nothing while paused or outside its hours, also after a restart', async () => {
    const store = new MemoryStore();
    const hours = { open: true };
    const { queue } = setup(
      { conditions: { wall: wallClock('UTC'), holds: () => (hours.open ? [] : [CLOSED]) } },
      store,
    );
    await queue.submit([spec(1), spec(2)]);
    queue.setPaused(true);
    expect(queue.lease()).toBeNull();
    const { queue: later } = setup({}, store);
    expect(later.paused).toBe(true);
    expect(later.lease()).toBeNull();
    queue.setPaused(false);
    hours.open = false;
    expect(queue.lease()).toBeNull();
    expect(queue.holds()).toEqual([CLOSED]);
    hours.open = true;
    expect(queue.lease()?.spec.id).toBe('job-000001');
  });
});

describe('time left', () => {
  it('is told once a run was measured, for the job and for the queue, and is remembered by the store', async () => {
    const store = new MemoryStore();
    const { queue, clock } = setup({}, store);
    const told: Progress[] = [];
    queue.subscribe({ progress: (progress) => told.push(progress) });
    await queue.submit([spec(1), spec(2), spec(3)]);
    const first = queue.lease()!;
    queue.progress(first, { done: 0, of: 24, stage: 'frames' });
    expect(told[0]).toEqual({ jobId: 'job-000001', done: 0, of: 24, stage: 'frames' });
    queue.finish(first, takeOf(spec(1)), 10);

    const { queue: later } = setup({}, store);
    later.subscribe({ progress: (progress) => told.push(progress) });
    const second = later.lease()!;
    later.progress(second, { done: 0, of: 24, stage: 'frames' });
    expect(told[1]?.secondsLeft?.likely).toBeCloseTo(10);
    expect(told[1]?.queueSecondsLeft?.likely).toBeCloseTo(20);
    expect(clock.now()).toBe(1_700_000_000_000);
  });
});
