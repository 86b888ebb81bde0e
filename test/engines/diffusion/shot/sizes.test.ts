import fc from 'fast-check';
import { framesNeeded, modelSize, placeOf, windowsFor } from '../../../../companion-app/engines/diffusion/shot/sizes';
import { RATES } from '../../../../shared/shot';

const rate = fc.constantFrom(...Object.values(RATES));
const natures = fc.constantFrom(
  { frames: 14, every: 1, plus: 0 },
  { frames: 97, every: 8, plus: 1 },
  { frames: 121, every: 4, plus: 1 },
);

test('places rise evenly and never go beyond the frames that are made', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), rate, fc.integer({ min: 1, max: 60 }), (frames, fps, native) => {
      const needed = framesNeeded(frames, fps, native);
      for (const index of [0, frames >> 1, frames - 1]) {
        const { whole, part } = placeOf(index, fps, native);
        expect(whole + part).toBeCloseTo((index * fps.den * native) / fps.num, 9);
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThan(1);
        expect(whole + (part > 0 ? 1 : 0)).toBeLessThan(needed);
      }
    }),
  );
});

test('windows are of lengths the model makes, and chained on one frame they give enough', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 3000 }), natures, (needed, nature) => {
      const windows = windowsFor(needed, nature);
      const made = windows.reduce((sum, length, i) => sum + length - (i === 0 ? 0 : 1), 0);
      expect(made).toBeGreaterThanOrEqual(needed);
      expect(made - needed).toBeLessThan(nature.frames);
      for (const length of windows) {
        expect(length).toBeLessThanOrEqual(nature.frames);
        if (nature.every === 1) expect(length).toBe(nature.frames);
        else expect(length % nature.every).toBe(nature.plus);
      }
    }),
  );
});

test('the model works in its own multiples, near the frame’s shape, within its liking', () => {
  const side = fc.integer({ min: 128, max: 4096 });
  fc.assert(
    fc.property(side, side, fc.constantFrom(8, 16, 32, 64), (width, height, multiple) => {
      const pixels = 1024 * 576;
      const size = modelSize({ width, height }, { multiple, pixels });
      expect([size.width % multiple, size.height % multiple]).toEqual([0, 0]);
      expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
      const most = Math.min(pixels, width * height);
      expect(size.width * size.height).toBeLessThan(
        (Math.sqrt(most) + multiple) ** 2 * (1 + (2 * Math.max(width, height)) / Math.min(width, height)),
      );
    }),
  );
  expect(modelSize({ width: 1920, height: 1080 }, { multiple: 64, pixels: 1024 * 576 })).toEqual({
    width: 1024,
    height: 576,
  });
});
