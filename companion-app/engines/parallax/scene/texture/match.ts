/** Where else in the picture a spot looks alike: random search seeded and bounded, then to the pixel. */
import type { Cells, Holed } from './cells';
import { HALF } from './front';

/** Random places tried for a patch. */
const TRIES = 200;
/** Weight of what a place would bring in that is livelier than what is known around the patch: no windows on a bare wall. */
const CALM = 0.5;
/** Differences this small (grey levels squared) are grain: among places that fit so well the nearer wins. */
const SAME = 6;
/** A place that carries on what was copied beside it is taken before one that fits a little better. */
const GOES_ON = 0.8;

export interface Place {
  /** Cells from the patch to what is copied into it. */
  readonly dx: number;
  readonly dy: number;
}

/** Numbers in 0…1, the same for a seed (xorshift, Marsaglia). */
export function numbers(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

/** The best place for the patch around cell (x, y); undefined where nothing whole lies within `reach`. `sources` is 1 at the middle of patches known from the start. */
export function bestPlace(
  cells: Cells,
  sources: Uint8Array,
  x: number,
  y: number,
  hints: readonly Place[],
  reach: number,
  random: () => number,
): Place | undefined {
  const { width, height } = cells;
  let best: Place | undefined;
  let least = Infinity;
  const offer = (dx: number, dy: number, favour = 1): void => {
    const [sx, sy] = [x + dx, y + dy];
    if (sx < 0 || sy < 0 || sx >= width || sy >= height || !sources[sy * width + sx]) return;
    if (!ofOneKind(cells, x, y, dx, dy)) return;
    // Of equals the nearer: what lies close by fits in light and grain too.
    const bias = favour * (1 + 0.15 * (Math.hypot(dx, dy) / reach));
    const cost = (mismatch(cells, x, y, dx, dy, least / bias - SAME) + SAME) * bias;
    if (cost < least) [least, best] = [cost, { dx, dy }];
  };
  for (const { dx, dy } of hints) offer(dx, dy, GOES_ON);
  for (let d = -reach; d <= reach; d += 3) {
    offer(d, 0);
    offer(0, d);
  }
  for (let i = 0; i < TRIES; i++) offer(Math.round((2 * random() - 1) * reach), Math.round((2 * random() - 1) * reach));
  for (let step = 8; step >= 1; step >>= 1) {
    if (!best) break;
    const { dx, dy } = best;
    for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) offer(dx + u * step, dy + v * step);
  }
  return best;
}

/** Whether a patch and what would be copied into it have wall and floor in the same corners. */
function ofOneKind({ width, height, kind }: Cells, x: number, y: number, dx: number, dy: number): boolean {
  const at = (cx: number, cy: number): number =>
    kind[Math.min(height - 1, Math.max(0, cy)) * width + Math.min(width - 1, Math.max(0, cx))]!;
  for (const v of [-HALF, HALF])
    for (const u of [-HALF, HALF]) if (at(x + u, y + v) !== at(x + dx + u, y + dy + v)) return false;
  return true;
}

/**
 * Mean squared difference over the known cells of a patch, and how much livelier (variance) than those what is copied into the
 * unknown ones is; Infinity as soon as it exceeds `limit`.
 */
function mismatch(cells: Cells, x: number, y: number, dx: number, dy: number, limit: number): number {
  const { width, height, rgb, known } = cells;
  const shift = 3 * (dy * width + dx);
  const [x0, x1] = [Math.max(0, x - HALF), Math.min(width - 1, x + HALF)];
  const [y0, y1] = [Math.max(0, y - HALF), Math.min(height - 1, y + HALF)];
  const most = limit * (x1 - x0 + 1) * (y1 - y0 + 1);
  let sum = 0;
  let [n, seen, seenSquared, m, brought, broughtSquared] = [0, 0, 0, 0, 0, 0];
  for (let py = y0; py <= y1; py++) {
    for (let px = x0; px <= x1; px++) {
      const at = py * width + px;
      const c = 3 * at;
      const there = rgb[c + 1 + shift]!;
      if (!known[at]) {
        m++;
        brought += there;
        broughtSquared += there * there;
        continue;
      }
      const r = rgb[c]! - rgb[c + shift]!;
      const g = rgb[c + 1]! - there;
      const b = rgb[c + 2]! - rgb[c + 2 + shift]!;
      sum += r * r + g * g + b * b;
      n++;
      seen += rgb[c + 1]!;
      seenSquared += rgb[c + 1]! * rgb[c + 1]!;
    }
    if (sum > most) return Infinity;
  }
  if (n === 0 || m === 0) return sum / Math.max(1, n);
  const mean = seen / n;
  // Around the mean of what is known, so that an even patch of another tone counts as lively too.
  const lively = (broughtSquared - 2 * mean * brought) / m + mean * mean - (seenSquared / n - mean * mean);
  return sum / n + CALM * Math.max(0, lively);
}

/**
 * The same place to the pixel: the patch is laid where it meets what is known best, at most a cell away. `left` is 1 on the
 * pixels still unknown. Result in pixels.
 */
export function toThePixel(picture: Holed, left: Uint8Array, box: Box, place: Place, side: number): Place {
  const { width, height, rgb } = picture;
  const [ox, oy] = [place.dx * side, place.dy * side];
  const stride = Math.max(1, Math.floor(side / 2));
  let best = { dx: ox, dy: oy };
  let least = Infinity;
  for (let v = -side; v <= side; v++) {
    for (let u = -side; u <= side; u++) {
      const [dx, dy] = [ox + u, oy + v];
      if (box.x0 + dx < 0 || box.y0 + dy < 0 || box.x1 + dx > width || box.y1 + dy > height) continue;
      const shift = 3 * (dy * width + dx);
      let sum = 0.01 * (u * u + v * v);
      for (let y = box.y0; y < box.y1 && sum < least; y += stride) {
        for (let x = box.x0; x < box.x1; x += stride) {
          const at = y * width + x;
          if (left[at]) continue;
          const d = rgb[3 * at + 1]! - rgb[3 * at + 1 + shift]!;
          sum += d * d;
        }
      }
      if (sum < least) [least, best] = [sum, { dx, dy }];
    }
  }
  return best;
}

/** Pixels x0 ≤ x < x1, y0 ≤ y < y1. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}
