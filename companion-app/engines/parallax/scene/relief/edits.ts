/** The artist's nearer/farther brush: strokes over a board, added to what was read off it. */
import type { Point, ReliefStroke } from '../../../../../shared/shot';
import type { Reading } from './index';
import type { Piece, Relief } from './relief';

/** The same reading with the strokes put on; strokes of other boards must have been taken out. */
export function withEdits(reading: Reading, strokes: readonly ReliefStroke[]): Reading {
  if (strokes.length === 0) return reading;
  return { ...reading, relief: corrected(reading.relief, strokes) };
}

/** Nearness where a stroke passes is changed by its amount, in its middle whole, at its rim not at all; never beyond 0 … 1. */
export function corrected(relief: Relief, strokes: readonly ReliefStroke[]): Relief {
  const near = relief.near.slice();
  const stage = relief.stage.slice();
  for (const stroke of strokes) {
    const weight = weightOf(stroke, relief);
    for (let i = 0; i < near.length; i++) {
      const change = stroke.amount * weight[i]!;
      if (change === 0) continue;
      near[i] = clamp(near[i]! + change);
      if (relief.labels[i] === 0) stage[i] = clamp(stage[i]! + change);
    }
  }
  return { ...relief, near, stage, pieces: relief.pieces.map((piece) => moved(piece, relief, near)) };
}

/** A piece is now as much nearer or farther as the mean of what is seen of it. */
function moved(piece: Piece, relief: Relief, near: Float32Array): Piece {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < near.length; i++) {
    if (relief.labels[i] !== piece.label) continue;
    sum += near[i]! - relief.near[i]!;
    count++;
  }
  return count === 0 || sum === 0 ? piece : { ...piece, near: clamp(piece.near + sum / count) };
}

/** How strongly the brush acts at each pixel: (1 − (d / radius)²)², d to the nearest part of its way. */
function weightOf({ points, radius }: ReliefStroke, { width, height }: Relief): Float32Array {
  const weight = new Float32Array(width * height);
  const reach = radius * width;
  const way = points.map(({ x, y }) => ({ x: x * width, y: y * height }));
  way.forEach((to, k) => {
    const from = way[Math.max(0, k - 1)] ?? to;
    const rows = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
    const columns = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
    for (let y = inside(rows[0]!, height); y < inside(rows[1]! + 1, height); y++) {
      for (let x = inside(columns[0]!, width); x < inside(columns[1]! + 1, width); x++) {
        const part = distance({ x: x + 0.5, y: y + 0.5 }, from, to) / reach;
        if (part >= 1) continue;
        const at = y * width + x;
        weight[at] = Math.max(weight[at]!, (1 - part * part) ** 2);
      }
    }
  });
  return weight;
}

function distance(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const inside = (value: number, length: number): number => Math.min(length, Math.max(0, Math.floor(value)));
