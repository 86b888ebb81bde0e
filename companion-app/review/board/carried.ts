/** A drawing as a moved camera sees it, and how like a frame is to it. */
import type { Picture } from '../../media';
import type { Place } from './laid';
import { inverse, type Similarity } from '../motion/similarity';

/** Taken out of the global object once: in the innermost loops looking it up would cost more than the sum itself. */
const { abs, floor, max, min, round } = Math;

export interface Carried extends Picture {
  /** 1 where the drawing reaches. */
  readonly inside: Uint8Array;
  /** Part of the frame where it does. */
  readonly seen: number;
  /** Standard deviation of its brightness there, levels. */
  readonly contrast: number;
}

/** The drawing's pixels where the similarity puts them (bilinear); of a drawing with bars, only what lies within its place. */
export function carried(picture: Picture, similarity: Similarity, place?: Place): Carried {
  const { width, height } = picture;
  const rgb = new Uint8Array(width * height * 3);
  const inside = new Uint8Array(width * height);
  const { a, b, x: tx, y: ty } = inverse(similarity);
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  const [left, right] = place?.x ?? [0, width];
  const [top, bottom] = place?.y ?? [0, height];
  let [count, sum, squares] = [0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const px = x - cx;
      const py = y - cy;
      const qx = a * px - b * py + tx * width + cx;
      const qy = b * px + a * py + ty * width + cy;
      if (qx < left - 0.01 || qy < top - 0.01 || qx > right - 0.99 || qy > bottom - 0.99) continue;
      const i = y * width + x;
      sample(picture, qx, qy, rgb, 3 * i);
      inside[i] = 1;
      const luma = 0.2126 * (rgb[3 * i] ?? 0) + 0.7152 * (rgb[3 * i + 1] ?? 0) + 0.0722 * (rgb[3 * i + 2] ?? 0);
      count += 1;
      sum += luma;
      squares += luma * luma;
    }
  }
  const n = max(1, count);
  const contrast = Math.sqrt(max(0, squares / n - (sum / n) ** 2));
  return { width, height, rgb, inside, seen: count / (width * height), contrast };
}

function sample({ width, height, rgb }: Picture, x: number, y: number, out: Uint8Array, at: number): void {
  const x0 = max(0, min(width - 2, floor(x)));
  const y0 = max(0, min(height - 2, floor(y)));
  const fx = min(1, max(0, x - x0));
  const fy = min(1, max(0, y - y0));
  const i = 3 * (y0 * width + x0);
  for (let c = 0; c < 3; c += 1) {
    const top = (rgb[i + c] ?? 0) * (1 - fx) + (rgb[i + 3 + c] ?? 0) * fx;
    const under = i + 3 * width + c;
    const bottom = (rgb[under] ?? 0) * (1 - fx) + (rgb[under + 3] ?? 0) * fx;
    out[at + c] = round(top * (1 - fy) + bottom * fy);
  }
}

export interface Likeness {
  /** Correlation of where the lines are, -1 to 1, over cells of the frame: a line may be a little beside its place. */
  readonly like: number;
  /** Strength of the frame's lines, as a part of the drawing's. */
  readonly left: number;
  /** Largest difference of a channel's mean, levels. */
  readonly palette: number;
}

/** Pixels a side of a cell. */
const CELL = 8;
/** Mean slope, in levels a pixel, below which nothing is drawn. */
const EMPTY = 0.5;

/** Compares over what the drawing reaches. */
export function likeness(drawing: Carried, frame: Picture): Likeness {
  const { width, height, inside } = drawing;
  const [across, down] = [floor(width / CELL), floor(height / CELL)];
  const a = new Float64Array(across * down);
  const b = new Float64Array(across * down);
  const n = new Float64Array(across * down);
  for (let y = 0; y < down * CELL - 1; y += 1) {
    for (let x = 0; x < across * CELL - 1; x += 1) {
      const i = y * width + x;
      if (!inside[i] || !inside[i + 1] || !inside[i + width]) continue;
      const cell = floor(y / CELL) * across + floor(x / CELL);
      a[cell] = (a[cell] ?? 0) + slope(drawing, i);
      b[cell] = (b[cell] ?? 0) + slope(frame, i);
      n[cell] = (n[cell] ?? 0) + 1;
    }
  }
  const whole = [...n.keys()].filter((cell) => (n[cell] ?? 0) > (CELL * CELL) / 2);
  const [pa, pb] = [a, b].map((sums) => whole.map((cell) => (sums[cell] ?? 0) / (n[cell] ?? 1)));
  return { ...compared(pa ?? [], pb ?? []), palette: paletteShift(drawing, frame) };
}

const greenAt = ({ rgb }: Picture, i: number): number => rgb[3 * i + 1] ?? 0;

function slope(picture: Picture, i: number): number {
  const here = greenAt(picture, i);
  return abs(greenAt(picture, i + 1) - here) + abs(greenAt(picture, i + picture.width) - here);
}

function compared(a: readonly number[], b: readonly number[]): { like: number; left: number } {
  const [ma, mb] = [a, b].map((all) => all.reduce((sum, v) => sum + v, 0) / max(1, all.length));
  const [x, y] = [ma ?? 0, mb ?? 0];
  if (x < EMPTY && y < EMPTY) return { like: 1, left: 1 };
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    const [p, q] = [value - x, (b[i] ?? 0) - y];
    ab += p * q;
    aa += p * p;
    bb += q * q;
  }
  const like = aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
  return { like, left: x > 0 ? y / x : 1 };
}

function paletteShift({ inside, rgb }: Carried, frame: Picture): number {
  const sums = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < inside.length; i += 1) {
    if (!inside[i]) continue;
    count += 1;
    for (let c = 0; c < 3; c += 1) sums[c] = (sums[c] ?? 0) + (frame.rgb[3 * i + c] ?? 0) - (rgb[3 * i + c] ?? 0);
  }
  return max(...sums.map((sum) => abs(sum))) / max(1, count);
}
