/** The ledger's sum is that of its rows, however the facts come; and the number flatters nobody. */
import fc from 'fast-check';
import { ENERGY_SOURCES, type About, type Fact } from '../../../shared/protocol';
import { batchCost, CLOUD_PRICES, costReport, ledgerOf, sceneOf, standings } from '../../../companion-app/review/cost';

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const about = (shot: string, more: Partial<About> = {}): About => ({
  ...{ sequenceId: 's', sequence: 'Sequence 1', shot, engine: 'parallax', quality: 'full', take: 1 },
  ...{ frames: 48, rate: { num: 24, den: 1 }, ...more },
});
const prices = (more: Partial<Extract<Fact, { kind: 'prices' }>> = {}): Fact => ({
  ...{ kind: 'prices', at: 0, assumed: false, currency: 'EUR' },
  ...{ pricePerKWh: 0.4, machinePerHour: 0.5, reviewPerHour: 36, ...more },
});
const spent = (jobId: string, more: Partial<Extract<Fact, { kind: 'spent' }>> = {}): Fact => ({
  ...{ kind: 'spent', at: 1000, jobId, about: about(jobId), attempt: 1, seconds: 3600, device: 'cpu' },
  energy: [{ source: 'rapl', wattHours: 100 }],
  ...more,
});
const verdict = (jobId: string, said: 'approved' | 'rejected' | 'none', reason?: string, at = 2000): Fact => ({
  ...{ kind: 'verdict', at, jobId, about: about(jobId), verdict: said, by: 'page' },
  ...(reason === undefined ? {} : { reason }),
});
const report = (facts: readonly Fact[], since?: number) => costReport(facts, { since, dayOf, cloud: CLOUD_PRICES });

const job = fc.constantFrom('job-aaaa', 'job-bbbb', 'job-cccc');
const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc
    .record({
      jobId: job,
      at: fc.nat(1e9),
      seconds: fc.double({ min: 0, max: 1e5, noNaN: true }),
      energy: fc.array(
        fc.record({
          source: fc.constantFrom(...ENERGY_SOURCES),
          wattHours: fc.double({ min: 0, max: 1e4, noNaN: true }),
        }),
        { maxLength: 3 },
      ),
      ended: fc.constantFrom('rendered', 'failed', 'lost', 'cancelled'),
    })
    .map(({ jobId, ...more }) => spent(jobId, { ...more, ended: more.ended as 'rendered' })),
  fc
    .record({
      jobId: job,
      said: fc.constantFrom('approved', 'rejected', 'none'),
      reason: fc.constantFrom('dull', 'wrong'),
    })
    .map((v) => verdict(v.jobId, v.said as 'none', v.reason)),
  fc
    .record({ jobId: job, at: fc.nat(1e9), seconds: fc.double({ min: 0, max: 1e5, noNaN: true }) })
    .map((r): Fact => ({ kind: 'review', about: about(r.jobId), ...r })),
  fc
    .array(fc.record({ jobId: job, frames: fc.nat(48) }), { maxLength: 4 })
    .map((takes): Fact => ({ kind: 'cut', at: 3000, sequenceId: 's', takes })),
  fc
    .record({
      currency: fc.constantFrom('EUR', 'USD'),
      assumed: fc.boolean(),
      pricePerKWh: fc.double({ min: 0, max: 2, noNaN: true }),
    })
    .map(prices),
);

test('the sum is that of the rows: whole, by part, by each grouping and by day', () => {
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 40 }), (facts) => {
      const { rows } = ledgerOf(facts);
      const micros = (money: number): number => Math.round(money * 1e6);
      const total = rows.reduce((sum, row) => sum + row.micros, 0);
      const { all, by, days } = report(facts);
      expect(micros(all.total)).toBe(total);
      expect(micros(all.energy) + micros(all.machine) + micros(all.review)).toBe(total);
      for (const groups of [by.shot, by.scene, by.engine, by.pack])
        expect(groups.reduce((sum, each) => sum + micros(each.total), 0)).toBe(total);
      expect(days.reduce((sum, each) => sum + micros(each.total), 0)).toBe(total);
      expect(by.shot.reduce((sum, each) => sum + each.usableSeconds, 0)).toBeCloseTo(all.usableSeconds, 9);
    }),
    { numRuns: 150 },
  );
});

test('more work never makes a usable second cheaper', () => {
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 20 }), (facts) => {
      const start = [prices(), ...facts.filter(({ kind }) => kind !== 'prices')];
      const [before, after] = [report(start).all, report([...start, spent('job-aaaa', { ended: 'failed' })]).all];
      expect(after.total).toBeGreaterThan(before.total);
      if (before.perUsableSecond !== null) expect(after.perUsableSecond!).toBeGreaterThan(before.perUsableSecond);
    }),
  );
});

test('rejected and failed work is in the numerator, and only approved seconds in the cut below it', () => {
  const facts = [
    prices(),
    spent('job-aaaa', { ended: 'failed' }),
    spent('job-aaaa', { attempt: 2, ended: 'rendered' }),
    spent('job-bbbb', { ended: 'rendered' }),
    verdict('job-aaaa', 'approved'),
    verdict('job-bbbb', 'rejected', 'too fast'),
    { kind: 'review', at: 5, jobId: 'job-aaaa', about: about('job-aaaa'), seconds: 100 } as const,
  ];
  expect(report(facts).all).toMatchObject({ perUsableSecond: null, takes: 2, failedAttempts: 1 });
  const cut: Fact = {
    kind: 'cut',
    at: 9,
    sequenceId: 's',
    takes: [
      { jobId: 'job-aaaa', frames: 24 },
      { jobId: 'job-bbbb', frames: 48 },
    ],
  };
  // Three hours of machine and 300 Wh, 100 s of looking: 1.5 + 0.12 + 1 over one second.
  const { all, by } = report([...facts, cut]);
  expect(all).toMatchObject({
    total: 2.62,
    energy: 0.12,
    machine: 1.5,
    review: 1,
    usableSeconds: 1,
    perUsableSecond: 2.62,
    rejected: 1,
  });
  expect(by.reason).toMatchObject([{ name: 'too fast', total: 0.54, usableSeconds: 0 }]);
  const gone: Fact = { ...cut, at: 10, takes: [] };
  expect(report([...facts, cut, gone]).all.perUsableSecond).toBeNull();
  const twice: Fact = {
    ...cut,
    takes: [
      { jobId: 'job-aaaa', frames: 24 },
      { jobId: 'job-aaaa', frames: 12 },
    ],
  };
  expect(standings([...facts, twice])[0]).toMatchObject({ cutFrames: 36, usableSeconds: 1.5 });
});

test("prices hold from when they were set; defaults give way to the first real ones; another currency to today's", () => {
  const at = (...more: Fact[]) => report(more);
  expect(
    at(prices({ machinePerHour: 1 }), spent('job-aaaa', { energy: [] }), prices({ machinePerHour: 9 })).all.total,
  ).toBe(1);
  expect(
    at(prices({ machinePerHour: 1, assumed: true }), spent('job-aaaa', { energy: [] }), prices({ machinePerHour: 9 }))
      .all.total,
  ).toBe(9);
  const changed = at(
    prices({ machinePerHour: 1 }),
    spent('job-aaaa', { energy: [] }),
    prices({ machinePerHour: 2, currency: 'USD' }),
  );
  expect([changed.currency, changed.all.total, changed.notes[0]]).toEqual([
    'USD',
    2,
    'Entries from before the currency changed (1) are valued at the first prices set in the new one.',
  ]);
});

test('a price or currency that changes in the middle of a month leaves what was valued before as it was', () => {
  const machine = fc.double({ min: 0.01, max: 9, noNaN: true });
  const later = fc
    .record({ machinePerHour: machine, pricePerKWh: machine })
    .map((more) => prices({ ...more, currency: 'USD' }));
  fc.assert(
    fc.property(
      fc.array(anyFact, { maxLength: 20 }),
      later,
      fc.array(later, { maxLength: 3 }),
      (facts, change, more) => {
        const before = [...facts, change];
        const then = ledgerOf([...before, spent('job-aaaa'), ...more, spent('job-bbbb')]).rows;
        const rows = ledgerOf(before).rows;
        expect(then.slice(0, rows.length)).toEqual(rows);
      },
    ),
  );
});

test('a shot that leaves the cut and comes back counts as it does; in a copy of its sequence it counts once', () => {
  const look = (sequenceId: string, ...frames: number[]): Fact => ({
    ...{ kind: 'cut', at: 9, sequenceId },
    takes: frames.map((n) => ({ jobId: 'job-aaaa', frames: n })),
  });
  const start = [prices(), spent('job-aaaa', { ended: 'rendered' }), verdict('job-aaaa', 'approved')];
  const usable = (...looks: Fact[]): number => report([...start, ...looks]).all.usableSeconds;
  expect([
    usable(look('s', 48)),
    usable(look('s', 48), look('s')),
    usable(look('s', 48), look('s'), look('s', 24)),
  ]).toEqual([...[2, 0, 1]]);
  expect(usable(look('s', 48), look('copy', 12))).toBe(0.5);
  expect(usable(look('s', 48), look('copy', 12), look('copy'))).toBe(0);
  expect(usable(look('s', 48), look('other'))).toBe(2);
});

test('a day on which takes were only approved, or only came into the cut, is in the trend', () => {
  const day = 86_400_000;
  const facts: Fact[] = [
    ...[prices(), spent('job-aaaa', { ended: 'rendered', seconds: 7200, energy: [] })],
    verdict('job-aaaa', 'approved', undefined, 2 * day),
    { kind: 'cut', at: 3 * day, sequenceId: 's', takes: [{ jobId: 'job-aaaa', frames: 48 }] },
    // The clock was set back: the fact counts, on the day it tells of.
    spent('job-bbbb', { ended: 'failed', seconds: 7200, energy: [], at: day }),
  ];
  expect(report(facts).days.map(({ day: name, total, perUsableSecond }) => [name, total, perUsableSecond])).toEqual([
    ['1970-01-01', 1, null],
    ['1970-01-02', 1, null],
    ['1970-01-03', 0, null],
    ['1970-01-04', 0, 1],
  ]);
});

test('what was estimated and what it came to, and why: the reasons add up', () => {
  const estimate: Fact = {
    kind: 'estimate',
    at: 1,
    jobId: 'job-aaaa',
    about: about('job-aaaa'),
    seconds: { low: 900, likely: 1800, high: 3600 },
    wattHours: 50,
  };
  const { estimates } = report([
    prices(),
    estimate,
    spent('job-aaaa', { ended: 'lost', seconds: 600, energy: [{ source: 'rated', wattHours: 20 }] }),
    spent('job-aaaa', { attempt: 2, ended: 'rendered', seconds: 3600, energy: [{ source: 'rated', wattHours: 200 }] }),
  ]);
  expect(estimates).toMatchObject({ takes: 1, expected: 0.27 });
  const { moreAttempts, longerOrShorter, power } = estimates.because;
  expect(moreAttempts + longerOrShorter + power).toBeCloseTo(estimates.actual - estimates.expected, 9);
  expect([moreAttempts, longerOrShorter, power].every((part) => part > 0)).toBe(true);
});

test('what failed for good had an estimate too: all of it is a further attempt', () => {
  const estimate: Fact = {
    ...{ kind: 'estimate', at: 1, jobId: 'job-aaaa', about: about('job-aaaa') },
    ...{ seconds: { low: 900, likely: 1800, high: 3600 }, wattHours: 50 },
  };
  const tries = [1, 2, 3].map((attempt) => spent('job-aaaa', { attempt, ended: 'failed', energy: [] }));
  const { estimates } = report([prices(), estimate, ...tries]);
  expect(estimates).toMatchObject({ takes: 1, expected: 0.27, actual: 1.5 });
  expect(estimates.because).toEqual({ moreAttempts: 1.5, longerOrShorter: -0.27, power: 0 });
  expect(report([prices(), estimate, ...tries, spent('job-aaaa', { attempt: 4 })]).estimates.takes).toBe(0);
});

test('since a day: its rows, and the takes they speak of', () => {
  const facts = [prices(), spent('job-aaaa', { at: 10 }), spent('job-bbbb', { at: 1e8 })];
  expect(report(facts, 1e7).by.shot.map(({ name }) => name)).toEqual(['Sequence 1 / job-bbbb']);
  expect(report(facts).days.map(({ day }) => day)).toEqual(['1970-01-01', '1970-01-02']);
});

test.each([
  ['SC02_SH010', 'SC02'],
  ['ep1-seq03-020', 'SEQ03'],
  ['Scene 4 shot 2', 'SCENE 4'],
  ['SH010', 'Sequence 1'],
  ['DISC2', 'Sequence 1'],
])('the scene of %s is %s', (shot, scene) => {
  expect(sceneOf({ shot, sequence: 'Sequence 1' })).toBe(scene);
});

test('a batch’s estimate is its seconds times power and machine; shots never measured are counted apart', () => {
  const range = fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 1, max: 3, noNaN: true }));
  const prices = {
    kind: 'prices',
    at: 0,
    assumed: false,
    currency: 'USD',
    pricePerKWh: 0.3,
    machinePerHour: 0.5,
    reviewPerHour: 40,
  } as const;
  fc.assert(
    fc.property(range, fc.double({ min: 0, max: 2000, noNaN: true }), ([likely, spread], watts) => {
      const seconds = { low: likely / spread, likely, high: likely * spread };
      const told = batchCost({ jobs: 5, unknown: 2, seconds }, prices, watts);
      expect(told).toMatchObject({ jobs: 5, unknown: 2, currency: 'USD', assumed: false, seconds });
      for (const at of ['low', 'likely', 'high'] as const) {
        expect(told.wattHours?.[at]).toBeCloseTo((seconds[at] / 3600) * watts, 6);
        expect(told.money?.[at]).toBeCloseTo(
          (seconds[at] / 3600) * 0.5 + ((told.wattHours?.[at] ?? 0) / 1000) * 0.3,
          6,
        );
      }
    }),
  );
  expect(batchCost({ jobs: 2, unknown: 2, seconds: null }, prices, 100)).toMatchObject({
    money: null,
    wattHours: null,
  });
});
