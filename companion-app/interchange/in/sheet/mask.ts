/** Black-and-white pictures of a page, one byte a pixel, and what is done with them. */
import type { GreyPage, Rect } from './page';

export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly on: Uint8Array;
}

/** Half the side of the square whose mean is the paper's own brightness. */
const PAPER = 24;
/** So much darker than the paper around it is ink. */
const INK = 0.82;

/** Sums over a square around each pixel, by sums along rows and then columns; the edges count fewer pixels. */
function squares({ width, height }: { width: number; height: number }, from: Uint8Array, r: number): Float64Array {
  const rows = new Float64Array(width * height);
  const out = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1) {
    let sum = 0;
    for (let x = -r; x < width; x += 1) {
      if (x + r < width) sum += from[y * width + x + r] ?? 0;
      if (x - r > 0) sum -= from[y * width + x - r - 1] ?? 0;
      if (x >= 0) rows[y * width + x] = sum;
    }
  }
  for (let x = 0; x < width; x += 1) {
    let sum = 0;
    for (let y = -r; y < height; y += 1) {
      if (y + r < height) sum += rows[(y + r) * width + x] ?? 0;
      if (y - r > 0) sum -= rows[(y - r - 1) * width + x] ?? 0;
      if (y >= 0) out[y * width + x] = sum;
    }
  }
  return out;
}

const span = (at: number, r: number, length: number): number => Math.min(length, at + r + 1) - Math.max(0, at - r);

/** What is drawn on the page, whatever its paper and however it is lit. */
export function inkOf({ width, height, grey }: GreyPage): Mask {
  const sums = squares({ width, height }, grey, PAPER);
  const on = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const mean = (sums[i] ?? 0) / (span(x, PAPER, width) * span(y, PAPER, height));
      if ((grey[i] ?? 255) < INK * mean) on[i] = 1;
    }
  return { width, height, on };
}

/** Everything within `r` pixels of what is on. */
export function grown(mask: Mask, r: number): Mask {
  const sums = squares(mask, mask.on, r);
  return { ...mask, on: mask.on.map((_, i) => ((sums[i] ?? 0) > 0 ? 1 : 0)) };
}

/** What is on with everything within `r` pixels of it. */
export function shrunk(mask: Mask, r: number): Mask {
  return inverted(grown(inverted(mask), r));
}

const inverted = (mask: Mask): Mask => ({ ...mask, on: mask.on.map((bit) => 1 - bit) });

/** Whatever cannot be reached from the page's edge without crossing a wall, the walls themselves too. */
export function enclosed(walls: Mask): Mask {
  const { width, height } = walls;
  const on = new Uint8Array(width * height).fill(1);
  const open: number[] = [];
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

/** Boxes around pieces that hang together. */
export function pieces({ width, height, on }: Mask): Rect[] {
  const seen = new Uint8Array(width * height);
  const out: Rect[] = [];
  for (let start = 0; start < on.length; start += 1) {
    if (on[start] !== 1 || seen[start] === 1) continue;
    let [x0, y0, x1, y1] = [width, height, 0, 0];
    const open = [start];
    seen[start] = 1;
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      const [x, y] = [i % width, Math.floor(i / width)];
      [x0, x1, y0, y1] = [Math.min(x0, x), Math.max(x1, x + 1), Math.min(y0, y), Math.max(y1, y + 1)];
      for (const next of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width]) {
        if (next < 0 || on[next] !== 1 || seen[next] === 1) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
    out.push({ x0, y0, x1, y1 });
  }
  return out;
}

/** The part of a box that is on, 0–1. */
export function filled({ width, on }: Mask, { x0, y0, x1, y1 }: Rect): number {
  let n = 0;
  for (let y = y0; y < y1; y += 1) for (let x = x0; x < x1; x += 1) n += on[y * width + x] ?? 0;
  return n / Math.max(1, (x1 - x0) * (y1 - y0));
}
