/** Black-and-white pictures of a page, one byte a pixel, and what is done with them. */
import type { GreyPage, Rect } from './page';
import type { Point, Quad } from './quad';

export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly on: Uint8Array;
}

/** Half the side of the square whose mean is the paper's own brightness. */
const PAPER = 24;

/** Sums over a square around each pixel, by sums along rows and then columns; the edges count fewer pixels. */
function squares({ width, height }: { width: number; height: number }, from: Uint8Array, r: number): Int32Array {
  const rows = new Int32Array(width * height);
  for (let y = 0, at = 0; y < height; y += 1, at += width) {
    let sum = 0;
    for (let x = -r; x < width; x += 1) {
      if (x + r < width) sum += from[at + x + r] ?? 0;
      if (x - r > 0) sum -= from[at + x - r - 1] ?? 0;
      if (x >= 0) rows[at + x] = sum;
    }
  }
  const out = new Int32Array(width * height);
  const sums = new Int32Array(width);
  for (let y = -r; y < height; y += 1) {
    const [next, last, at] = [(y + r) * width, (y - r - 1) * width, y * width];
    if (y + r < height) for (let x = 0; x < width; x += 1) sums[x] = (sums[x] ?? 0) + (rows[next + x] ?? 0);
    if (y - r > 0) for (let x = 0; x < width; x += 1) sums[x] = (sums[x] ?? 0) - (rows[last + x] ?? 0);
    if (y >= 0) out.set(sums, at);
  }
  return out;
}

const span = (at: number, r: number, length: number): number => Math.min(length, at + r + 1) - Math.max(0, at - r);

/** What is drawn on the page, whatever its paper and however it is lit: what has less than `part` of the light of the paper around it. */
export function inkOf({ width, height, grey }: GreyPage, part: number): Mask {
  const sums = squares({ width, height }, grey, PAPER);
  const across = Float64Array.from({ length: width }, (_, x) => span(x, PAPER, width) / part);
  const on = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y += 1) {
    const down = span(y, PAPER, height);
    for (let x = 0; x < width; x += 1, i += 1)
      if ((grey[i] ?? 255) * down * (across[x] ?? 1) < (sums[i] ?? 0)) on[i] = 1;
  }
  return { width, height, on };
}

/** The brightness that most of the page's edge has. */
export function edgeOf({ width, height, grey }: GreyPage): number {
  const edge: number[] = [];
  for (let x = 0; x < width; x += 1) edge.push(grey[x] ?? 0, grey[(height - 1) * width + x] ?? 0);
  for (let y = 0; y < height; y += 1) edge.push(grey[y * width] ?? 0, grey[y * width + width - 1] ?? 0);
  return edge.sort((a, b) => a - b)[edge.length >> 1] ?? 0;
}

/** So far, of 255, from the page's own brightness begins what lies on it. */
const UNLIKE = 12;

/** Whatever is not as bright as the page itself. */
export const unlike = ({ width, height, grey }: GreyPage, own: number): Mask => ({
  width,
  height,
  on: Uint8Array.from(grey, (value) => (Math.abs(value - own) > UNLIKE ? 1 : 0)),
});

/** Everything within `r` pixels of what is on. */
export function grown(mask: Mask, r: number): Mask {
  if (r === 0) return mask;
  const sums = squares(mask, mask.on, r);
  const on = new Uint8Array(sums.length);
  for (let i = 0; i < sums.length; i += 1) if ((sums[i] ?? 0) > 0) on[i] = 1;
  return { ...mask, on };
}

/** What is on with everything within `r` pixels of it. */
export function shrunk(mask: Mask, r: number): Mask {
  return inverted(grown(inverted(mask), r));
}

const inverted = (mask: Mask): Mask => ({ ...mask, on: mask.on.map((bit) => 1 - bit) });

/**
 * Whatever cannot be reached from the page's edge, or from what is `outside` its paper, without crossing a wall, the walls themselves too.
 */
export function enclosed(walls: Mask, outside?: Mask): Mask {
  const { width, height } = walls;
  const on = new Uint8Array(width * height).fill(1);
  const open: number[] = [];
  outside?.on.forEach((bit, i) => {
    if (bit === 1 && walls.on[i] !== 1) open.push(i);
  });
  for (let x = 0; x < width; x += 1) open.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y += 1) open.push(y * width, y * width + width - 1);
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    if (on[i] !== 1 || walls.on[i] === 1) continue;
    on[i] = 0;
    const x = i % width;
    if (x > 0) open.push(i - 1);
    if (x < width - 1) open.push(i + 1);
    if (i >= width) open.push(i - width);
    if (i < width * (height - 1)) open.push(i + width);
  }
  return { width, height, on };
}

/** A piece that hangs together: the box around it, its outermost corners and how many pixels it has. */
export interface Piece {
  readonly box: Rect;
  readonly corners: Quad;
  readonly area: number;
}

/** Pieces that hang together. */
export function pieces({ width, height, on }: Mask): Piece[] {
  const seen = new Uint8Array(width * height);
  const out: Piece[] = [];
  for (let start = 0; start < on.length; start += 1) {
    if (on[start] !== 1 || seen[start] === 1) continue;
    let [x0, y0, x1, y1] = [width, height, 0, 0];
    // Where x + y and x - y are least and most.
    let [tl, tr, br, bl] = [start, start, start, start];
    let [least, most, right, left] = [Infinity, -Infinity, -Infinity, Infinity];
    let area = 0;
    const open = [start];
    seen[start] = 1;
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      const [x, y] = [i % width, Math.floor(i / width)];
      area += 1;
      if (x < x0) x0 = x;
      if (x >= x1) x1 = x + 1;
      if (y < y0) y0 = y;
      if (y >= y1) y1 = y + 1;
      if (x + y < least) [least, tl] = [x + y, i];
      if (x + y > most) [most, br] = [x + y, i];
      if (x - y > right) [right, tr] = [x - y, i];
      if (x - y < left) [left, bl] = [x - y, i];
      for (const next of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width]) {
        if (next < 0 || on[next] !== 1 || seen[next] === 1) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
    const point = (i: number, right1: number, below: number): Point => ({
      x: (i % width) + right1,
      y: Math.floor(i / width) + below,
    });
    out.push({
      box: { x0, y0, x1, y1 },
      corners: [point(tl, 0, 0), point(tr, 1, 0), point(br, 1, 1), point(bl, 0, 1)],
      area,
    });
  }
  return out;
}

/** The part of a box that is on, 0–1. */
export function filled({ width, on }: Mask, { x0, y0, x1, y1 }: Rect): number {
  let n = 0;
  for (let y = y0; y < y1; y += 1) for (let x = x0; x < x1; x += 1) n += on[y * width + x] ?? 0;
  return n / Math.max(1, (x1 - x0) * (y1 - y0));
}
