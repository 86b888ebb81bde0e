/** Long straight strokes (a horizon, the foot of a wall) drawn on behind the figures that interrupt them. */
import type { Layout } from '../layout';
import type { Line } from '../relief/lines';
import type { Relief } from '../relief/relief';
import type { Canvas } from './canvas';

/**
 * Draws the strokes through the `hole` of the plate: each hidden point takes, over the stroke's width, what is seen as far
 * on the other side of the hole's near edge along the stroke, where that is darker. Changes `plate` (RGBA) in place.
 */
export function continueLines(
  plate: Uint8Array,
  hole: Uint8Array,
  canvas: Canvas,
  lines: readonly Line[],
  relief: Relief,
  layout: Layout,
): void {
  const sx = layout.boardWidth / relief.width;
  const sy = layout.boardHeight / relief.height;
  const half = Math.ceil(2.5 * Math.max(1, sx));
  for (const line of lines) {
    const x0 = layout.boardX + (line.x0 + 0.5) * sx;
    const y0 = layout.boardY + (line.y0 + 0.5) * sy;
    const length = Math.hypot((line.x1 - line.x0) * sx, (line.y1 - line.y0) * sy);
    if (length < 1) continue;
    const dx = ((line.x1 - line.x0) * sx) / length;
    const dy = ((line.y1 - line.y0) * sy) / length;
    const spot = (t: number, k: number): number => {
      const x = Math.floor(x0 + t * dx - k * dy);
      const y = Math.floor(y0 + t * dy + k * dx);
      return x < 0 || y < 0 || x >= canvas.width || y >= canvas.height ? -1 : y * canvas.width + x;
    };
    const hidden = (t: number): boolean => {
      const at = spot(t, 0);
      return at < 0 || hole[at] === 1;
    };
    for (let start = 0; start < length; start++) {
      if (!hidden(start)) continue;
      let end = start;
      while (end < length && hidden(end)) end++;
      if (start > 0 || end < length) bridge(start, end);
      start = end;
    }

    function bridge(start: number, end: number): void {
      for (let t = start; t < end; t++) {
        const before = start > 0 && (end >= length || t - start <= end - 1 - t);
        const edge = before ? start - 1 : end;
        const mirrored = 2 * edge - t;
        const from = mirrored >= 0 && mirrored < length && !hidden(mirrored) ? mirrored : edge;
        for (let k = -half; k <= half; k += 0.5) copyDarker(spot(t, k), spot(from, k));
      }
    }
  }

  function copyDarker(to: number, from: number): void {
    if (to < 0 || from < 0 || hole[to] !== 1 || hole[from] === 1) return;
    const seen = canvas.rgb[3 * from]! + canvas.rgb[3 * from + 1]! + canvas.rgb[3 * from + 2]!;
    const there = plate[4 * to]! + plate[4 * to + 1]! + plate[4 * to + 2]!;
    if (seen >= there) return;
    for (let c = 0; c < 3; c++) plate[4 * to + c] = canvas.rgb[3 * from + c]!;
  }
}
