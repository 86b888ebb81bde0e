/** Estimates in words: whatever the companion answers, in every language, with and without what a runtime has to format numbers. */
import * as fc from 'fast-check';
import { shotsAlike, type ShotToMake } from '../../shared/protocol';
import {
  differenceParts,
  durationText,
  estimateWords,
  LANGUAGES,
  moneyText,
  momentText,
  say,
  sayDifference,
  sayEstimate,
  signedText,
  type Entry,
  type EstimateToSay,
  type Language,
  type Values,
} from '../../shared/words';

const noon = Date.UTC(2026, 2, 10, 12);
const telling = (language: Language) => ({
  ...{ language, now: noon },
  t: (entry: Entry, values?: Values) => say(language, entry, values),
});
const amount = fc.double({ min: 0, max: 1e7, noNaN: true });
const spread = fc.tuple(amount, amount, amount).map((each) => {
  const [low, likely, high] = each.sort((a, b) => a - b);
  return { low, likely, high };
});
const moments = spread.map(({ low, likely, high }) => ({ low: noon + low, likely: noon + likely, high: noon + high }));
const told: fc.Arbitrary<EstimateToSay> = fc.record({
  ...{ jobs: fc.nat(500), unknown: fc.nat(500), seconds: fc.option(spread), wattHours: fc.option(spread) },
  ...{ currency: fc.constantFrom('EUR', 'USD', 'JPY', 'XTS'), money: fc.option(spread), assumed: fc.boolean() },
  ...{ footage: fc.record({ seconds: amount }), perSecond: fc.option(spread, { nil: null }) },
  cloud: fc.array(
    fc.record({
      ...{ service: fc.string(), currency: fc.constantFrom('USD', 'CNY'), date: fc.constant('2025-09') },
      ...{ perSecond: amount, total: amount },
    }),
  ),
  finish: fc.record({
    at: fc.option(moments),
    window: fc.option(fc.record({ from: fc.constant('22:00'), to: fc.constant('06:00'), ends: fc.constant(noon) })),
    deadline: fc.option(fc.constant(noon)),
    holds: fc.array(fc.constant({})),
  }),
});

test('whatever is told is said, without a hole or a number that is none', () => {
  fc.assert(
    fc.property(fc.constantFrom(...LANGUAGES), told, (language, estimate) => {
      const said = sayEstimate(estimate, telling(language));
      const all = JSON.stringify([said.line, said.facts, said.remarks, said.cloud.map(({ price }) => price)]);
      expect(all).not.toMatch(/undefined|null|NaN|Infinity|[{}]\w+[{}]/);
      expect(said.facts.length).toBeGreaterThanOrEqual(3);
    }),
    { numRuns: 200 },
  );
});

test('an answer of an older companion has length, time and money; a hold is not promised a time', () => {
  const seconds = { low: 300, likely: 360, high: 540 };
  const old = { jobs: 3, unknown: 0, seconds, wattHours: null, currency: 'EUR', money: seconds, assumed: true };
  expect(sayEstimate(old, telling('en'), 12.44).line).toBe('12.4 s · about 6 min (5 min–9 min) · about €360.00');
  const finish = { at: { low: noon, likely: noon, high: noon }, window: null, deadline: noon - 1 };
  const free = sayEstimate({ ...old, finish: { ...finish, holds: [] } }, telling('en'));
  const held = sayEstimate({ ...old, finish: { ...finish, holds: [{}] } }, telling('en'));
  expect([free.late, free.line.includes('done about'), held.line.includes('done about')]).toEqual([true, true, false]);
  expect(JSON.stringify(held.facts)).toContain('if begun now');
  const none = sayEstimate({ ...old, unknown: 3, seconds: null, money: null }, telling('en'), 0.04);
  expect(none.line).toBe('0.04 s · not measured yet on this machine');
});

test('parts of a difference are said with their sign, those lost in rounding not at all', () => {
  const because = { moreAttempts: 0.5, longerOrShorter: -0.2, power: 0.0001 };
  const said = sayDifference({ takes: 2, expected: 1, actual: 1.3, because }, 'EUR', telling('en'));
  expect(said.why).toBe(
    'Because of: +€0.50 further attempts (failed, lost, retried); −€0.20 longer or shorter work than expected',
  );
});

test('where nothing costs anything there is no difference, and nothing has no sign', () => {
  const because = { moreAttempts: 0, longerOrShorter: 0, power: 0 };
  const free = { takes: 2, expected: 0, actual: 0, because };
  expect(sayDifference(free, 'EUR', telling('en')).why).toBeNull();
  const { reasons, whole } = differenceParts(free);
  const amounts = [...reasons.map(({ amount: part }) => part), whole];
  expect(amounts.map((part) => signedText(part, String))).toEqual(['0', '0', '0', '0']);
});

test('a runtime without Intl gets plain amounts', () => {
  const intl = Intl;
  Reflect.deleteProperty(globalThis, 'Intl');
  try {
    expect([moneyText('de', 'EUR', 12.5), moneyText('ja', 'JPY', 0.00345)]).toEqual(['12.50 EUR', '0.0034 JPY']);
    expect([durationText('fr', 44.6), durationText('fr', 7_260)]).toEqual(['45 s', '2 h 1 min']);
    expect(momentText('es', noon + 3 * 86_400_000, noon)).toMatch(/^\d\d\.\d\d\. \d\d:\d\d$/);
  } finally {
    globalThis.Intl = intl;
  }
  expect(Object.keys(estimateWords).length).toBeGreaterThan(0);
});

test('equal shots are told once, none is lost, one that no companion would make is left out', () => {
  const shot: fc.Arbitrary<ShotToMake> = fc.record({
    engine: fc.constantFrom('auto', 'parallax', 'diffusion'),
    size: fc.constantFrom({ width: 1920, height: 1080 }, { width: 640, height: 360 }),
    rate: fc.constant({ num: 24000, den: 1001 }),
    ...{ frames: fc.integer({ min: 1, max: 30 }), boards: fc.integer({ min: 1, max: 3 }) },
  });
  fc.assert(
    fc.property(fc.array(shot, { maxLength: 60 }), (shots) => {
      const alike = shotsAlike([...shots, { ...shots[0], ...odd }]);
      expect(alike.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(shots.length);
      const seconds = alike.reduce((sum, each) => sum + (each.seconds ?? 0) * (each.count ?? 1), 0);
      expect(seconds).toBeCloseTo(
        shots.reduce((sum, { frames }) => sum + (frames * 1001) / 24000, 0),
        6,
      );
    }),
  );
});

const odd: ShotToMake = {
  ...{ engine: 'auto', size: { width: 1, height: 1 }, rate: { num: 24, den: 1 }, frames: 0, boards: 0 },
};
