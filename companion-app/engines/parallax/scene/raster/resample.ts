/**
 * Separable resampling with a Catmull-Rom kernel widened for reduction (antialiased), so that a board drawn at the frame's
 * own size passes through untouched and a larger one keeps its line weight.
 */

interface Taps {
  readonly first: Int32Array;
  /** How many of the samples from `first` on count. */
  readonly count: Int32Array;
  readonly weights: Float32Array;
  readonly width: number;
}

function catmullRom(x: number): number {
  const a = Math.abs(x);
  if (a < 1) return 1 - 2.5 * a * a + 1.5 * a * a * a;
  if (a < 2) return 2 - 4 * a + 2.5 * a * a - 0.5 * a * a * a;
  return 0;
}

/** For each output sample the input samples that make it, clamped at the ends; the weights of each sum to 1. */
function taps(from: number, to: number): Taps {
  const ratio = from / to;
  const spread = Math.max(1, ratio);
  const width = Math.ceil(4 * spread) + 1;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Float32Array(to * width);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * ratio - 0.5;
    const start = Math.ceil(centre - 2 * spread);
    first[i] = start;
    let sum = 0;
    for (let k = 0; k < width; k++) sum += weights[i * width + k] = catmullRom((start + k - centre) / spread);
    for (let k = 0; k < width; k++) if ((weights[i * width + k]! /= sum) !== 0) count[i] = k + 1;
  }
  return { first, count, weights, width };
}

const clampIndex = (i: number, size: number): number => (i < 0 ? 0 : i >= size ? size - 1 : i);

/**
 * Resizes interleaved 8-bit samples (1, 3 or 4 channels) from sw×sh to dw×dh. Values are rounded and clamped to 0…255.
 * A picture of the same size is returned as it is (not copied).
 */
export function resample(
  src: Uint8Array,
  sw: number,
  sh: number,
  dw: number,
  dh: number,
  channels: 1 | 3 | 4,
): Uint8Array {
  if (sw === dw && sh === dh) return src;
  const across = taps(sw, dw);
  const down = taps(sh, dh);
  const rowLength = dw * channels;
  const out = new Uint8Array(dh * rowLength);
  const sum = new Float32Array(rowLength);
  const rows = new Map<number, Float32Array>();
  const spare: Float32Array[] = [];
  for (let y = 0; y < dh; y++) {
    const top = down.first[y] ?? 0;
    sum.fill(0);
    for (const [key, row] of rows) {
      if (key >= clampIndex(top, sh)) continue;
      rows.delete(key);
      spare.push(row);
    }
    for (let k = 0; k < down.count[y]!; k++) {
      const weight = down.weights[y * down.width + k]!;
      const line = clampIndex(top + k, sh);
      let row = rows.get(line);
      if (!row) {
        row = spare.pop() ?? new Float32Array(rowLength);
        resampleRow(src, line * sw * channels, sw, row, dw, channels, across);
        rows.set(line, row);
      }
      add(sum, row, weight);
    }
    const at = y * rowLength;
    for (let i = 0; i < rowLength; i++) {
      const v = sum[i]! + 0.5;
      out[at + i] = v < 0 ? 0 : v > 255 ? 255 : v;
    }
  }
  return out;
}

function resampleRow(
  src: Uint8Array,
  offset: number,
  sw: number,
  row: Float32Array,
  dw: number,
  channels: number,
  across: Taps,
): void {
  if (sw === dw) {
    for (let i = 0; i < row.length; i++) row[i] = src[offset + i]!;
    return;
  }
  if (channels === 3) {
    resampleRgbRow(src, offset, sw, row, dw, across);
    return;
  }
  for (let x = 0; x < dw; x++) {
    const start = across.first[x]!;
    const count = across.count[x]!;
    for (let c = 0; c < channels; c++) {
      let v = 0;
      for (let k = 0; k < count; k++) {
        v += across.weights[x * across.width + k]! * src[offset + clampIndex(start + k, sw) * channels + c]!;
      }
      row[x * channels + c] = v;
    }
  }
}

/** The same for three channels at once: boards are large. */
function resampleRgbRow(
  src: Uint8Array,
  offset: number,
  sw: number,
  row: Float32Array,
  dw: number,
  { first, count, weights, width }: Taps,
): void {
  for (let x = 0; x < dw; x++) {
    const start = first[x]!;
    const n = count[x]!;
    const inside = start >= 0 && start + n <= sw;
    let r = 0;
    let g = 0;
    let b = 0;
    for (let k = 0, at = x * width; k < n; k++, at++) {
      const weight = weights[at]!;
      const from = offset + 3 * (inside ? start + k : clampIndex(start + k, sw));
      r += weight * src[from]!;
      g += weight * src[from + 1]!;
      b += weight * src[from + 2]!;
    }
    row[3 * x] = r;
    row[3 * x + 1] = g;
    row[3 * x + 2] = b;
  }
}

function add(sum: Float32Array, row: Float32Array, weight: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += weight * row[i]!;
}

/** Value of a one-channel map at fractional pixel position (x, y) measured from the top-left pixel's centre; clamped. */
export function bilinear(map: Float32Array, width: number, height: number, x: number, y: number): number {
  const cx = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const cy = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const x1 = x0 + 1 < width ? x0 + 1 : x0;
  const y1 = y0 + 1 < height ? y0 + 1 : y0;
  const fx = cx - x0;
  const fy = cy - y0;
  const a = map[y0 * width + x0]!;
  const b = map[y0 * width + x1]!;
  const c = map[y1 * width + x0]!;
  const d = map[y1 * width + x1]!;
  return (a + (b - a) * fx) * (1 - fy) + (c + (d - c) * fx) * fy;
}

/** A one-channel float map at another size, by bilinear interpolation (for maps that are smooth already). */
export function resizeMap(map: Float32Array, sw: number, sh: number, dw: number, dh: number): Float32Array {
  const out = new Float32Array(dw * dh);
  for (let y = 0; y < dh; y++) {
    for (let x = 0; x < dw; x++) {
      out[y * dw + x] = bilinear(map, sw, sh, ((x + 0.5) * sw) / dw - 0.5, ((y + 0.5) * sh) / dh - 0.5);
    }
  }
  return out;
}
