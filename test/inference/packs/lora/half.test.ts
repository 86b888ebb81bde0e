import fc from 'fast-check';
import { fromBrain, fromHalf, toHalf } from '../../../../companion-app/inference/packs/lora/half';

test('every half survives the way to 32 bits and back', () => {
  for (let half = 0; half < 0x10000; half++) {
    const value = fromHalf(half);
    if (Number.isNaN(value)) continue;
    if (toHalf(value) !== half) throw new Error(`${half} came back as ${toHalf(value)}`);
  }
  expect(fromHalf(0x3c00)).toBe(1);
  expect(fromHalf(0x0001)).toBe(2 ** -24);
});

test('the nearest half is taken', () => {
  fc.assert(
    fc.property(fc.double({ min: -65000, max: 65000, noNaN: true }), (x) => {
      const value = Math.fround(x);
      const half = toHalf(value);
      const error = Math.abs(fromHalf(half) - value);
      const size = half & 0x7fff;
      for (const next of [size - 1, size + 1]) {
        if (next < 0 || next > 0x7bff) continue;
        expect(Math.abs(fromHalf((half & 0x8000) | next) - value)).toBeGreaterThanOrEqual(error);
      }
    }),
  );
  expect(toHalf(1e6)).toBe(0x7c00);
  expect(fromHalf(toHalf(NaN))).toBeNaN();
});

test('bfloat16 is the upper half of a float', () => {
  expect(fromBrain(0x3f80)).toBe(1);
  expect(fromBrain(0xc000)).toBe(-2);
});
