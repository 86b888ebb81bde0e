/** Softening and cubic interpolation in floats, as SVD prepares its picture for CLIP. Planes are [3, height, width]. */

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** A number mirrored into 0…size−1 without repeating the edge. */
function mirrored(i: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const j = ((i % period) + period) % period;
  return j < size ? j : period - j;
}

function gaussian(factor: number): Float64Array {
  const sigma = Math.max((factor - 1) / 2, 0.001);
  const least = Math.trunc(Math.max(4 * sigma, 3));
  const length = least % 2 === 0 ? least + 1 : least;
  const weights = Float64Array.from({ length }, (_, i) => Math.exp(-((i - (length >> 1)) ** 2) / (2 * sigma ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Gaussian blur along one axis with mirrored edges. */
function blur(planes: Float32Array, size: Extent, kernel: Float64Array, vertical: boolean): Float32Array {
  const { width, height } = size;
  const out = new Float32Array(planes.length);
  const [length, step] = vertical ? [height, width] : [width, 1];
  const half = kernel.length >> 1;
  const places = Int32Array.from({ length: length + 2 * half }, (_, i) => mirrored(i - half, length) * step);
  for (let start = 0; start < planes.length; start += width * height) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const base = start + (vertical ? x : y * width);
        const place = vertical ? y : x;
        let sum = 0;
        for (let k = 0; k < kernel.length; k++) {
          sum += (kernel[k] ?? 0) * (planes[base + (places[place + k] ?? 0)] ?? 0);
        }
        out[start + y * width + x] = sum;
      }
    }
  }
  return out;
}

/** Blurs as much as the shrink to `edge` × `edge` needs on each axis. */
export function soften(planes: Float32Array, size: Extent, edge: number): Float32Array {
  const across = blur(planes, size, gaussian(size.width / edge), false);
  return blur(across, size, gaussian(size.height / edge), true);
}

interface CubicTaps {
  readonly places: readonly number[];
  readonly weights: readonly number[];
}

/** Keys' cubic with a = −0.75 at positions that keep the corners, in 32 bits as PyTorch counts them; edge pixels repeated. */
function cubicTaps(from: number, to: number): CubicTaps[] {
  const a = -0.75;
  const stride = to > 1 ? Math.fround((from - 1) / (to - 1)) : 0;
  const near = (x: number) => ((a + 2) * x - (a + 3)) * x * x + 1;
  const far = (x: number) => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  return Array.from({ length: to }, (_, i) => {
    const position = Math.fround(i * stride);
    const base = Math.floor(position);
    const t = position - base;
    return {
      places: [-1, 0, 1, 2].map((k) => Math.min(Math.max(base + k, 0), from - 1)),
      weights: [far(t + 1), near(t), near(1 - t), far(2 - t)],
    };
  });
}

/** Cubic interpolation to `edge` × `edge`, corners on corners. */
export function bicubicAligned(planes: Float32Array, size: Extent, edge: number): Float32Array {
  const [columns, rows] = [cubicTaps(size.width, edge), cubicTaps(size.height, edge)];
  const area = size.width * size.height;
  const out = new Float32Array((planes.length / area) * edge * edge);
  let next = 0;
  for (let start = 0; start < planes.length; start += area) {
    for (const row of rows) {
      for (const column of columns) {
        let sum = 0;
        row.places.forEach((y, j) => {
          let line = 0;
          column.places.forEach((x, k) => {
            line += (column.weights[k] ?? 0) * (planes[start + y * size.width + x] ?? 0);
          });
          sum += (row.weights[j] ?? 0) * line;
        });
        out[next++] = sum;
      }
    }
  }
  return out;
}
