/** The stage behind the figures: a floor that recedes to the horizon, walls that stand on it, sky or paper above. */
import { boxBlur } from '../raster/morphology';
import type { Line } from './lines';
import { span, type Study } from './study';

/** Nearness of what is farthest, and of the floor at the frame's lower edge. */
const FARTHEST = 0.08;
const FLOOR_FRONT = 0.72;

export interface Stage {
  /** Row of the eye's height, where the floor would vanish. */
  readonly horizon: number;
  /** Row at which the wall meets the floor, for each column; the horizon where nothing is drawn. */
  readonly base: Float32Array;
}

/**
 * Nearness of the floor at a row. Seen in perspective the inverse of a floor's distance grows evenly with the rows below
 * the horizon, and nearness is such an inverse distance.
 */
export function floorNear(row: number, horizon: number, height: number): number {
  const t = (row - horizon) / Math.max(1, height - 1 - horizon);
  return FARTHEST + (FLOOR_FRONT - FARTHEST) * Math.min(1.25, Math.max(0, t));
}

/**
 * Reads the stage from the long straight strokes. `eye` is where receding lines meet (lines.ts), if they do; the upmost
 * long stroke under it in each column is taken for the foot of the wall.
 */
export function findStage(s: Study, lines: readonly Line[], eye: number | undefined): Stage {
  const { width, height } = s;
  const level = lines.filter((l) => Math.abs(l.y1 - l.y0) < 0.12 * Math.abs(l.x1 - l.x0));
  const fallback = 0.38 * height;
  const widest = level
    .filter((l) => l.length > 0.3 * width && l.y0 > 0.25 * height && l.y0 < 0.85 * height)
    .sort((a, b) => b.length - a.length)[0];
  const horizon = Math.min(
    0.75 * height,
    Math.max(-0.2 * height, eye ?? (widest ? Math.min(fallback, (widest.y0 + widest.y1) / 2) : fallback)),
  );
  const base = new Float32Array(width).fill(-1);
  for (const line of lines) {
    if (Math.abs(line.x1 - line.x0) < 0.35 * Math.abs(line.y1 - line.y0)) continue;
    for (let x = Math.max(0, Math.ceil(line.x0)); x <= Math.min(width - 1, line.x1); x++) {
      const y = line.y0 + ((line.y1 - line.y0) * (x - line.x0)) / Math.max(1, line.x1 - line.x0);
      if (y < horizon + 0.04 * height || y > height) continue;
      if (base[x]! < 0 || y < base[x]!) base[x] = y;
    }
  }
  bridge(base, horizon);
  return { horizon, base: boxBlur(base, width, 1, span(s, 2, 0)) };
}

/** Fills columns without a drawn base from their neighbours, straight across; without any at all with the horizon. */
function bridge(base: Float32Array, horizon: number): void {
  let last = -1;
  for (let x = 0; x < base.length; x++) {
    if (base[x]! < 0) continue;
    if (last < 0) base.fill(base[x]!, 0, x);
    else
      for (let k = last + 1; k < x; k++) base[k] = base[last]! + ((base[x]! - base[last]!) * (k - last)) / (x - last);
    last = x;
  }
  if (last < 0) base.fill(horizon);
  else base.fill(base[last]!, last + 1);
}

/** Nearness of the stage at every pixel: floor below the base, upright wall above it, fading a little towards the sky. */
export function stageNear(s: Study, stage: Stage): Float32Array {
  const { width, height } = s;
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      out[y * width + x] = floorNear(Math.max(y, stage.base[x]!), stage.horizon, height);
    }
  }
  return out;
}
