/** Lifting a sheet off the picture with clean edges. */
import type { Canvas } from './canvas';
import type { Cut } from './matte';

/** Coverage of one sheet. `ink` gives, where it is not −1, the pixel whose colour the sheet has there instead of its own. */
export interface Lift {
  readonly alpha: Uint8Array;
  readonly ink: Int32Array;
}

/** Depths this small are paper grain, not stroke. */
const NOT_A_STROKE = 10;

/**
 * Coverage of sheet `k` in a line drawing: whole inside the cut, and outside it the outer half of the outline, followed
 * from its darkest part for at most `reach` pixels. Pixels of sheets in front are left alone.
 */
export function liftStrokes(canvas: Canvas, cut: Cut, k: number, depth: Uint8Array, reach: number): Lift {
  const { width, height } = canvas;
  const alpha = new Uint8Array(width * height);
  const ink = new Int32Array(width * height).fill(-1);
  let frontier: number[] = [];
  for (let at = 0; at < alpha.length; at++) {
    if (cut.sheet[at] !== k) continue;
    alpha[at] = 255;
    if (cut.band[at]) frontier.push(at);
  }
  for (let step = 0; step < reach && frontier.length > 0; step++) {
    const next: number[] = [];
    for (const at of frontier) {
      const x = at % width;
      const ridge = ink[at] === -1 ? at : ink[at]!;
      const peak = depth[ridge]!;
      if (peak <= NOT_A_STROKE) continue;
      for (let dir = 0; dir < 4; dir++) {
        if ((dir === 0 && x === 0) || (dir === 1 && x === width - 1)) continue;
        const to = dir === 0 ? at - 1 : dir === 1 ? at + 1 : dir === 2 ? at - width : at + width;
        if (to < 0 || to >= alpha.length || alpha[to] !== 0 || cut.sheet[to]! > k) continue;
        const d = depth[to]!;
        if (d <= NOT_A_STROKE / 2 || d > 1.3 * depth[at]! + 12) continue;
        alpha[to] = Math.max(1, Math.min(255, Math.round((255 * d) / peak)));
        ink[to] = ridge;
        next.push(to);
      }
    }
    frontier = next;
  }
  return { alpha, ink };
}

/** Coverage of sheet `k` in a painted board: the cut, its edge softened over about a pixel and a half. */
export function liftPaint(canvas: Canvas, cut: Cut, k: number): Lift {
  const { width, height } = canvas;
  const alpha = new Uint8Array(width * height);
  const ink = new Int32Array(width * height).fill(-1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (cut.band[at] === 0) {
        alpha[at] = cut.sheet[at] === k ? 255 : 0;
        continue;
      }
      let covered = 0;
      let inside = -1;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const nx = Math.min(width - 1, Math.max(0, x + dx));
          const ny = Math.min(height - 1, Math.max(0, y + dy));
          const near = ny * width + nx;
          if (cut.sheet[near]! < k) continue;
          covered++;
          if (cut.sheet[near] === k) inside = near;
        }
      }
      if (inside < 0 || cut.sheet[at]! > k) continue;
      alpha[at] = Math.round((255 * covered) / 9);
      if (cut.sheet[at] !== k) ink[at] = inside;
    }
  }
  return { alpha, ink };
}

/** The sheet's picture: straight alpha, colours of the drawing. */
export function paintLift(canvas: Canvas, lift: Lift): Uint8Array {
  const { rgb } = canvas;
  const out = new Uint8Array(lift.alpha.length * 4);
  for (let at = 0; at < lift.alpha.length; at++) {
    const a = lift.alpha[at]!;
    if (a === 0) continue;
    const from = lift.ink[at] === -1 ? at : lift.ink[at]!;
    out[4 * at] = rgb[3 * from]!;
    out[4 * at + 1] = rgb[3 * from + 1]!;
    out[4 * at + 2] = rgb[3 * from + 2]!;
    out[4 * at + 3] = a;
  }
  return out;
}
