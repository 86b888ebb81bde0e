/** Exact Euclidean distance transform (Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions"). */

const FAR = 1e12;

/**
 * Distance in pixels from each pixel to the nearest one where `mask` is not 0 (0 on the mask itself).
 * With `closedFrame` everything outside the picture counts as mask, so distances near the border stay small.
 */
export function distanceTo(mask: Uint8Array, width: number, height: number, closedFrame = false): Float32Array {
  const out = new Float32Array(width * height);
  const longest = Math.max(width, height);
  const f = new Float64Array(longest);
  const d = new Float64Array(longest);
  const v = new Int32Array(longest);
  const z = new Float64Array(longest + 1);
  const columns = new Float64Array(width * height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) f[y] = mask[y * width + x] ? 0 : FAR;
    transformLine(f, d, v, z, height);
    for (let y = 0; y < height; y++) {
      const edge = closedFrame ? Math.min(y + 1, height - y) : longest * 2;
      columns[y * width + x] = Math.min(d[y]!, edge * edge);
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) f[x] = columns[y * width + x]!;
    transformLine(f, d, v, z, width);
    for (let x = 0; x < width; x++) {
      const edge = closedFrame ? Math.min(x + 1, width - x) : longest * 2;
      out[y * width + x] = Math.min(Math.sqrt(d[x]!), edge);
    }
  }
  return out;
}

/** Lower envelope of parabolas: squared distance along one line. */
function transformLine(f: Float64Array, d: Float64Array, v: Int32Array, z: Float64Array, n: number): void {
  let k = 0;
  v[0] = 0;
  z[0] = -Infinity;
  z[1] = Infinity;
  for (let q = 1; q < n; q++) {
    let s = meet(f, v[k]!, q);
    while (s <= z[k]!) {
      k--;
      s = meet(f, v[k]!, q);
    }
    k++;
    v[k] = q;
    z[k] = s;
    z[k + 1] = Infinity;
  }
  k = 0;
  for (let q = 0; q < n; q++) {
    while (z[k + 1]! < q) k++;
    const p = v[k]!;
    d[q] = (q - p) * (q - p) + f[p]!;
  }
}

function meet(f: Float64Array, p: number, q: number): number {
  return (f[q]! + q * q - (f[p]! + p * p)) / (2 * q - 2 * p);
}
