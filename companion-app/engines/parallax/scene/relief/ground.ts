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
  /** Columns between which the foot of the wall was found among the strokes; empty (from > to) where it was not. */
  readonly from: number;
  readonly to: number;
}

/** A stage nothing is drawn of: floor up to the horizon. */
export const openStage = (s: Study, horizon: number): Stage => ({
  horizon,
  base: new Float32Array(s.width).fill(horizon),
  from: 1,
  to: 0,
});

/**
 * Nearness of the floor at a row. Seen in perspective the inverse of a floor's distance grows evenly with the rows below
 * the horizon, and nearness is such an inverse distance.
 */
export function floorNear(row: number, horizon: number, height: number): number {
  const t = (row - horizon) / Math.max(1, height - 1 - horizon);
  return FARTHEST + (FLOOR_FRONT - FARTHEST) * Math.min(1.25, Math.max(0, t));
}

/**
 * Reads the stage from the long straight strokes. `eye` is where receding lines meet (lines.ts), if they do. The foot of
 * the wall is a chain of strokes from one that runs across the board: level for a wall seen flat, slanted away from the
 * corner of a room; floorboards hang on nothing and are left out.
 */
export function findStage(s: Study, lines: readonly Line[], eye: number | undefined): Stage {
  const { width, height } = s;
  const fallback = 0.38 * height;
  const across = lines.filter((l) => Math.abs(l.y1 - l.y0) < 0.12 * (l.x1 - l.x0));
  const widest = across
    .filter((l) => l.length > 0.3 * width && l.y0 > 0.25 * height && l.y0 < 0.85 * height)
    .sort((a, b) => b.length - a.length)[0];
  const guess = widest ? Math.min(fallback, (widest.y0 + widest.y1) / 2) : fallback;
  const horizon = Math.min(0.75 * height, Math.max(-0.2 * height, eye ?? guess));
  const base = new Float32Array(width).fill(-1);
  const below = (y: number): boolean => y > horizon - 0.02 * height && y < 0.97 * height;
  const starts = across
    .filter((l) => l.length > 0.25 * width && below((l.y0 + l.y1) / 2) && !crossed(l, lines, s))
    .sort((a, b) => a.y0 + a.y1 - (b.y0 + b.y1))
    .map((l) => grow(s, l, lines));
  const chain =
    starts.find((c) => c.length === 3) ?? starts.find((c) => c.length === 2) ?? starts[0] ?? corner(s, lines, horizon);
  for (const line of chain) draw(line, base);
  bridge(base, horizon, chain);
  const from = chain.reduce((x, l) => Math.min(x, l.x0), width);
  const to = chain.reduce((x, l) => Math.max(x, l.x1), -1);
  return { horizon, base: boxBlur(base, width, 1, span(s, 2, 0)), from, to };
}

/** True when receding strokes run across a level one: then it is drawn on the floor, not at its end. */
function crossed(level: Line, lines: readonly Line[], s: Study): boolean {
  const slack = 0.03 * s.height;
  const slope = (level.y1 - level.y0) / Math.max(1, level.x1 - level.x0);
  const through = lines.filter((l) => {
    if (Math.abs(l.y1 - l.y0) < 0.15 * (l.x1 - l.x0)) return false;
    const at = (x: number, y: number): number => y - (level.y0 + slope * (x - level.x0));
    const a = at(l.x0, l.y0);
    const b = at(l.x1, l.y1);
    return Math.min(a, b) < -slack && Math.max(a, b) > -slack / 2 && Math.abs(l.x1 - l.x0) > slack;
  });
  return through.length >= 2;
}

/** A level step of tone across at least half the board, such as a grey wall over a white floor, as a line. */
export function toneCrease(s: Study, tone: Uint8Array): Line | undefined {
  const { width, height } = s;
  const gap = span(s, 2);
  let best = -1;
  let most = 0.5 * width;
  for (let y = Math.round(0.25 * height); y < 0.9 * height; y++) {
    let steps = 0;
    for (let x = 0; x < width; x++) {
      const above = tone[Math.max(0, y - gap) * width + x]!;
      const under = tone[Math.min(height - 1, y + gap) * width + x]!;
      if (Math.abs(above - under) >= 8) steps++;
    }
    if (steps > most) [best, most] = [y, steps];
  }
  return best < 0 ? undefined : { x0: 0, y0: best, x1: width - 1, y1: best, length: width, inked: width };
}

/** A stroke with those that go on downward from its ends. */
function grow(s: Study, start: Line, lines: readonly Line[]): Line[] {
  const reach = 0.05 * s.width;
  const onward = (x: number, y: number, side: -1 | 1): Line | undefined =>
    lines.find((l) => {
      const [nearX, nearY, farX, farY] = side < 0 ? [l.x1, l.y1, l.x0, l.y0] : [l.x0, l.y0, l.x1, l.y1];
      return Math.hypot(nearX - x, nearY - y) < reach && farY > y + 0.04 * s.height && Math.abs(farX - nearX) > reach;
    });
  const left = onward(start.x0, start.y0, -1);
  const right = onward(start.x1, start.y1, 1);
  return [start, ...(left ? [left] : []), ...(right ? [right] : [])];
}

/**
 * The two strokes along which the walls left and right meet the floor: they run down from the far corner of a room, or from
 * the vanishing point of a street. The upper ones where there are several (kerbs, rails).
 */
function corner(s: Study, lines: readonly Line[], horizon: number): Line[] {
  const low = lines.filter(
    (l) =>
      Math.min(l.y0, l.y1) > horizon - 0.03 * s.height &&
      l.x1 - l.x0 > 0.12 * s.width &&
      Math.abs(l.y1 - l.y0) > 0.1 * (l.x1 - l.x0) &&
      l.x1 - l.x0 > 0.5 * Math.abs(l.y1 - l.y0),
  );
  const atEdge = (l: Line, x: number): number => l.y0 + ((l.y1 - l.y0) * (x - l.x0)) / (l.x1 - l.x0);
  const lefts = low.filter((l) => l.y0 > l.y1).sort((a, b) => atEdge(a, 0) - atEdge(b, 0));
  const rights = low.filter((l) => l.y1 > l.y0).sort((a, b) => atEdge(a, s.width) - atEdge(b, s.width));
  for (const left of lefts) {
    const right = rights.find((r) => r.x0 > left.x1 - 0.05 * s.width && Math.abs(r.y0 - left.y1) < 0.12 * s.height);
    if (right) return [left, right];
  }
  return [];
}

/** Writes a stroke's rows into the columns it crosses. */
function draw(line: Line, base: Float32Array): void {
  const from = Math.max(0, Math.ceil(line.x0));
  const to = Math.min(base.length - 1, Math.floor(line.x1));
  for (let x = from; x <= to; x++) {
    base[x] = line.y0 + ((line.y1 - line.y0) * (x - line.x0)) / Math.max(1, line.x1 - line.x0);
  }
}

/** Prolongs the chain to the sides of the board along its outermost strokes; without a chain the floor meets the horizon. */
function bridge(base: Float32Array, horizon: number, chain: readonly Line[]): void {
  if (chain.length === 0) {
    base.fill(horizon);
    return;
  }
  const leftmost = chain.reduce((a, b) => (b.x0 < a.x0 ? b : a));
  const rightmost = chain.reduce((a, b) => (b.x1 > a.x1 ? b : a));
  const on = (line: Line, x: number): number =>
    line.y0 + ((line.y1 - line.y0) * (x - line.x0)) / Math.max(1, line.x1 - line.x0);
  let last = -1;
  for (let x = 0; x < base.length; x++) {
    if (base[x]! < 0) base[x] = x < leftmost.x0 ? on(leftmost, x) : x > rightmost.x1 ? on(rightmost, x) : -1;
    if (base[x]! < 0) continue;
    for (let k = last + 1; k < x && last >= 0; k++) {
      base[k] = base[last]! + ((base[x]! - base[last]!) * (k - last)) / (x - last);
    }
    last = x;
  }
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
