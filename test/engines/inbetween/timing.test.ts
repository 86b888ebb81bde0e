/** When boards are held and when they move. */
import fc from 'fast-check';
import { easeInOut, momentsOf } from '../../../companion-app/engines/inbetween/timing';

const RATE = { num: 24, den: 1 };

test('a pose is held, then moves into the next over half a second at most', () => {
  const moments = momentsOf([{ at: 0 }, { at: 48 }], 50, RATE, false);
  expect(moments.slice(0, 37).every(({ key, part }) => key === 0 && part === 0)).toBe(true);
  expect(moments[37]!.part).toBeGreaterThan(0);
  expect(moments[42]).toEqual({ key: 0, part: 0.5 });
  expect(moments[48]).toEqual({ key: 1, part: 0 });
});

test('boards close together move over three fifths of the time between them', () => {
  const moments = momentsOf([{ at: 0 }, { at: 10 }], 12, RATE, false);
  expect(moments.map(({ part }) => (part > 0 ? 'moves' : 'holds')).join(' ')).toBe(
    'holds holds holds holds holds moves moves moves moves moves holds holds',
  );
});

test('keys are exact and parts grow, whatever the boards, the rate and the twos', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 5 }),
      fc.constantFrom(RATE, { num: 30000, den: 1001 }, { num: 12, den: 1 }),
      fc.boolean(),
      (at, rate, onTwos) => {
        const keys = [0, ...at.sort((a, b) => a - b)].map((frame) => ({ at: frame }));
        const moments = momentsOf(keys, 130, rate, onTwos);
        keys.forEach((key, i) => expect(moments[key.at]).toEqual({ key: i, part: 0 }));
        for (let f = 1; f < moments.length; f++) {
          const [before, now] = [moments[f - 1]!, moments[f]!];
          expect(now.part).toBeLessThan(1);
          if (now.key === before.key) expect(now.part).toBeGreaterThanOrEqual(before.part);
        }
      },
    ),
  );
});

test('moves start and end with no speed', () => {
  expect(easeInOut(0)).toBe(0);
  expect(easeInOut(1)).toBe(1);
  expect(easeInOut(0.01)).toBeLessThan(0.001);
  expect(easeInOut(0.5)).toBeCloseTo(0.5);
});
