/** Both stores keep the same promises. */
import fc from 'fast-check';
import { problem } from '../../shared/problem';
import type { Fact } from '../../shared/protocol';
import { aboutJob, MemoryStore, type JobStore } from '../../companion-app/queue';
import { newRecord } from '../../companion-app/queue/record';
import { advance, type JobChange } from '../../companion-app/queue/states';
import { kinds, step } from './fixtures/stores';
import { sha, spec, takeOf, tempFolder } from './fixtures/specs';

describe.each(kinds)('a store %s', (_name, open) => {
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

  it('keeps jobs in the order they came, with a fact each', () => {
    const stored = store.insert([spec(3), spec(1), spec(2)].map((each) => newRecord(each, 5)));
    expect(stored.map(({ event }) => [event.seq, event.jobId, event.state])).toEqual([
      [1, 'job-000003', 'queued'],
      [2, 'job-000001', 'queued'],
      [3, 'job-000002', 'queued'],
    ]);
    expect(store.list({}).jobs.map((row) => row.spec)).toEqual([spec(3), spec(1), spec(2)]);
    expect(store.find('job-000001')).toEqual(stored[1]!.record);
    expect(store.find('job-000009')).toBeUndefined();
  });

  it('stores all of an insert or nothing', () => {
    store.insert([newRecord(spec(1), 0)]);
    expect(() => store.insert([newRecord(spec(2), 0), newRecord(spec(1), 0)])).toThrow();
    expect(store.list({}).total).toBe(1);
    expect(store.newestSeq()).toBe(1);
    expect(store.insert([newRecord(spec(3), 0)])[0]!.event.seq).toBe(2);
  });

  it('gives back what it was given, through all of a life', () => {
    store.insert([newRecord(spec(1), 0)]);
    step(store, 'job-000001', { kind: 'lease' }, 10);
    step(
      store,
      'job-000001',
      { kind: 'lose', attempt: 1, problem: problem({ code: 'render-crashed', message: 'Crash.' }) },
      20,
    );
    step(store, 'job-000001', { kind: 'lease' }, 30);
    const { record, event } = step(store, 'job-000001', { kind: 'finish', attempt: 2, take: takeOf(spec(1)) }, 40);
    expect(event).toMatchObject({ seq: 5, state: 'rendered', attempts: 2, take: takeOf(spec(1)) });
    expect(store.find('job-000001')).toEqual(record);
    expect(store.eventsSince(0).map((each) => [each.seq, each.state, each.problem?.code])).toEqual([
      [1, 'queued', undefined],
      [2, 'rendering', undefined],
      [3, 'queued', 'render-crashed'],
      [4, 'rendering', undefined],
      [5, 'rendered', undefined],
    ]);
    expect(store.eventsSince(4)).toEqual([event]);
    expect(store.attempts('job-000001')).toEqual([
      {
        jobId: 'job-000001',
        attempt: 1,
        startedAt: 10,
        endedAt: 20,
        outcome: 'queued',
        reason: 'render-crashed: Crash.',
      },
      { jobId: 'job-000001', attempt: 2, startedAt: 30, endedAt: 40, outcome: 'rendered' },
    ]);
  });

  it('changes nothing when the step refuses', () => {
    store.insert([newRecord(spec(1), 0)]);
    const before = store.find('job-000001');
    expect(() => step(store, 'job-000001', { kind: 'deliver' })).toThrow('it is queued');
    expect(() => step(store, 'job-000009', { kind: 'lease' })).toThrow('There is no job');
    expect(store.find('job-000001')).toEqual(before);
    expect(store.newestSeq()).toBe(1);
  });

  it('holds a job back until all its boards and masks are there', () => {
    const twoBoards = spec(1, { frames: 48 });
    const shot = {
      ...twoBoards.shot,
      boards: [...twoBoards.shot.boards, { board: sha('second'), at: 24, name: 'b' }],
      regions: [
        {
          id: 'r',
          name: 'car',
          outline: [],
          mask: sha('mask'),
          path: [
            { x: 0, y: 0 },
            { x: 1, y: 0 },
          ],
          from: 0,
          to: 24,
          ease: 'linear' as const,
        },
      ],
    };
    store.insert([newRecord({ ...twoBoards, shot }, 0), newRecord(spec(2, { board: sha('other') }), 0)]);
    expect(store.nextReady()).toBeUndefined();
    const wanted = ['board', 'second', 'mask', 'other'].map((name) => sha(name));
    expect([...store.wantedBoards()].sort()).toEqual(wanted.sort());
    store.addBoards([sha('board'), sha('mask')]);
    expect(store.nextReady()).toBeUndefined();
    store.addBoards([sha('other')]);
    expect(store.nextReady()?.row.spec.id).toBe('job-000002');
    store.addBoards([sha('second'), sha('second')]);
    expect(store.nextReady()?.row.spec.id).toBe('job-000001');
    store.dropBoards([sha('mask')]);
    expect(store.nextReady()?.row.spec.id).toBe('job-000002');
    expect([...store.heldBoards()].sort()).toEqual([sha('board'), sha('other'), sha('second')].sort());
  });

  it('gives the next job as submitted, previews first where wanted, never one that is not queued', () => {
    const jobs = [spec(1), spec(2, { quality: 'preview' }), spec(3), spec(4, { quality: 'preview' })];
    store.insert(jobs.map((job) => newRecord(job, 0)));
    expect(store.nextReady()).toBeUndefined();
    store.addBoards([sha('board')]);
    expect(store.nextReady()?.row.spec.id).toBe('job-000001');
    expect(store.nextReady(true)?.row.spec.id).toBe('job-000002');
    step(store, 'job-000002', { kind: 'lease' });
    step(store, 'job-000001', { kind: 'cancel' });
    expect(store.nextReady()?.row.spec.id).toBe('job-000003');
    expect(store.nextReady(true)?.row.spec.id).toBe('job-000004');
  });

  it('tells in short of what waits', () => {
    store.insert([
      newRecord(spec(1, { sequence: 'B' }), 7),
      newRecord(spec(2, { sequence: 'A', frames: 48, board: sha('other') }), 8),
      newRecord(spec(3, { sequence: 'B', quality: 'preview' }), 9),
    ]);
    store.addBoards([sha('board')]);
    step(store, 'job-000001', { kind: 'lease' });
    const common = { engine: 'auto', boards: 1, pixels: 640 * 360, byHand: false };
    expect(store.waiting()).toEqual([
      {
        ...{ ...common, jobId: 'job-000002', rank: 2, ready: false, sequenceRank: 2 },
        ...{ startFrame: 200, submittedAt: 8, quality: 'full', frames: 48 },
      },
      {
        ...{ ...common, jobId: 'job-000003', rank: 3, ready: true, sequenceRank: 1 },
        ...{ startFrame: 300, submittedAt: 9, quality: 'preview', frames: 24 },
      },
    ]);
  });

  it('takes rows out of its lists and brings back those to which something happens', () => {
    store.insert([1, 2, 3].map((n) => newRecord(spec(n), 0)));
    step(store, 'job-000001', { kind: 'cancel' });
    step(store, 'job-000002', { kind: 'fail', problem: problem({ code: 'render-failed', message: 'No.' }) });
    expect(store.prune(['failed', 'cancelled', 'placed'])).toBe(2);
    expect(store.prune(['failed', 'cancelled'])).toBe(0);
    expect(store.list({})).toMatchObject({ total: 1, jobs: [{ spec: { id: 'job-000003' } }] });
    expect(store.find('job-000001')?.row.state).toBe('cancelled');
    expect(store.eventsSince(0)).toHaveLength(5);
    step(store, 'job-000002', { kind: 'retry' });
    expect(store.list({}).jobs.map((row) => row.spec.id)).toEqual(['job-000002', 'job-000003']);
  });

  it('keeps the takes of all tries and the engine that stood in', () => {
    store.insert([newRecord(spec(1), 0)]);
    const take = takeOf(spec(1));
    const fallback = { engine: 'parallax', why: 'To be there by 08:00.', at: 3 };
    step(store, 'job-000001', { kind: 'lease', fallback });
    step(store, 'job-000001', {
      kind: 'redo',
      attempt: 1,
      take,
      problem: problem({ code: 'check-failed', message: 'x' }),
    });
    const waiting = store.find('job-000001')!;
    expect(waiting).toMatchObject({
      row: { state: 'queued', fallback, tries: [take] },
      lastProblem: { code: 'check-failed' },
    });
    step(store, 'job-000001', { kind: 'lease' });
    const { record } = step(store, 'job-000001', {
      kind: 'finish',
      attempt: 2,
      take: { ...take, seed: 9 },
      tries: [take],
    });
    expect(store.find('job-000001')).toEqual(record);
    expect(record.row).toMatchObject({ state: 'rendered', take: { seed: 9 }, tries: [take] });
    expect(record.row.fallback).toBeUndefined();
  });

  it('lists by state and sequence, page by page, with the whole count', () => {
    store.insert(
      [1, 2, 3, 4, 5].map((n) => newRecord(spec(n, { sequence: n % 2 ? 'A' : "B'; DROP TABLE jobs; --" }), 0)),
    );
    step(store, 'job-000001', { kind: 'cancel' });
    const ids = (filter: Parameters<JobStore['list']>[0]) => store.list(filter).jobs.map((row) => row.order);
    expect(ids({ states: ['queued'] })).toEqual([2, 3, 4, 5]);
    expect(ids({ states: ['queued'], sequenceId: 'id of A' })).toEqual([3, 5]);
    expect(ids({ sequenceId: "id of B'; DROP TABLE jobs; --" })).toEqual([2, 4]);
    expect(store.list({ states: ['queued', 'cancelled'], offset: 1, limit: 2 })).toMatchObject({
      total: 5,
      jobs: [{ order: 2 }, { order: 3 }],
    });
    expect(ids({ states: [] })).toEqual([]);
    expect(store.count(['queued', 'cancelled'])).toBe(5);
    expect(store.count(['placed'])).toBe(0);
  });

  it('replays events of one sequence, and only so many', () => {
    store.insert([1, 2, 3, 4].map((n) => newRecord(spec(n, { sequence: n % 2 ? 'A' : 'B' }), 0)));
    expect(store.eventsSince(0, { sequenceId: 'id of B' }).map((event) => event.seq)).toEqual([2, 4]);
    expect(store.eventsSince(1, { limit: 2 }).map((event) => event.seq)).toEqual([2, 3]);
    expect(store.eventsSince(4)).toEqual([]);
  });

  it('groups queued work, remembers timings newest first, and settings', () => {
    store.insert([newRecord(spec(1), 0), newRecord(spec(2), 0), newRecord(spec(3, { frames: 5 }), 0)]);
    step(store, 'job-000002', { kind: 'cancel' });
    expect([...store.queuedWork()].sort((a, b) => a.frames - b.frames)).toEqual([
      { engine: 'auto', quality: 'full', pixels: 640 * 360, frames: 5, boards: 1, count: 1 },
      { engine: 'auto', quality: 'full', pixels: 640 * 360, frames: 24, boards: 1, count: 1 },
    ]);
    const timing = {
      requested: 'auto',
      engine: 'parallax',
      device: 'cpu',
      quality: 'full',
      pixels: 10,
      frames: 1,
      boards: 3,
      seconds: 1.5,
    };
    store.addTiming(timing);
    store.addTiming({ ...timing, seconds: 2.5 });
    expect(store.timings(1)).toEqual([{ ...timing, seconds: 2.5 }]);
    store.setSetting('paused', 'yes');
    store.setSetting('paused', 'no');
    expect([store.setting('paused'), store.setting('nothing')]).toEqual(['no', undefined]);
  });

  it('keeps facts in the order they came, whatever becomes of their jobs, each with its change or not at all', () => {
    store.insert([newRecord(spec(1), 0)]);
    const about = aboutJob({ spec: spec(1) });
    const cut: Fact = { kind: 'cut', at: 5, sequenceId: 'a\u0000b', takes: [{ jobId: 'job-000001', frames: 3 }] };
    const review: Fact = { kind: 'review', at: 7, jobId: 'job-000001', about, seconds: 0.25 };
    store.addFacts([cut, review]);
    const word: Fact = { ...review, kind: 'review', at: 9 };
    expect(() =>
      store.change(
        'job-000001',
        (record) => record,
        () => {
          throw new Error('no fact');
        },
      ),
    ).toThrow('no fact');
    const seq = store.newestSeq();
    store.change(
      'job-000001',
      (record) => advance(record, { kind: 'lease' }, { at: 9, maxLost: 3 }),
      () => word,
    );
    expect(store.newestSeq()).toBe(seq + 1);
    expect(store.facts()).toEqual([cut, review, word]);
    expect(store.facts({ kinds: ['review'], since: 8 })).toEqual([word]);
    expect(store.facts({ kinds: [] })).toEqual([]);
    expect(store.facts({ since: 10 })).toEqual([]);
  });

  it('agrees with the other kind after any series of changes', async () => {
    const other = new MemoryStore();
    const jobs = [spec(1), spec(2, { name: 'a\u0000b \ud83c', sequence: 'x\u0000y' }), spec(3)];
    for (const each of [store, other]) each.insert(jobs.map((job) => newRecord(job, 0)));
    const why = problem({ code: 'render-failed', message: "It's \u0000 \ud83c\udfa5 failed" });
    fc.assert(
      fc.property(fc.nat(2), fc.nat(10), fc.nat(1000), (which, kind, at) => {
        const job = jobs[which]!;
        const attempt = store.find(job.id)!.row.attempts;
        const all: JobChange[] = [
          { kind: 'lease' },
          { kind: 'finish', attempt, take: takeOf(job) },
          { kind: 'redo', attempt, take: takeOf(job), problem: why },
          { kind: 'fail', problem: why },
          { kind: 'lose', attempt, problem: why },
          { kind: 'release', attempt },
          { kind: 'deliver' },
          { kind: 'place', placement: { trackIndex: 0, startFrame: -5, frames: 24, name: 'n' } },
          { kind: 'cancel' },
          { kind: 'retry' },
          { kind: 'judge', verdict: 'rejected', reason: 'a\u0000\ud83c' },
          { kind: 'judge', verdict: 'none' },
        ];
        const outcome = (each: JobStore): unknown => {
          try {
            return step(each, job.id, all[kind]!, at);
          } catch (error) {
            return String(error);
          }
        };
        expect(outcome(store)).toEqual(outcome(other));
        expect(store.attempts(job.id)).toEqual(other.attempts(job.id));
      }),
      { numRuns: 80 },
    );
    expect(store.eventsSince(0)).toEqual(other.eventsSince(0));
    expect(store.list({})).toEqual(other.list({}));
  });
});
