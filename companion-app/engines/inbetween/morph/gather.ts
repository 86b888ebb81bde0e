/** Draws a cut-out into a frame: for every pixel of the frame the place of the cut-out that moved there. */
import type { Picture } from './drawing';
import type { Sheet } from './sheets';
import { STAYS } from './wipe';

/** From a frame pixel to the board's pixel shown there. */
export type Place = (x: number, y: number, out: Float64Array) => void;

export interface Gathering {
  readonly place: Place;
  /** Frame pixels the cut-out may reach, half-open. */
  readonly box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
  /** How much of the lost strokes has gone, 0 … 1. */
  readonly wiped: number;
}

/** Pixels between the points whose place is computed; between them it is interpolated. */
const CELL = 8;
/** Pixels of the order over which a stroke's end is soft. */
const SOFT = 12;

/** Catmull-Rom weights of the four samples around a fraction. */
function weigh(f: number, w: Float64Array): void {
  w[0] = f * (-0.5 + f * (1 - 0.5 * f));
  w[1] = 1 + f * f * (-2.5 + 1.5 * f);
  w[2] = f * (0.5 + f * (2 - 1.5 * f));
  w[3] = f * f * (-0.5 + 0.5 * f);
}

export function gather(sheet: Sheet, frame: Picture, { place, box, wiped }: Gathering): void {
  const { width, height, rgba, order } = sheet;
  const corners = new Float64Array(8);
  const at = new Float64Array(2);
  const across = new Float64Array(4);
  const down = new Float64Array(4);
  const sum = new Float64Array(4);
  const limit = wiped * (254 + SOFT);
  const corner = (k: number, x: number, y: number): void => {
    place(x, y, at);
    corners[2 * k] = at[0]! - sheet.x;
    corners[2 * k + 1] = at[1]! - sheet.y;
  };
  for (let by = box.y0; by < box.y1; by += CELL) {
    for (let bx = box.x0; bx < box.x1; bx += CELL) {
      corner(0, bx, by);
      corner(1, bx + CELL, by);
      corner(2, bx, by + CELL);
      corner(3, bx + CELL, by + CELL);
      if (outside(corners, width, height)) continue;
      const yEnd = Math.min(by + CELL, box.y1);
      const xEnd = Math.min(bx + CELL, box.x1);
      for (let y = by; y < yEnd; y++) {
        const v = (y - by) / CELL;
        const lx = corners[0]! + (corners[4]! - corners[0]!) * v;
        const ly = corners[1]! + (corners[5]! - corners[1]!) * v;
        const sx = (corners[2]! + (corners[6]! - corners[2]!) * v - lx) / CELL;
        const sy = (corners[3]! + (corners[7]! - corners[3]!) * v - ly) / CELL;
        for (let x = bx; x < xEnd; x++) {
          const px = lx + sx * (x - bx);
          const py = ly + sy * (x - bx);
          const x0 = Math.floor(px);
          const y0 = Math.floor(py);
          if (x0 < -1 || y0 < -1 || x0 >= width || y0 >= height) continue;
          if (clear(rgba, width, height, x0, y0)) continue;
          weigh(px - x0, across);
          weigh(py - y0, down);
          sum.fill(0);
          for (let j = 0; j < 4; j++) {
            const yy = y0 - 1 + j;
            if (yy < 0 || yy >= height) continue;
            for (let i = 0; i < 4; i++) {
              const xx = x0 - 1 + i;
              if (xx < 0 || xx >= width) continue;
              const w = across[i]! * down[j]!;
              const p = 4 * (yy * width + xx);
              sum[0]! += w * rgba[p]!;
              sum[1]! += w * rgba[p + 1]!;
              sum[2]! += w * rgba[p + 2]!;
              sum[3]! += w * rgba[p + 3]!;
            }
          }
          let kept = 1;
          if (order && wiped > 0) {
            const o =
              order[
                Math.min(height - 1, Math.max(0, Math.round(py))) * width +
                  Math.min(width - 1, Math.max(0, Math.round(px)))
              ]!;
            if (o !== STAYS) kept = Math.min(1, Math.max(0, (o + SOFT - limit) / SOFT));
            if (kept === 0) continue;
          }
          const through = 1 - (kept * Math.min(255, Math.max(0, sum[3]!))) / 255;
          const to = 3 * (y * frame.width + x);
          for (let c = 0; c < 3; c++) {
            const value = frame.rgb[to + c]! * through + kept * sum[c]! + 0.5;
            frame.rgb[to + c] = value < 0 ? 0 : value > 255 ? 255 : value;
          }
        }
      }
    }
  }
}

function outside(c: Float64Array, width: number, height: number): boolean {
  const low = (k: number): number => Math.min(c[k]!, c[k + 2]!, c[k + 4]!, c[k + 6]!);
  const high = (k: number): number => Math.max(c[k]!, c[k + 2]!, c[k + 4]!, c[k + 6]!);
  return high(0) < -1 || high(1) < -1 || low(0) > width || low(1) > height;
}

/** True when none of the four pixels around a place has anything on it. */
function clear(rgba: Uint8Array, width: number, height: number, x: number, y: number): boolean {
  const on = (i: number, j: number): boolean =>
    i >= 0 && j >= 0 && i < width && j < height && rgba[4 * (j * width + i) + 3]! > 0;
  return !on(x, y) && !on(x + 1, y) && !on(x, y + 1) && !on(x + 1, y + 1);
}
