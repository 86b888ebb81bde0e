/** Both stores put waiting jobs in order, and pass over what is held, in the same way. */
import fc from 'fast-check';
import { problem } from '../../shared/problem';
import type { JobStore } from '../../companion-app/queue';
import { moved } from '../../companion-app/queue/plan/order';
import { newRecord } from '../../companion-app/queue/record';
import { kinds, step } from './fixtures/stores';
import { sha, spec, tempFolder } from './fixtures/specs';

describe.each(kinds)('the order in a store %s', (_name, open) => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let store: JobStore;
  beforeEach(async () => {
    folder = await tempFolder();
    store = await open(folder.path);
  });
  afterEach(async () => {
    store.close();
    await folder.remove();
  });

  const order = () =>
    store
      .list({})
      .jobs.map((row) => row.spec.id.slice(-1))
      .join('');

  it('keeps an order that was put by hand until it is forgotten', () => {
    store.insert([1, 2, 3, 4].map((n) => newRecord(spec(n, n === 4 ? { quality: 'preview' } : {}), 0)));
    store.addBoards([sha('board')]);
    const moved = store.move(['job-000003', 'job-000001', 'job-000009'], 'front');
    expect(moved.map(({ jobId }) => jobId).slice(0, 2)).toEqual(['job-000003', 'job-000001']);
    for (const each of moved) expect(store.find(each.jobId)?.row.order).toBe(each.rank);
    expect(order()).toBe('3124');
    expect(store.waiting().map((job) => job.byHand)).toEqual([true, true, true, true]);
    expect(store.nextReady(true)?.row.spec.id).toBe('job-000003');
    store.insert([newRecord(spec(5, { quality: 'preview' }), 0), newRecord(spec(6), 0)]);
    expect(order()).toBe('312456');
    expect(store.waiting().map((job) => job.byHand)).toEqual([true, true, true, true, false, false]);
    step(store, 'job-000001', { kind: 'lease' });
    expect(store.move(['job-000001', 'job-000009'], 'back')).toEqual([]);
    expect(store.waiting().map((job) => job.byHand)).toEqual([true, true, true, false, false]);
    store.forgetOrder();
    expect(store.nextReady(true)?.row.spec.id).toBe('job-000004');
    expect(store.nextReady()?.row.spec.id).toBe('job-000003');
  });

  it('moves whichever jobs wherever, as often as one likes, past jobs that are done', () => {
    const all = [1, 2, 3, 4, 5, 6, 7].map((n) => `job-00000${n}`);
    store.insert(all.map((_id, n) => newRecord(spec(n + 1), 0)));
    for (const id of ['job-000001', 'job-000004']) step(store, id, { kind: 'lease' });
    const id = fc.constantFrom(...all, 'job-000009');
    const place = fc.oneof(
      fc.constantFrom('front' as const, 'back' as const),
      id.map((before) => ({ before })),
    );
    const ids = () => store.waiting().map((job) => job.jobId);
    fc.assert(
      fc.property(fc.array(id, { minLength: 1, maxLength: 4 }), place, (jobs, to) => {
        const before = ids();
        store.move(jobs, to);
        expect(ids()).toEqual(moved(before, jobs, to));
      }),
      { numRuns: 60 },
    );
    // Always into the same gap, far more often than it can be halved.
    for (let n = 0; n < 30; n += 1) {
      const before = ids();
      const [behind = '', last = ''] = [before[2], before.at(-1)];
      store.move([last], { before: behind });
      expect(ids()).toEqual(moved(before, [last], { before: behind }));
    }
    expect(new Set(store.list({}).jobs.map((row) => row.order)).size).toBe(all.length);
  });

  it('writes a whole order down by ranks, and puts what comes later behind it', () => {
    store.insert([1, 2, 3, 4].map((n) => newRecord(spec(n), 0)));
    step(store, 'job-000002', { kind: 'lease' });
    store.rank(['job-000001', 'job-000009', 'job-000002'], 7);
    store.rank(['job-000004', 'job-000003'], 5);
    expect(store.lastRank()).toBe(7);
    expect(store.waiting().map((job) => job.jobId.slice(-1) + String(job.byHand))).toEqual(
      ['4', '3', '1'].map((n) => `${n}false`),
    );
    store.insert([newRecord(spec(5), 0)]);
    expect(order()).toBe('24315');
  });

  it('passes over a job that is held, until it is free', () => {
    store.insert([1, 2].map((n) => newRecord(spec(n), 0)));
    store.addBoards([sha('board')]);
    const why = problem({ code: 'engine-unavailable', message: 'No worker has the pack svd.' });
    const { event } = step(store, 'job-000001', { kind: 'hold', problem: why });
    expect(event).toMatchObject({ state: 'queued', problem: why, attempts: 0 });
    expect(store.held()).toEqual(['job-000001']);
    expect(store.list({}).jobs[0]).toMatchObject({ state: 'queued', problem: why });
    expect(store.waiting().map((job) => job.ready)).toEqual([false, true]);
    expect(store.nextReady()?.row.spec.id).toBe('job-000002');
    step(store, 'job-000001', { kind: 'free' });
    expect(store.held()).toEqual([]);
    expect(store.nextReady()?.row).toMatchObject({ spec: { id: 'job-000001' }, attempts: 0 });
  });
});
