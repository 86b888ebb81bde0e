/** What a night does to a queue: previews first, a deadline, another seed for a take that fails, an order by hand. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { problem } from '../../../shared/problem';
import type { Check, JobSpec, Take } from '../../../shared/protocol';
import { JobQueue, MemoryStore, openStore, recover, wallClock, type JobStore } from '../../../companion-app/queue';
import { PLAIN_PLAN, type QueuePlan } from '../../../companion-app/queue/plan/plan';
import { previewIdOf } from '../../../companion-app/queue/plan/previews';
import { seedOfTry } from '../../../companion-app/queue/plan/tries';
import { handClock, sha, shelfOf, silent, spec, takeOf, tempFolder } from '../fixtures/specs';

const SIX_IN_THE_EVENING = Date.parse('2026-11-22T18:00:00Z');

function setup(plan: Partial<QueuePlan> = {}, store: JobStore = new MemoryStore()) {
  const clock = handClock(SIX_IN_THE_EVENING);
  const parts = { store, shelf: shelfOf(new Map([[sha('board'), '/boards/board']])), clock, log: silent };
  const conditions = { wall: wallClock('UTC'), holds: () => [] };
  const queue = new JobQueue(parts, { plan: () => ({ ...PLAIN_PLAN, ...plan }), conditions });
  return { queue, clock, store, parts };
}

const check = (ok: boolean, score: number): Check => ({ name: 'motion', ok, score, detail: '' });
const takeWith = (job: JobSpec, checks: Check[], seed = job.seed): Take => ({
  ...takeOf(job, `/takes/${seed}.mov`),
  checks,
  seed,
});
const begun = (queue: JobQueue): string[] => {
  const order: string[] = [];
  for (let lease = queue.lease(); lease; lease = queue.lease()) order.push(lease.spec.id);
  return order;
};

describe('previews first', () => {
  it('puts a preview before each full take that replaces it, and makes all previews first', async () => {
    const { queue } = setup({ previewsFirst: true });
    const { jobs } = await queue.submit([spec(1), spec(2)]);
    expect(jobs.map((job) => [job.jobId, job.known])).toEqual([
      ['job-000001', false],
      ['job-000002', false],
    ]);
    const rows = queue.list().jobs;
    expect(rows).toHaveLength(4);
    expect(queue.find('job-000001')?.spec.replaces).toBe(previewIdOf('job-000001'));
    expect(queue.find(previewIdOf('job-000001'))?.spec).toEqual({
      ...spec(1),
      id: previewIdOf('job-000001'),
      quality: 'preview',
    });
    expect(begun(queue)).toEqual([previewIdOf('job-000001'), previewIdOf('job-000002'), 'job-000001', 'job-000002']);
  });

  it('is the same job when it is sent again, with the setting or without', async () => {
    const store = new MemoryStore();
    const { queue } = setup({ previewsFirst: true }, store);
    await queue.submit([spec(1)]);
    const { queue: later } = setup({}, store);
    for (const each of [queue, later])
      expect((await each.submit([spec(1)])).jobs).toEqual([{ jobId: 'job-000001', state: 'queued', known: true }]);
    expect(queue.list().total).toBe(2);
  });

  it('makes none of a preview, of a take that replaces one, or of a job that is there without', async () => {
    const store = new MemoryStore();
    await setup({}, store).queue.submit([spec(3)]);
    const { queue } = setup({ previewsFirst: true }, store);
    await queue.submit([spec(1, { quality: 'preview' }), { ...spec(2), replaces: 'job-000001' }, spec(3)]);
    expect(queue.list().total).toBe(3);
  });

  it('cancels the preview with its take, and moves both', async () => {
    const { queue } = setup({ previewsFirst: true });
    await queue.submit([spec(1), spec(2), spec(3)]);
    queue.cancel(['job-000001']);
    expect(queue.find(previewIdOf('job-000001'))?.state).toBe('cancelled');
    expect(await queue.reorder(['job-000003', 'job-000001'], 'front')).toEqual(['job-000003']);
    expect(begun(queue)).toEqual([
      ...[previewIdOf('job-000003'), 'job-000003'],
      ...[previewIdOf('job-000002'), 'job-000002'],
    ]);
  });
});

it('puts by hand what another order has made, and has what comes later follow that order again', async () => {
  const plan = { by: 'shot' as QueuePlan['by'] };
  const { queue } = setup(plan);
  // Sent last to first: the timeline's order is the other way round.
  await queue.submit([spec(4), spec(3), spec(2), spec(1)]);
  const both = await Promise.all([
    queue.reorder(['job-000004'], 'front'),
    queue.reorder(['job-000002'], { before: 'job-000001' }),
  ]);
  expect(both).toEqual([['job-000004'], ['job-000002']]);
  await queue.submit([spec(6), spec(5)]);
  expect(begun(queue).map((id) => id.slice(-1))).toEqual(['4', '2', '1', '3', '5', '6']);
});

it('holds what nobody can render without reading all that waits for each of them', async () => {
  const { queue, store } = setup({ by: 'shot' });
  await queue.submit([spec(3), spec(2), spec(1)]);
  const nobody = problem({ code: 'engine-unavailable', message: 'Nobody can.', safe: '', action: '', retry: true });
  const read = jest.spyOn(store, 'waiting');
  expect(queue.lease(() => nobody)).toBeNull();
  expect(queue.list().jobs.map((row) => row.problem?.message)).toEqual(['Nobody can.', 'Nobody can.', 'Nobody can.']);
  expect(queue.lease()).toBeNull();
  expect(read).toHaveBeenCalledTimes(1);
  await queue.reconsider(({ id }) => (id === 'job-000001' ? nobody : null));
  expect(begun(queue)).toEqual(['job-000002', 'job-000003']);
});

describe('a deadline', () => {
  const diffusion = (n: number): JobSpec => ({
    ...spec(n),
    engine: 'diffusion',
    pack: { name: 'svd', sha256: sha('pack') },
    styles: [{ name: 'ink', sha256: sha('ink'), weight: 1 }],
  });
  const HOUR = 3600;

  /** Six hours a diffusion shot; fourteen hours to go until eight. */
  async function evening() {
    const all = setup({ deadline: '08:00' });
    all.store.addTiming({
      ...{ requested: 'diffusion', engine: 'diffusion', device: 'cpu', quality: 'full' },
      ...{ pixels: 640 * 360, frames: 24, boards: 1, seconds: 6 * HOUR },
    });
    all.store.addTiming({
      ...{ requested: 'parallax', engine: 'parallax', device: 'cpu', quality: 'full' },
      ...{ pixels: 640 * 360, frames: 24, boards: 1, seconds: 10 },
    });
    const { queue } = setup({ deadline: '08:00' }, all.store);
    await queue.submit([1, 2, 3].map(diffusion));
    return { ...all, queue };
  }

  it('keeps the engine of what will be there in time, and has a faster one make the rest', async () => {
    const { store } = await evening();
    const { queue, clock } = setup({ deadline: '08:00' }, store);
    const engines: string[] = [];
    for (let lease = queue.lease(); lease; lease = queue.lease()) {
      engines.push(lease.run.engine);
      const seconds = lease.run.engine === 'diffusion' ? 6 * HOUR : 10;
      clock.set(clock.now() + seconds * 1000);
      queue.finish(lease, { ...takeOf(lease.run), engine: lease.run.engine }, seconds);
    }
    expect(engines).toEqual(['diffusion', 'diffusion', 'parallax']);
    expect(clock.now()).toBeLessThan(Date.parse('2026-11-23T08:00:00Z'));
  });

  it('says of the take and of the row what stood in, and keeps the spec', async () => {
    const { queue, store } = await evening();
    const late = setup({ deadline: '08:00' }, store);
    late.clock.set(Date.parse('2026-11-23T01:00:00Z'));
    expect(late.queue.lease()?.run).toEqual(diffusion(1));
    const second = late.queue.lease()!;
    const { pack: _pack, styles: _styles, ...plain } = diffusion(2);
    expect(second.spec).toEqual(diffusion(2));
    expect(late.queue.find('job-000002')?.fallback).toBeUndefined();
    late.queue.release(second);
    late.clock.set(Date.parse('2026-11-23T05:00:00Z'));
    const instead = late.queue.lease()!;
    expect(instead.run).toEqual({ ...plain, engine: 'parallax' });
    expect(instead.remarks).toEqual(['Made by parallax instead of diffusion, to be there by 08:00.']);
    late.queue.finish(instead, takeOf(instead.run), 10);
    expect(queue.find('job-000002')).toMatchObject({
      spec: { engine: 'diffusion' },
      take: { engine: 'parallax' },
      fallback: { engine: 'parallax', why: instead.remarks[0], at: late.clock.now() },
    });
  });

  it('is in the time that is said to be left: what will be made by a faster engine is counted so', async () => {
    const { queue, store } = await evening();
    expect(queue.waitingSeconds()!.likely / HOUR).toBeCloseTo(12, 2);
    const all = setup({}, store);
    expect(all.queue.waitingSeconds()!.likely / HOUR).toBeCloseTo(18, 2);

    const heard: number[] = [];
    queue.subscribe({ progress: ({ queueSecondsLeft }) => heard.push(queueSecondsLeft?.likely ?? NaN) });
    const lease = queue.lease()!;
    queue.progress(lease, { done: 0, of: 10, stage: 'frames' });
    // The rest of the first shot, the second by diffusion, the third by its stand-in.
    expect(heard[0]! / HOUR).toBeCloseTo(12, 2);
  });

  it('tells of a stand-in that was never measured as widely as it is unknown', async () => {
    const { store } = setup();
    store.addTiming({
      ...{ requested: 'diffusion', engine: 'diffusion', device: 'cpu', quality: 'full' },
      ...{ pixels: 640 * 360, frames: 24, boards: 1, seconds: 6 * HOUR },
    });
    const { queue: later } = setup({ deadline: '08:00' }, store);
    await later.submit([1, 2, 3].map(diffusion));
    const told = later.waitingSeconds()!;
    expect(told.likely / HOUR).toBeCloseTo(12.6, 2);
    expect(told.high).toBeGreaterThan(18 * HOUR);
  });

  it('has everything made by the faster engine once it has passed, and nothing of a later evening', async () => {
    const { store } = await evening();
    const late = setup({ deadline: '08:00' }, store);
    late.clock.set(Date.parse('2026-11-23T09:00:00Z'));
    expect(late.queue.lease()?.run.engine).toBe('parallax');
    await late.queue.submit([diffusion(9)]);
    late.queue.cancel(['job-000002', 'job-000003']);
    expect(late.queue.lease()?.run.engine).toBe('diffusion');
  });
});

describe('a take that fails its checks', () => {
  it('is made again with other seeds, so often and no oftener, and the best of them is taken', async () => {
    const { queue } = setup({ retriesOfFailedChecks: 2 });
    await queue.submit([spec(1)]);
    const seeds: number[] = [];
    for (const score of [0.3, 0.6, 0.5]) {
      const lease = queue.lease()!;
      expect(lease.tries).toBe(seeds.length);
      seeds.push(lease.run.seed);
      queue.finish(lease, takeWith(lease.run, [check(false, score)]), 1);
    }
    expect(seeds).toEqual([7, seedOfTry(7, 1), seedOfTry(7, 2)]);
    expect(new Set(seeds).size).toBe(3);
    expect(queue.find('job-000001')).toMatchObject({
      ...{ state: 'rendered', attempts: 3, take: { seed: seeds[1] } },
      tries: [{ seed: seeds[0] }, { seed: seeds[2] }],
    });
    expect(queue.eventsSince(0).map((event) => [event.state, event.problem?.code])).toEqual([
      ['queued', undefined],
      ['rendering', undefined],
      ['queued', 'check-failed'],
      ['rendering', undefined],
      ['queued', 'check-failed'],
      ['rendering', undefined],
      ['rendered', undefined],
    ]);
  });

  it('is over with the first that passes', async () => {
    const { queue } = setup({ retriesOfFailedChecks: 5 });
    await queue.submit([spec(1)]);
    for (const ok of [false, true]) {
      const lease = queue.lease()!;
      queue.finish(lease, takeWith(lease.run, [check(true, 1), check(ok, 0.5)]), 1);
    }
    expect(queue.find('job-000001')).toMatchObject({ state: 'rendered', attempts: 2, tries: [{ seed: 7 }] });
    expect(queue.lease()).toBeNull();
  });

  it('is taken as it is where nobody asked for more', async () => {
    const { queue } = setup({ retriesOfFailedChecks: 0 });
    await queue.submit([spec(1)]);
    queue.finish(queue.lease()!, takeWith(spec(1), [check(false, 0)]), 1);
    expect(queue.find('job-000001')?.state).toBe('rendered');
    expect(queue.find('job-000001')?.tries).toBeUndefined();
  });

  it('is found on disk with its other tries when the store was lost', async () => {
    const folder = await tempFolder();
    const takes = path.join(folder.path, 'takes');
    for (const [place, ok, seed] of [
      ['SQ01', false, 7],
      ['SQ01/try-2', true, 8],
    ] as const) {
      await mkdir(path.join(takes, place), { recursive: true });
      const clip = path.join(takes, place, 'SH010_t01_job-000001.mov');
      await writeFile(clip, 'clip');
      const take = { ...takeWith(spec(1), [check(ok, 0.5)], seed), path: clip };
      const told = { format: 'inbetween-take', version: 1, attempt: seed - 6, spec: spec(1), take };
      await writeFile(`${clip}.json`, JSON.stringify(told));
    }
    const { queue, parts } = setup();
    await recover({ ...parts, maxLost: 3, folders: { attempts: path.join(folder.path, 'a'), takes } }, true);
    expect(queue.find('job-000001')).toMatchObject({
      ...{ state: 'rendered', attempts: 2, take: { seed: 8 } },
      tries: [{ seed: 7 }],
    });
    await folder.remove();
  });
});

it('goes by what was measured when the quickest come first', async () => {
  const { store } = setup({ by: 'shortest-first' });
  const timing = { device: 'cpu', quality: 'full', pixels: 640 * 360, frames: 24, boards: 1 };
  store.addTiming({ ...timing, requested: 'parallax', engine: 'parallax', seconds: 100 });
  store.addTiming({ ...timing, requested: 'diffusion', engine: 'diffusion', seconds: 10 });
  const { queue: later } = setup({ by: 'shortest-first' }, store);
  await later.submit([
    { ...spec(1), engine: 'parallax' },
    { ...spec(2), engine: 'diffusion' },
  ]);
  expect(begun(later)).toEqual(['job-000002', 'job-000001']);
});

it('waits for a person after a crash, over restarts, until told to go on', async () => {
  const folder = await tempFolder();
  const place = { file: path.join(folder.path, 'q.db'), backup: path.join(folder.path, 'b.db') };
  const { store } = await openStore(place, handClock(), silent);
  const { queue } = setup({}, store);
  await queue.submit([spec(1)]);
  queue.setPaused(true, true);
  const { queue: later } = setup({}, store);
  expect(later.holds().map((hold) => hold.kind)).toEqual(['crash']);
  expect([later.paused, later.lease()]).toEqual([true, null]);
  later.setPaused(false);
  expect(later.lease()?.spec.id).toBe('job-000001');
  store.close();
  await folder.remove();
});
