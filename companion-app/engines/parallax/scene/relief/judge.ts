/** Telling things from the stage they stand on: floors and hills, walls and facades, panels, skies and open paper are stage. */
import type { Stage } from './ground';
import type { RegionFacts } from './regions';
import type { Study } from './study';

/** A shoulder is steeper than a floor's far edge or a ridge: rows a column. */
const STEEPEST_GROUND = 0.3;

/** The upper or lower boundary of a region, column by column from f.x0 to f.x1; −1 where the region is not. */
function boundary(cells: Int32Array, region: number, f: RegionFacts, width: number, upper: boolean): Float32Array {
  const out = new Float32Array(f.x1 - f.x0 + 1).fill(-1);
  for (let y = f.y0; y <= f.y1; y++) {
    for (let x = f.x0; x <= f.x1; x++) {
      if (cells[y * width + x] === region && (!upper || out[x - f.x0]! < 0)) out[x - f.x0] = y;
    }
  }
  return out;
}

/**
 * Part of a boundary that lies within `slack` pixels of its best straight line, outliers (a leg standing there) left out
 * of the fit; 0 where that line is too steep for ground.
 */
function evenness(rows: Float32Array, slack: number): number {
  let slope = 0;
  let start = 0;
  let on = 0;
  let n = 0;
  for (let round = 0; round < 4; round++) {
    const reach = round === 0 ? Infinity : slack * (4 - round);
    let [m, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
    n = 0;
    on = 0;
    for (let x = 0; x < rows.length; x++) {
      const y = rows[x]!;
      if (y < 0) continue;
      n++;
      const off = Math.abs(y - start - slope * x);
      if (off <= slack) on++;
      if (off > reach) continue;
      m++;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
    if (m < 2) break;
    slope = (m * sxy - sx * sy) / Math.max(1, m * sxx - sx * sx);
    start = (sy - slope * sx) / m;
  }
  return n === 0 || Math.abs(slope) > STEEPEST_GROUND ? 0 : on / n;
}

/** Part of the region's lower boundary that lies on the foot of the wall. */
function onBase(rows: Float32Array, f: RegionFacts, stage: Stage, s: Study): number {
  let on = 0;
  let n = 0;
  rows.forEach((y, i) => {
    if (y < 0) return;
    n++;
    if (Math.abs(y - stage.base[f.x0 + i]!) < 0.035 * s.height) on++;
  });
  return n === 0 ? 0 : on / n;
}

/** Whether region number `region` of the partition `cells` is a thing. `stage` is a first guess from the straight strokes. */
export function isThing(region: number, f: RegionFacts, cells: Int32Array, stage: Stage, s: Study): boolean {
  const { width, height } = s;
  const frame = width * height;
  if (f.area === 0 || f.outline === 0) return false;
  const sides = [f.top, f.bottom, f.left, f.right].filter((n) => n > 0).length;
  const drawn = f.bottom > 0 ? f.straight - f.straightToOpen : f.straight;
  const straight = drawn / f.outline;
  const wide = f.x1 - f.x0 + 1;
  if (f.open > 0.3 * f.outline) return false;
  if (f.area > 0.45 * frame || f.top > 0.04 * width) return false;
  if (wide > 0.92 * width || f.y1 - f.y0 > 0.97 * height) return false;
  const room = 0.03 * width;
  const behind = stage.from <= f.x0 + room && stage.to >= f.x1 - room && stage.to - stage.from > 1.4 * wide;
  if (straight > 0.3 && f.area > 0.035 * frame && behind) {
    if (onBase(boundary(cells, region, f, width, false), f, stage, s) > 0.15) return false;
  }
  if (sides === 0) {
    const box = f.y1 > 0.5 * height && f.area < 0.2 * frame;
    return f.area <= 0.3 * frame && (straight < 0.55 || f.area < 0.015 * frame || box);
  }
  if (straight > 0.4) return false;
  if (wide > 0.22 * width && evenness(boundary(cells, region, f, width, true), 0.045 * height) > 0.65) return false;
  if (sides === 1) return f.bottom > 0 ? f.bottom < 0.75 * width : f.area < 0.12 * frame;
  return f.bottom > 0 && f.top === 0 && !(f.left > 0 && f.right > 0) && f.area < 0.35 * frame;
}
