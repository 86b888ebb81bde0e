/** SLIC superpixels (Achanta et al., "SLIC Superpixels Compared to State-of-the-art Superpixel Methods"). */
import { growLabels } from '../raster/components';
import type { Study } from './study';

/** A patch of even colour. Colours in CIE Lab, positions in study pixels. */
export interface Patch {
  readonly area: number;
  readonly x: number;
  readonly y: number;
  readonly lab: readonly [number, number, number];
  /** Pixels on the frame's edges. */
  readonly border: number;
}

export interface Superpixels {
  /** Patch of each pixel. */
  readonly labels: Int32Array;
  readonly patches: readonly Patch[];
  /** Patches that touch, each pair once. */
  readonly edges: readonly PatchEdge[];
}

/** A border between two patches. */
export interface PatchEdge {
  readonly a: number;
  readonly b: number;
  /** Mean colour step straight across the border, in Lab units over four pixels: soft light scores low, an outline high. */
  readonly step: number;
}

const COMPACTNESS = 12;
const ROUNDS = 4;

/** CIE Lab (D65) of an sRGB picture, three floats a pixel. */
export function toLab(rgb: Uint8Array): Float32Array {
  const linear = new Float32Array(256);
  for (let v = 0; v < 256; v++) linear[v] = v <= 10 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  const curve = new Float32Array(4097);
  for (let i = 0; i < curve.length; i++) {
    const t = i / 4096;
    curve[i] = t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
  }
  const f = (t: number): number => curve[Math.min(4096, Math.round(t * 4096))]!;
  const lab = new Float32Array(rgb.length);
  for (let i = 0; i < rgb.length; i += 3) {
    const r = linear[rgb[i]!]!;
    const g = linear[rgb[i + 1]!]!;
    const b = linear[rgb[i + 2]!]!;
    const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    lab[i] = 116 * y - 16;
    lab[i + 1] = 500 * (x - y);
    lab[i + 2] = 200 * (y - z);
  }
  return lab;
}

/** Splits the study into about `wanted` patches. */
export function superpixels(s: Study, lab: Float32Array, wanted: number): Superpixels {
  const { width, height } = s;
  const pitch = Math.max(2, Math.sqrt((width * height) / wanted));
  const across = Math.max(1, Math.round(width / pitch));
  const down = Math.max(1, Math.round(height / pitch));
  const count = across * down;
  const centre = new Float32Array(count * 5);
  for (let k = 0; k < count; k++) {
    const x = Math.min(width - 1, Math.floor((((k % across) + 0.5) * width) / across));
    const y = Math.min(height - 1, Math.floor(((Math.floor(k / across) + 0.5) * height) / down));
    const at = 3 * (y * width + x);
    centre.set([lab[at]!, lab[at + 1]!, lab[at + 2]!, x, y], 5 * k);
  }
  const labels = new Int32Array(width * height);
  const best = new Float32Array(width * height);
  for (let round = 0; round < ROUNDS; round++) {
    assign(lab, width, height, centre, pitch, labels, best);
    recentre(lab, width, labels, centre);
  }
  return describe(s, lab, connect(labels, width, height, pitch));
}

function assign(
  lab: Float32Array,
  width: number,
  height: number,
  centre: Float32Array,
  pitch: number,
  labels: Int32Array,
  best: Float32Array,
): void {
  best.fill(Infinity);
  const spatial = (COMPACTNESS / pitch) ** 2;
  for (let k = 0; 5 * k < centre.length; k++) {
    const [l, a, b, cx, cy] = [centre[5 * k]!, centre[5 * k + 1]!, centre[5 * k + 2]!, centre[5 * k + 3]!, centre[5 * k + 4]!]; // prettier-ignore
    const x0 = Math.max(0, Math.floor(cx - 1.5 * pitch));
    const x1 = Math.min(width - 1, Math.ceil(cx + 1.5 * pitch));
    const y1 = Math.min(height - 1, Math.ceil(cy + 1.5 * pitch));
    for (let y = Math.max(0, Math.floor(cy - 1.5 * pitch)); y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        const at = y * width + x;
        const dl = lab[3 * at]! - l;
        const da = lab[3 * at + 1]! - a;
        const db = lab[3 * at + 2]! - b;
        const d = dl * dl + da * da + db * db + spatial * ((x - cx) * (x - cx) + (y - cy) * (y - cy));
        if (d < best[at]!) {
          best[at] = d;
          labels[at] = k;
        }
      }
    }
  }
}

function recentre(lab: Float32Array, width: number, labels: Int32Array, centre: Float32Array): void {
  const sum = new Float64Array(centre.length);
  const n = new Float64Array(centre.length / 5);
  for (let at = 0; at < labels.length; at++) {
    const k = labels[at]!;
    n[k]! += 1;
    for (let c = 0; c < 3; c++) sum[5 * k + c]! += lab[3 * at + c]!;
    sum[5 * k + 3]! += at % width;
    sum[5 * k + 4]! += Math.floor(at / width);
  }
  for (let i = 0; i < centre.length; i++) {
    const k = Math.floor(i / 5);
    if (n[k]! > 0) centre[i] = sum[i]! / n[k]!;
  }
}

/** Keeps connected patches of a fair size and gives crumbs to a neighbour. Labels from 1, in reading order. */
function connect(labels: Int32Array, width: number, height: number, pitch: number): Int32Array {
  const out = new Int32Array(labels.length);
  const queue = new Int32Array(labels.length);
  const seen = new Uint8Array(labels.length);
  let count = 0;
  for (let start = 0; start < labels.length; start++) {
    if (seen[start]) continue;
    const label = labels[start]!;
    queue[0] = start;
    seen[start] = 1;
    let head = 0;
    let tail = 1;
    const look = (to: number): void => {
      if (seen[to] || labels[to] !== label) return;
      seen[to] = 1;
      queue[tail++] = to;
    };
    while (head < tail) {
      const at = queue[head++]!;
      const x = at % width;
      if (x > 0) look(at - 1);
      if (x < width - 1) look(at + 1);
      if (at >= width) look(at - width);
      if (at < width * (height - 1)) look(at + width);
    }
    if (tail < 0.15 * pitch * pitch && count > 0) continue;
    count++;
    for (let k = 0; k < tail; k++) out[queue[k]!] = count;
  }
  growLabels(out, undefined, width, height, width + height);
  return out.map((l) => Math.max(0, l - 1));
}

function describe(s: Study, lab: Float32Array, labels: Int32Array): Superpixels {
  const { width, height } = s;
  const count = labels.reduce((most, l) => Math.max(most, l), 0) + 1;
  const sum = new Float64Array(count * 7);
  const pairs = new Map<number, Border>();
  const step = (at: number, by: number): number => {
    const p = 3 * Math.max(0, at - by);
    const q = 3 * Math.min(labels.length - 1, at + 2 * by);
    return Math.abs(lab[p]! - lab[q]!) + Math.abs(lab[p + 1]! - lab[q + 1]!) + Math.abs(lab[p + 2]! - lab[q + 2]!);
  };
  for (let at = 0; at < labels.length; at++) {
    const k = labels[at]!;
    const x = at % width;
    const y = (at - x) / width;
    sum[7 * k]! += 1;
    sum[7 * k + 1]! += x;
    sum[7 * k + 2]! += y;
    for (let c = 0; c < 3; c++) sum[7 * k + 3 + c]! += lab[3 * at + c]!;
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) sum[7 * k + 6]! += 1;
    if (x + 1 < width && labels[at + 1] !== k) meet(pairs, k, labels[at + 1]!, count, step(at, 1));
    if (y + 1 < height && labels[at + width] !== k) meet(pairs, k, labels[at + width]!, count, step(at, width));
  }
  const patches = Array.from({ length: count }, (_, k): Patch => {
    const n = Math.max(1, sum[7 * k]!);
    return {
      area: sum[7 * k]!,
      x: sum[7 * k + 1]! / n,
      y: sum[7 * k + 2]! / n,
      lab: [sum[7 * k + 3]! / n, sum[7 * k + 4]! / n, sum[7 * k + 5]! / n],
      border: sum[7 * k + 6]!,
    };
  });
  const edges = [...pairs].map(([key, border]) => ({
    a: Math.floor(key / count),
    b: key % count,
    step: border.steps / border.length,
  }));
  return { labels, patches, edges };
}

interface Border {
  length: number;
  steps: number;
}

function meet(pairs: Map<number, Border>, a: number, b: number, count: number, step: number): void {
  const key = Math.min(a, b) * count + Math.max(a, b);
  const border = pairs.get(key);
  if (!border) pairs.set(key, { length: 1, steps: step });
  else {
    border.length++;
    border.steps += step;
  }
}
