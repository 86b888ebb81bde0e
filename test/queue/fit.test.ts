import fc from 'fast-check';
import { fitWeights, valueAt } from '../../companion-app/queue/fit';

const xs = [
  [10, 1, 2],
  [40, 1, 4],
  [5, 1, 2],
  [80, 1, 8],
  [22, 1, 1],
  [61, 1, 6],
  [33, 1, 3],
  [12, 1, 7],
];
const weight = fc.double({ min: 0, max: 5, noNaN: true });

it('finds the weights that made the numbers', () => {
  fc.assert(
    fc.property(fc.tuple(weight, weight, weight), (made) => {
      fc.pre(valueAt(made, [1, 1, 1]) > 0.01);
      const samples = xs.map((x) => ({ x, y: valueAt(made, x), weight: 1 }));
      const found = fitWeights(samples, 3);
      for (const { x, y } of samples) expect(valueAt(found, x) / Math.max(y, 1e-9)).toBeCloseTo(1, 3);
    }),
  );
});

it('is not led astray by one run that went wrong', () => {
  const samples = xs.map((x, n) => ({ x, y: valueAt([0.5, 3, 0.2], x) * (n === 3 ? 6 : 1), weight: 1 }));
  const found = fitWeights(samples, 3);
  for (const [n, { x, y }] of samples.entries())
    if (n !== 3) expect(Math.abs(valueAt(found, x) / y - 1)).toBeLessThan(0.1);
});

it('never gives a negative weight or nonsense', () => {
  const sample = fc.record({
    x: fc.tuple(fc.nat(1000), fc.constant(1), fc.nat(30)),
    y: fc.double({ min: 0, max: 1e6, noNaN: true }),
    weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (samples, features) => {
      for (const each of fitWeights(samples, features)) {
        expect(Number.isFinite(each)).toBe(true);
        expect(each).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
