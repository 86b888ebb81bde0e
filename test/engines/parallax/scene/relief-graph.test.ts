/** The graph that smooths and reads reliefs, against the same done plainly. */
import { boxBlur } from '../../../../companion-app/engines/parallax/scene/raster/morphology';
import { bilinear } from '../../../../companion-app/engines/parallax/scene/raster/resample';
import { smoothRead } from '../../../../companion-app/engines/parallax/scene/sheets/relief-graph';

test.each([
  [64, 36, 1],
  [33, 57, 4],
  [40, 20, 0],
  [1, 1, 1],
  [3, 2, 4],
])('a map of %p by %p smoothed by %p and read between and beyond its pixels', async (width, height, radius) => {
  const values = Float32Array.from({ length: width * height }, (_, i) => ((i * 7919) % 1000) / 1000);
  const columns = Float32Array.from({ length: 50 }, (_, i) => -3 + (i * (width + 5)) / 49);
  const rows = Float32Array.from({ length: 30 }, (_, i) => -2 + (i * (height + 3)) / 29);
  const plain = boxBlur(values, width, height, radius);
  const read = await smoothRead({ width, height, values }, radius, columns, rows);
  expect(read.length).toBe(1500);
  rows.forEach((row, j) =>
    columns.forEach((column, i) =>
      expect(Math.abs(read[j * 50 + i]! - bilinear(plain, width, height, column, row))).toBeLessThan(2e-5),
    ),
  );
  // Kept warm: asked again, it gives the same bytes.
  expect(await smoothRead({ width, height, values }, radius, columns, rows)).toEqual(read);
});
