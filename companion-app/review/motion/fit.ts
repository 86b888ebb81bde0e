/**
 * The similarity that carries one picture into another, without features: brightness itself is matched. A coarse search over shifts and
 * sizes, then Gauss–Newton steps from the smallest pictures to the largest (Lucas and Kanade 1981; inverse weights after Huber), so that
 * what moves on its own counts little.
 */
import { STILL, type Similarity } from './similarity';
import type { Level } from './pyramid';

/** Taken out of the global object once: in the innermost loops looking it up would cost more than the sum itself. */
const { abs, floor, min } = Math;

const STEPS = 8;
/** Residuals above this many levels count less and less. */
const HUBER = 6;
/** Parts of the picture that must overlap. */
const LEAST_OVERLAP = 0.4;
const SIZES = [1, 0.87, 1.15] as const;

export interface Fit {
  readonly similarity: Similarity;
  /** Mean absolute difference that is left, levels. */
  readonly residual: number;
}

/** Both pyramids are of pictures of one size. `guesses` are tried beside standing still; where none lies well, all shifts are. */
export function fit(from: readonly Level[], to: readonly Level[], guesses: readonly Similarity[] = []): Fit {
  const [coarseFrom, coarseTo] = [from.at(-1), to.at(-1)];
  if (!coarseFrom || !coarseTo) return { similarity: STILL, residual: 0 };
  const known = best([STILL, ...guesses].map((start) => descended(from, to, start)));
  if (known.residual < LIES_WELL) return known;
  return best([known, descended(from, to, searched(coarseFrom, coarseTo))]);
}

/** Mean levels that are left where two frames of one drawing lie on each other. */
const LIES_WELL = 2;

function best(fits: readonly Fit[]): Fit {
  return fits.reduce((a, b) => (b.residual < a.residual ? b : a));
}

function descended(from: readonly Level[], to: readonly Level[], start: Similarity): Fit {
  let similarity = start;
  for (let level = from.length - 1; level >= 0; level -= 1) {
    const [a, b] = [from[level], to[level]];
    if (a && b) similarity = refined(a, b, similarity);
  }
  const [a, b] = [from[0], to[0]];
  return { similarity, residual: a && b ? residualOf(a, b, similarity) : Infinity };
}

/** The best of all shifts by whole pixels of the smallest pictures, at a few sizes. */
function searched(from: Level, to: Level): Similarity {
  const [mostX, mostY] = [floor(from.width / 2), floor(from.height / 2)];
  let best = { similarity: STILL, cost: Infinity };
  for (const a of SIZES) {
    for (let y = -mostY; y <= mostY; y += 1) {
      for (let x = -mostX; x <= mostX; x += 1) {
        const similarity = { a, b: 0, x: x / from.width, y: y / from.width };
        const cost = residualOf(from, to, similarity) * (1 + 0.1 * Math.hypot(x, y) * (1 / from.width));
        if (cost < best.cost) best = { similarity, cost };
      }
    }
  }
  return best.similarity;
}

/** Mean absolute difference over what overlaps; Infinity where too little does. */
export function residualOf(from: Level, to: Level, { a, b, x: tx, y: ty }: Similarity): number {
  const { width, height } = from;
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const px = x - cx;
      const py = y - cy;
      const qx = a * px - b * py + tx * width + cx;
      const qy = b * px + a * py + ty * width + cy;
      if (qx < 0 || qy < 0 || qx > width - 1 || qy > height - 1) continue;
      sum += abs(bilinear(to.values, width, height, qx, qy) - (from.values[y * width + x] ?? 0));
      count += 1;
    }
  }
  return count < LEAST_OVERLAP * width * height ? Infinity : sum / count;
}

export function bilinear(values: Float32Array, width: number, height: number, x: number, y: number): number {
  const x0 = min(width - 2, floor(x));
  const y0 = min(height - 2, floor(y));
  const fx = x - x0;
  const fy = y - y0;
  const i = y0 * width + x0;
  const top = (values[i] ?? 0) * (1 - fx) + (values[i + 1] ?? 0) * fx;
  const bottom = (values[i + width] ?? 0) * (1 - fx) + (values[i + width + 1] ?? 0) * fx;
  return top * (1 - fy) + bottom * fy;
}

function refined(from: Level, to: Level, start: Similarity): Similarity {
  let now = start;
  for (let step = 0; step < STEPS; step += 1) {
    const change = stepOf(from, to, now);
    if (!change) return now;
    const [da, db, dx, dy] = change;
    now = { a: now.a + da, b: now.b + db, x: now.x + dx, y: now.y + dy };
    // Less than a two-hundredth of a pixel anywhere.
    if (Math.max(abs(da), abs(db), abs(dx), abs(dy)) * from.width < 0.005) break;
  }
  return now;
}

type Four = [number, number, number, number];

/** One Gauss–Newton step; null where the picture gives no hold. */
function stepOf(from: Level, to: Level, { a, b, x: tx, y: ty }: Similarity): Four | null {
  const { width, height } = from;
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  const sums = new Float64Array(14);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const px = (x - cx) / width;
      const py = (y - cy) / width;
      const qx = (a * px - b * py + tx) * width + cx;
      const qy = (b * px + a * py + ty) * width + cy;
      if (qx < 1 || qy < 1 || qx > width - 2 || qy > height - 2) continue;
      const gx = bilinear(to.dx, width, height, qx, qy) * width;
      const gy = bilinear(to.dy, width, height, qx, qy) * width;
      if (gx === 0 && gy === 0) continue;
      const r = bilinear(to.values, width, height, qx, qy) - (from.values[y * width + x] ?? 0);
      add(sums, gx * px + gy * py, gy * px - gx * py, gx, gy, r);
    }
  }
  return solved(sums);
}

/** Adds a pixel's part to the normal equations: ten products of its slopes, then four with what is left. */
function add(sums: Float64Array, u: number, v: number, gx: number, gy: number, r: number): void {
  const w = abs(r) <= HUBER ? 1 : HUBER / abs(r);
  const wu = w * u;
  const wv = w * v;
  const wx = w * gx;
  const wy = w * gy;
  sums[0] = (sums[0] ?? 0) + wu * u;
  sums[1] = (sums[1] ?? 0) + wu * v;
  sums[2] = (sums[2] ?? 0) + wu * gx;
  sums[3] = (sums[3] ?? 0) + wu * gy;
  sums[4] = (sums[4] ?? 0) + wv * v;
  sums[5] = (sums[5] ?? 0) + wv * gx;
  sums[6] = (sums[6] ?? 0) + wv * gy;
  sums[7] = (sums[7] ?? 0) + wx * gx;
  sums[8] = (sums[8] ?? 0) + wx * gy;
  sums[9] = (sums[9] ?? 0) + wy * gy;
  sums[10] = (sums[10] ?? 0) - wu * r;
  sums[11] = (sums[11] ?? 0) - wv * r;
  sums[12] = (sums[12] ?? 0) - wx * r;
  sums[13] = (sums[13] ?? 0) - wy * r;
}

/** Where h(i, j) lies in the sums. */
const PLACE = [0, 1, 2, 3, 1, 4, 5, 6, 2, 5, 7, 8, 3, 6, 8, 9] as const;

/** Solves the four normal equations by elimination, a little damped; null where they are (nearly) empty. */
function solved(sums: Float64Array): Four | null {
  const at = (i: number, j: number): number => sums[PLACE[4 * i + j] ?? 0] ?? 0;
  const trace = at(0, 0) + at(1, 1) + at(2, 2) + at(3, 3);
  if (trace < 1) return null;
  const rows = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => at(i, j) + (i === j ? 1e-6 * trace : 0)));
  const v = [10, 11, 12, 13].map((i) => sums[i] ?? 0);
  for (let i = 0; i < 4; i += 1) {
    const pivot = rows[i]?.[i] ?? 0;
    if (pivot < 1e-9 * trace) return null;
    for (let k = i + 1; k < 4; k += 1) {
      const factor = (rows[k]?.[i] ?? 0) / pivot;
      for (let j = i; j < 4; j += 1) (rows[k] ?? [])[j] = (rows[k]?.[j] ?? 0) - factor * (rows[i]?.[j] ?? 0);
      v[k] = (v[k] ?? 0) - factor * (v[i] ?? 0);
    }
  }
  for (let i = 3; i >= 0; i -= 1) {
    let sum = v[i] ?? 0;
    for (let j = i + 1; j < 4; j += 1) sum -= (rows[i]?.[j] ?? 0) * (v[j] ?? 0);
    v[i] = sum / (rows[i]?.[i] ?? 1);
  }
  return [v[0] ?? 0, v[1] ?? 0, v[2] ?? 0, v[3] ?? 0];
}
