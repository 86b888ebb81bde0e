/** Greyscale morphology and box filters on one-channel maps, all in time independent of the radius. */

type Map8 = Uint8Array;

/** Running extremum of one line (van Herk / Gil–Werman): `sign` +1 gives the maximum, −1 the minimum. */
function runningExtremum(
  src: Map8,
  dst: Map8,
  offset: number,
  stride: number,
  length: number,
  radius: number,
  sign: number,
  forward: Int16Array,
  backward: Int16Array,
): void {
  const window = 2 * radius + 1;
  const padded = length + 2 * radius;
  const low = -256;
  const at = (i: number): number => {
    const j = i - radius;
    return j < 0 || j >= length ? low : sign * src[offset + j * stride]!;
  };
  for (let i = 0; i < padded; i++) {
    const v = at(i);
    forward[i] = i % window === 0 || v > forward[i - 1]! ? v : forward[i - 1]!;
  }
  for (let i = padded - 1; i >= 0; i--) {
    const v = at(i);
    backward[i] = i === padded - 1 || (i + 1) % window === 0 || v > backward[i + 1]! ? v : backward[i + 1]!;
  }
  for (let i = 0; i < length; i++) {
    const a = backward[i]!;
    const b = forward[i + 2 * radius]!;
    dst[offset + i * stride] = sign * (a > b ? a : b);
  }
}

function extremum(src: Map8, width: number, height: number, radius: number, sign: number): Map8 {
  if (radius < 1) return src.slice();
  const longest = Math.max(width, height) + 2 * radius;
  const forward = new Int16Array(longest);
  const backward = new Int16Array(longest);
  const across = new Uint8Array(src.length);
  for (let y = 0; y < height; y++) runningExtremum(src, across, y * width, 1, width, radius, sign, forward, backward);
  const out = new Uint8Array(src.length);
  for (let x = 0; x < width; x++) runningExtremum(across, out, x, width, height, radius, sign, forward, backward);
  return out;
}

/** Largest value in the square of side 2·radius+1. */
export const dilate = (src: Map8, width: number, height: number, radius: number): Map8 =>
  extremum(src, width, height, radius, 1);

/** Smallest value in the square of side 2·radius+1. */
export const erode = (src: Map8, width: number, height: number, radius: number): Map8 =>
  extremum(src, width, height, radius, -1);

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
