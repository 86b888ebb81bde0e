import fc from 'fast-check';
import { fallbacks, standInsFor, type Prospect } from '../../../companion-app/queue/plan/fallback';

const slow = (jobId: string, due: number | null, parts: Partial<Prospect> = {}): Prospect => ({
  ...{ jobId, seconds: 100, standIn: { engine: 'parallax', seconds: 5 }, due },
  ...parts,
});

it('changes nothing that will be there in time, and nothing without a deadline', () => {
  expect(fallbacks([slow('a', 200), slow('b', 200)], 0).size).toBe(0);
  expect(fallbacks([slow('a', null), slow('b', null)], 1e6).size).toBe(0);
});

it('gives the last ones a faster engine, so many that all are there', () => {
  const jobs = ['a', 'b', 'c', 'd'].map((id) => slow(id, 220));
  // a and b take 200; c and d with the stand-in 10 more.
  expect([...fallbacks(jobs, 0).keys()].sort()).toEqual(['c', 'd']);
  expect([...fallbacks(jobs, 100).keys()].sort()).toEqual(['b', 'c', 'd']);
  expect(fallbacks(jobs, 1000).size).toBe(4);
});

it('leaves alone what has no faster engine or is not known', () => {
  const jobs = [slow('a', 50, { standIn: null }), slow('b', 50, { seconds: null }), slow('c', 50)];
  expect([...fallbacks(jobs, 0)]).toEqual([['c', 'parallax']]);
});

it('keeps every deadline that stand-ins can keep, and touches nobody whose change would help none', () => {
  const job = fc.record({ seconds: fc.integer({ min: 1, max: 100 }), faster: fc.integer({ min: 1, max: 100 }) });
  fc.assert(
    fc.property(fc.array(job, { maxLength: 12 }), fc.integer({ min: 0, max: 600 }), (jobs, due) => {
      const prospects = jobs.map(({ seconds, faster }, n) =>
        slow(String(n), due, { seconds, standIn: faster < seconds ? { engine: 'parallax', seconds: faster } : null }),
      );
      const chosen = fallbacks(prospects, 0);
      const total = (choose: (prospect: Prospect) => boolean): number =>
        prospects.reduce((sum, each) => sum + (choose(each) ? each.standIn!.seconds : each.seconds!), 0);
      const fastest = total((each) => each.standIn !== null);
      if (fastest <= due) expect(total((each) => chosen.has(each.jobId))).toBeLessThanOrEqual(due);
      if (total(() => false) <= due) expect(chosen.size).toBe(0);
    }),
  );
});

it('knows which engines can stand in', () => {
  expect(standInsFor({ engine: 'diffusion', boards: 1 })).toEqual(['parallax']);
  expect(standInsFor({ engine: 'diffusion', boards: 3 })).toEqual(['inbetween', 'parallax']);
  expect(standInsFor({ engine: 'auto', boards: 3 })).toEqual(['parallax']);
  expect(standInsFor({ engine: 'auto', boards: 1 })).toEqual([]);
  expect(standInsFor({ engine: 'parallax', boards: 1 })).toEqual([]);
});
