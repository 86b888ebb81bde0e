/** Greyscale morphology and box filters on one-channel maps, all in time independent of the radius. */

type Map8 = Uint8Array;

/**
 * Extremum over `2·radius+1` neighbours along a line of `count` groups of `step` samples, by windows that double in length;
 * beyond the ends the end samples go on. `a` and `b` are scratch of count + 2·radius groups; the result is left in `dst`.
 */
function running(
  src: Map8,
  dst: Map8,
  count: number,
  step: number,
  radius: number,
  most: boolean,
  a: Map8,
  b: Map8,
): void {
  const pad = radius * step;
  const total = count * step + 2 * pad;
  for (let i = 0; i < pad; i++) {
    a[i] = src[i % step]!;
    a[pad + count * step + i] = src[(count - 1) * step + (i % step)]!;
  }
  a.set(src, pad);
  let from = a;
  let to = b;
  let window = 1;
  const full = 2 * radius + 1;
  while (2 * window <= full) {
    const shift = window * step;
    const end = total - shift;
    if (most) for (let i = 0; i < end; i++) to[i] = from[i]! > from[i + shift]! ? from[i]! : from[i + shift]!;
    else for (let i = 0; i < end; i++) to[i] = from[i]! < from[i + shift]! ? from[i]! : from[i + shift]!;
    [from, to] = [to, from];
    window *= 2;
  }
  const shift = (full - window) * step;
  const end = count * step;
  if (most) for (let i = 0; i < end; i++) dst[i] = from[i]! > from[i + shift]! ? from[i]! : from[i + shift]!;
  else for (let i = 0; i < end; i++) dst[i] = from[i]! < from[i + shift]! ? from[i]! : from[i + shift]!;
}

function extremum(src: Map8, width: number, height: number, radius: number, most: boolean): Map8 {
  if (radius < 1) return src.slice();
  const upright = new Uint8Array(src.length);
  const a = new Uint8Array(src.length + 2 * radius * Math.max(1, width));
  const b = new Uint8Array(a.length);
  running(src, upright, height, width, radius, most, a, b);
  const out = new Uint8Array(src.length);
  for (let y = 0; y < height; y++) {
    const at = y * width;
    running(upright.subarray(at, at + width), out.subarray(at, at + width), width, 1, radius, most, a, b);
  }
  return out;
}

/** Largest value in the square of side 2·radius+1. */
export const dilate = (src: Map8, width: number, height: number, radius: number): Map8 =>
  extremum(src, width, height, radius, true);

/** Smallest value in the square of side 2·radius+1. */
export const erode = (src: Map8, width: number, height: number, radius: number): Map8 =>
  extremum(src, width, height, radius, false);

/** Fills dark details narrower than 2·radius+1: what the board looks like without its strokes. */
export const close = (src: Map8, width: number, height: number, radius: number): Map8 =>
  erode(dilate(src, width, height, radius), width, height, radius);

/** Mean over the square of side 2·radius+1, the window cut at the borders. */
export function boxBlur(src: Float32Array, width: number, height: number, radius: number): Float32Array {
  if (radius < 1) return src.slice();
  const across = new Float32Array(src.length);
  for (let y = 0; y < height; y++) blurLine(src, across, y * width, 1, width, radius);
  const out = new Float32Array(src.length);
  for (let x = 0; x < width; x++) blurLine(across, out, x, width, height, radius);
  return out;
}

function blurLine(
  src: Float32Array,
  dst: Float32Array,
  offset: number,
  stride: number,
  length: number,
  radius: number,
): void {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < Math.min(radius, length); i++) {
    sum += src[offset + i * stride]!;
    count++;
  }
  for (let i = 0; i < length; i++) {
    if (i + radius < length) {
      sum += src[offset + (i + radius) * stride]!;
      count++;
    }
    if (i - radius - 1 >= 0) {
      sum -= src[offset + (i - radius - 1) * stride]!;
      count--;
    }
    dst[offset + i * stride] = sum / count;
  }
}

/** Gradient magnitude of an 8-bit map (central differences, in grey levels a pixel). */
export function gradient(src: Map8, width: number, height: number): Float32Array {
  const out = new Float32Array(src.length);
  for (let y = 0; y < height; y++) {
    const up = (y > 0 ? y - 1 : y) * width;
    const down = (y < height - 1 ? y + 1 : y) * width;
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? x - 1 : x;
      const right = x < width - 1 ? x + 1 : x;
      const gx = (src[y * width + right]! - src[y * width + left]!) / 2;
      const gy = (src[down + x]! - src[up + x]!) / 2;
      out[y * width + x] = Math.sqrt(gx * gx + gy * gy);
    }
  }
  return out;
}
