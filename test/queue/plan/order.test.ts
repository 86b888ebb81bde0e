import fc from 'fast-check';
import type { WaitingJob } from '../../../companion-app/queue/job-store';
import { MemoryStore } from '../../../companion-app/queue';
import { freeze } from '../../../companion-app/queue/plan/freeze';
import { inOrder, moved, type Ordering } from '../../../companion-app/queue/plan/order';
import { newRecord } from '../../../companion-app/queue/record';
import { spec } from '../fixtures/specs';

const waiting = (jobId: string, parts: Partial<WaitingJob> = {}): WaitingJob => ({
  ...{ jobId, rank: Number(jobId), byHand: false, ready: true, sequenceRank: 1, startFrame: 0, submittedAt: 0 },
  ...{ engine: 'auto', quality: 'full', pixels: 1e6, frames: 24, boards: 1 },
  ...parts,
});
const ids = (jobs: readonly WaitingJob[], by: Ordering['by'], previewsFirst = false): string =>
  inOrder(jobs, { by, previewsFirst }, () => null)
    .map((job) => job.jobId)
    .join('');

it('goes by the timeline, one sequence after the other as they came', () => {
  const jobs = [
    waiting('1', { sequenceRank: 1, startFrame: 300 }),
    waiting('2', { sequenceRank: 2, startFrame: 0 }),
    waiting('3', { sequenceRank: 1, startFrame: 100 }),
    waiting('4', { sequenceRank: 2, startFrame: 0 }),
  ];
  expect(ids(jobs, 'submitted')).toBe('1234');
  expect(ids(jobs, 'shot')).toBe('3124');
});

it('makes what is quickest first: by what was measured, else by a guess that knows diffusion to be slow', () => {
  const jobs = [waiting('1', { frames: 100 }), waiting('2', { engine: 'diffusion', frames: 10 }), waiting('3')];
  expect(ids(jobs, 'shortest-first')).toBe('312');
  const seconds: Record<string, number> = { 1: 50, 2: 3, 3: 8 };
  const order = inOrder(jobs, { by: 'shortest-first', previewsFirst: false }, (job) => seconds[job.jobId] ?? null);
  expect(order.map((job) => job.jobId)).toEqual(['2', '3', '1']);
});

it('makes previews of everything first, each half in its own order', () => {
  const preview = { quality: 'preview' };
  const jobs = [
    waiting('1', { startFrame: 9 }),
    waiting('2', { ...preview, startFrame: 9 }),
    waiting('3'),
    waiting('4', preview),
  ];
  expect(ids(jobs, 'submitted', true)).toBe('2413');
  expect(ids(jobs, 'shot', true)).toBe('4231');
});

it('leaves what was put in order by hand as it is, before everything else', () => {
  const byHand = { byHand: true, frames: 1000 };
  const jobs = [waiting('1'), waiting('2', byHand), waiting('3', { quality: 'preview' }), waiting('4', byHand)];
  for (const by of ['submitted', 'shot', 'shortest-first'] as const) expect(ids(jobs, by, true)).toMatch(/^24/);
});

it('orders every job once, whatever the order', () => {
  const job = fc.record({ byHand: fc.boolean(), startFrame: fc.nat(5), frames: fc.nat(5), sequenceRank: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(job), fc.constantFrom<Ordering['by']>('submitted', 'shot', 'shortest-first'), (parts, by) => {
      const jobs = parts.map((part, n) => waiting(String(n), part));
      const order = inOrder(jobs, { by, previewsFirst: false }, () => null);
      expect(order.map((each) => each.jobId).sort()).toEqual(jobs.map((each) => each.jobId).sort());
      // The same whatever order they come in.
      expect(inOrder([...jobs].reverse(), { by, previewsFirst: false }, () => null)).toEqual(order);
    }),
  );
});

describe('moving by hand', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  it.each([
    [['d', 'b'], 'front', 'dbace'],
    [['d', 'b'], 'back', 'acedb'],
    [['e', 'a'], { before: 'c' }, 'beacd'],
    [['c', 'd'], { before: 'c' }, 'abcde'],
    [['e'], { before: 'gone' }, 'eabcd'],
    [['gone', 'b', 'b'], 'back', 'acdeb'],
    [['a', 'b', 'c', 'd', 'e'], { before: 'a' }, 'abcde'],
  ] as const)('%j to %j', (jobs, to, expected) => {
    expect(moved(order, jobs, to).join('')).toBe(expected);
  });

  it('loses and doubles nothing, and keeps the order of the others', () => {
    const id = fc.constantFrom(...order, 'x');
    const place = fc.oneof(fc.constantFrom('front' as const, 'back' as const), fc.record({ before: id }));
    fc.assert(
      fc.property(fc.array(id), place, (jobs, to) => {
        const after = moved(order, jobs, to);
        expect([...after].sort()).toEqual(order);
        expect(after.filter((each) => !jobs.includes(each))).toEqual(order.filter((each) => !jobs.includes(each)));
      }),
    );
  });
});

describe('writing a planned order down', () => {
  const PIECE = 200;
  /** Every third job is in the first shot: the plan puts those first, and holds the jobs of a shot for equal. */
  const jobs = Array.from({ length: 450 }, (_, n) => spec(n + 1));
  const shotOf = (id: string): number => Number(id.slice(4)) % 3;
  const planned = (store: MemoryStore): string[] =>
    store
      .waiting()
      .map(({ jobId }) => jobId)
      .sort((a, b) => shotOf(a) - shotOf(b));

  it('in pieces, and wherever it is cut off the plan is the same as before', async () => {
    const store = new MemoryStore();
    store.insert(jobs.map((job) => newRecord(job, 0)));
    const order = planned(store);
    let pieces = 0;
    await freeze(
      {
        lastRank: () => store.lastRank(),
        rank: (ids, from) => {
          expect(ids.length).toBeLessThanOrEqual(PIECE);
          store.rank(ids, from);
          expect(planned(store)).toEqual(order);
          if ((pieces += 1) > 1) return;
          store.insert([newRecord(spec(1000, { name: 'later' }), 0)]);
          order.splice(order.filter((id) => shotOf(id) <= shotOf('job-001000')).length, 0, 'job-001000');
        },
      },
      planned(store),
    );
    expect(pieces).toBe(3);
    const byRank = store.waiting().map(({ jobId }) => jobId);
    expect(byRank).toEqual([...order.filter((id) => id !== 'job-001000'), 'job-001000']);
  });

  it('behind nothing that was submitted after it was made', async () => {
    const store = new MemoryStore();
    store.insert(jobs.map((job) => newRecord(job, 0)));
    const order = planned(store);
    const frozen = freeze(store, order);
    store.insert([newRecord(spec(1000), 0)]);
    await frozen;
    expect(store.waiting().map(({ jobId }) => jobId)).toEqual([...order, 'job-001000']);
  });
});
