import fc from 'fast-check';
import { boardRest, colourLock } from '../../../../companion-app/engines/diffusion/shot/colour-lock';
import { frameToBoard, masked, motionMask } from '../../../../companion-app/engines/diffusion/shot/regions';
import type { MotionRegion } from '../../../../shared/shot';

const [width, height] = [64, 32];
const picture = (value: (i: number) => number) => ({
  width,
  height,
  rgb: Uint8Array.from({ length: width * height * 3 }, (_, i) => value(i)),
});
const ramp = picture((i) => 60 + ((i * 7) % 120));

test('a frame that only drifted in brightness or contrast comes back to the board', () => {
  const gains = fc.double({ min: 0.85, max: 1.2, noNaN: true });
  const offsets = fc.integer({ min: -30, max: 20 });
  fc.assert(
    fc.property(gains, offsets, (gain, offset) => {
      const drifted = { ...ramp, rgb: ramp.rgb.map((x) => Math.round(x * gain + offset)) };
      const { picture: locked, drift } = colourLock([{ at: 0, picture: ramp }])(drifted, 0);
      const apart = locked.rgb.reduce((most, x, i) => Math.max(most, Math.abs(x - (ramp.rgb[i] ?? 0))), 0);
      expect(apart).toBeLessThanOrEqual(3);
      expect(drift).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 20 },
  );
});

test('the board’s detail is whole at weight 1 and gone at 0', () => {
  const soft = picture(() => 120);
  const give = boardRest(ramp, soft);
  expect(give(soft, 1).rgb).toEqual(ramp.rgb);
  expect(give(soft, 0).rgb).toEqual(soft.rgb);
});

const region = (outline: MotionRegion['outline'], path: MotionRegion['path']): MotionRegion => ({
  id: 'r',
  name: 'boat',
  outline,
  path,
  from: 0,
  to: 10,
  ease: 'linear',
});
const leftHalf = [
  { x: 0, y: 0 },
  { x: 0.25, y: 0 },
  { x: 0.25, y: 1 },
  { x: 0, y: 1 },
];

test('motion shows where a region was drawn and goes, and nowhere else', () => {
  const toBoard = frameToBoard({ width, height }, { width, height }, 'fill');
  const still = [{ x: 0, y: 0 }];
  const goes = [...still, { x: 0.25, y: 0 }];
  const at = (path: MotionRegion['path'], x: number) => {
    const mask = motionMask([region(leftHalf, path)], { width, height }, toBoard);
    const shown = masked(
      picture(() => 0),
      picture(() => 200),
      mask,
    );
    return shown.rgb[(16 * width + x) * 3];
  };
  expect(at(still, 3)).toBe(200);
  expect(at(still, 28)).toBe(0);
  expect(at(goes, 26)).toBe(200);
  expect(at(goes, 60)).toBe(0);
});

test('without regions everything may move', () => {
  const mask = motionMask([], { width, height }, (point) => point);
  expect(mask).toBeUndefined();
  expect(
    masked(
      ramp,
      picture(() => 9),
      mask,
    ).rgb[0],
  ).toBe(9);
});

test('a board wider than the frame is cut at its sides, one set between bars is not', () => {
  const wide = { width: 200, height: 50 };
  const frame = { width: 100, height: 50 };
  expect(frameToBoard(frame, wide, 'fill')({ x: 0, y: 0.5 }).x).toBeCloseTo(0.25);
  expect(frameToBoard(frame, wide, 'letterbox')({ x: 0, y: 0 })).toMatchObject({ x: 0, y: -0.5 });
});
