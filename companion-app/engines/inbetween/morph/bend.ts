/** How each piece bends beyond turning and shifting, so that its strokes end on the other board's. */
import { faceOf } from './drawing';
import { inverse, type Matrix } from './geometry';
import type { Side } from './side';

/** Bend of one piece on a lattice over the first board, in its pixels: a point p of the piece ends where p + bend(p) is moved to. */
export interface Bend {
  readonly columns: number;
  readonly rows: number;
  /** Pixels between lattice points. */
  readonly pitch: number;
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

const PITCH = 8;
const REACH = 7;
/** Of the Gaussian that spreads what one stroke says over its surroundings, in lattice points. */
const SIGMA = 1.6;

export function bendAt(bend: Bend, x: number, y: number): readonly [number, number] {
  const u = Math.min(bend.columns - 1.001, Math.max(0, x / bend.pitch));
  const v = Math.min(bend.rows - 1.001, Math.max(0, y / bend.pitch));
  const i = Math.floor(u);
  const j = Math.floor(v);
  const p = j * bend.columns + i;
  const q = p + bend.columns;
  const [fx, fy] = [u - i, v - j];
  const mix = (m: Float32Array): number =>
    (m[p]! * (1 - fx) + m[p + 1]! * fx) * (1 - fy) + (m[q]! * (1 - fx) + m[q + 1]! * fx) * fy;
  return [mix(bend.dx), mix(bend.dy)];
}

/** The bends of all pieces; that of the stage is none. */
export function findBends(a: Side, b: Side, moves: readonly Matrix[]): (Bend | undefined)[] {
  const edges = moves.map((): number[] => []);
  a.drawing.edges.forEach((at, e) => {
    if (!a.lost[at]) edges[a.owner[at]!]!.push(e);
  });
  return moves.map((m, k) => (k === 0 || edges[k]!.length < 12 ? undefined : bendOf(a, b, m, k, edges[k]!)));
}

function bendOf(a: Side, b: Side, m: Matrix, piece: number, edges: readonly number[]): Bend {
  const { width, height, unit } = a.drawing;
  const pitch = PITCH * unit;
  const columns = Math.ceil(width / pitch) + 1;
  const rows = Math.ceil(height / pitch) + 1;
  const bend: Bend = {
    columns,
    rows,
    pitch,
    dx: new Float32Array(columns * rows),
    dy: new Float32Array(columns * rows),
  };
  const back = inverse(m);
  const turn = Math.atan2(m.b, m.a);
  for (let round = 0; round < 3; round++) {
    const weight = new Float32Array(columns * rows).fill(0.15);
    const sumX = new Float32Array(columns * rows);
    const sumY = new Float32Array(columns * rows);
    for (const e of edges) {
      const at = a.drawing.edges[e]!;
      const x = at % width;
      const y = (at - x) / width;
      const [bx, by] = bendAt(bend, x, y);
      const tx = m.a * (x + bx) - m.b * (y + by) + m.e;
      const ty = m.b * (x + bx) + m.a * (y + by) + m.f;
      const hit = nearest(b, tx, ty, faceOf(a.drawing.facing[e]! + turn), piece);
      if (!hit) continue;
      const rx = back.a * hit[0] - back.b * hit[1] + back.e - x;
      const ry = back.b * hit[0] + back.a * hit[1] + back.f - y;
      spread(bend, weight, sumX, sumY, x, y, rx, ry);
    }
    for (let i = 0; i < weight.length; i++) {
      bend.dx[i] = sumX[i]! / weight[i]!;
      bend.dy[i] = sumY[i]! / weight[i]!;
    }
  }
  return bend;
}

/** The nearest edge of the other board's same piece that faces the same way. */
function nearest(b: Side, x: number, y: number, face: number, piece: number): readonly [number, number] | undefined {
  const { width, height, near, unit } = b.drawing;
  const map = near[face]!;
  const cx = Math.round(x);
  const cy = Math.round(y);
  if (cx < 0 || cy < 0 || cx >= width || cy >= height) return undefined;
  const away = map[cy * width + cx]!;
  if (away > REACH * unit) return undefined;
  const r = Math.ceil(away);
  let best: readonly [number, number] | undefined;
  let least = Infinity;
  for (let qy = Math.max(0, cy - r); qy <= Math.min(height - 1, cy + r); qy++) {
    for (let qx = Math.max(0, cx - r); qx <= Math.min(width - 1, cx + r); qx++) {
      const at = qy * width + qx;
      if (map[at] !== 0 || b.owner[at] !== piece) continue;
      const d = Math.hypot(qx - x, qy - y);
      if (d < least) [best, least] = [[qx, qy], d];
    }
  }
  return best;
}

function spread(
  bend: Bend,
  weight: Float32Array,
  sumX: Float32Array,
  sumY: Float32Array,
  x: number,
  y: number,
  rx: number,
  ry: number,
): void {
  const u = x / bend.pitch;
  const v = y / bend.pitch;
  const r = 2 * SIGMA;
  for (let j = Math.max(0, Math.ceil(v - r)); j <= Math.min(bend.rows - 1, Math.floor(v + r)); j++) {
    for (let i = Math.max(0, Math.ceil(u - r)); i <= Math.min(bend.columns - 1, Math.floor(u + r)); i++) {
      const w = Math.exp(-((i - u) ** 2 + (j - v) ** 2) / (2 * SIGMA * SIGMA));
      const at = j * bend.columns + i;
      weight[at]! += w;
      sumX[at]! += w * rx;
      sumY[at]! += w * ry;
    }
  }
}
