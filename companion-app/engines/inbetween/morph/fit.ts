/** How well a piece of one drawing, moved, lies on another drawing, and the search for the motion that makes it lie best. */
import { faceOf, type Drawing } from './drawing';
import { matrixAt, type Matrix, type Motion } from './geometry';
import { toneGap } from './tone';

/** Distance (pixels of a 640-pixel picture) beyond which an edge counts as not matched at all. */
export const FARTHEST = 6;
/** Colours farther apart than this are different. */
export const OTHER_TONE = 16;

/** Edges (indexes) and inside pixels of a piece. */
export interface Piece {
  readonly edges: readonly number[];
  readonly inside: readonly number[];
  readonly tone: readonly [number, number, number];
}

/** Mean miss of moved edges, 0 (on edges that face the same way) … 1 (none near). */
export function edgeMiss(from: Drawing, to: Drawing, edges: readonly number[], m: Matrix): number {
  if (edges.length === 0) return 1;
  const far = FARTHEST * from.unit;
  const turn = Math.atan2(m.b, m.a);
  let sum = 0;
  for (const e of edges) {
    const at = from.edges[e]!;
    const x0 = at % from.width;
    const y0 = (at - x0) / from.width;
    const x = Math.round(m.a * x0 - m.b * y0 + m.e);
    const y = Math.round(m.b * x0 + m.a * y0 + m.f);
    if (x < 0 || y < 0 || x >= to.width || y >= to.height) {
      sum += 1;
      continue;
    }
    const d = to.near[faceOf(from.facing[e]! + turn)]![y * to.width + x]!;
    sum += d < far ? d / far : 1;
  }
  return sum / edges.length;
}

/** Share of moved inside pixels that land on another colour. */
export function toneMiss(from: Drawing, to: Drawing, piece: Piece, m: Matrix): number {
  if (piece.inside.length === 0) return 0.5;
  let sum = 0;
  for (const at of piece.inside) {
    const x0 = at % from.width;
    const y0 = (at - x0) / from.width;
    const x = Math.round(m.a * x0 - m.b * y0 + m.e);
    const y = Math.round(m.b * x0 + m.a * y0 + m.f);
    if (x < 0 || y < 0 || x >= to.width || y >= to.height) continue;
    const i = y * to.width + x;
    if (to.ink[i]) sum += 0.6;
    else if (
      toneGap(piece.tone, [to.study.rgb[3 * i]!, to.study.rgb[3 * i + 1]!, to.study.rgb[3 * i + 2]!]) > OTHER_TONE
    )
      sum += 1;
  }
  return sum / piece.inside.length;
}

export function miss(from: Drawing, to: Drawing, piece: Piece, m: Matrix): number {
  return 0.65 * edgeMiss(from, to, piece.edges, m) + 0.35 * toneMiss(from, to, piece, m);
}

/** What the search may change. */
export interface Freedom {
  /** Pixels of a 640-pixel picture, first step. */
  readonly shift: number;
  /** Radians, first step; 0 holds the angle. */
  readonly turn: number;
  /** First step of the logarithm of the scale; 0 holds it. */
  readonly scale: number;
}

const ROUNDS = 14;

/** Improves a motion step by step, with steps that halve once none helps. */
export function settled(start: Motion, cost: (m: Matrix) => number, freedom: Freedom, unit: number): [Motion, number] {
  let best = start;
  let least = cost(matrixAt(best, 1));
  let step = 1;
  for (let round = 0; round < ROUNDS && step > 0.06; round++) {
    let better = false;
    for (const way of [1, -1]) {
      const shift = way * step * freedom.shift * unit;
      const tries: Motion[] = [
        { ...best, dx: best.dx + shift },
        { ...best, dy: best.dy + shift },
      ];
      if (freedom.turn > 0) tries.push({ ...best, angle: best.angle + way * step * freedom.turn });
      if (freedom.scale > 0) {
        const scale = best.scale * Math.exp(way * step * freedom.scale);
        if (scale > 0.7 && scale < 1.45) tries.push({ ...best, scale });
      }
      for (const motion of tries) {
        const c = cost(matrixAt(motion, 1));
        if (c >= least - 1e-6) continue;
        [best, least, better] = [motion, c, true];
      }
    }
    if (!better) step /= 2;
  }
  return [best, least];
}
