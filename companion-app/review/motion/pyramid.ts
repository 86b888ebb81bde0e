/** A picture in halving sizes, with its slopes. */
import type { Luma } from '../luma';

export interface Level extends Luma {
  /** Slopes in levels a pixel, right and down. */
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

/** Longest side of the largest and of the smallest level, pixels: subpixel steps make up for what is thrown away. */
const [LARGEST, SMALLEST] = [110, 28];

/** From about a hundred pixels down to about two dozen, the largest first. */
export function pyramid(luma: Luma): Level[] {
  let next = luma;
  while (Math.max(next.width, next.height) > LARGEST) next = halved(next);
  const levels = [sloped(blurred(next))];
  while (Math.max(next.width, next.height) > SMALLEST && Math.min(next.width, next.height) >= 12) {
    next = halved(next);
    levels.push(sloped(blurred(next)));
  }
  return levels;
}

function halved({ width, height, values }: Luma): Luma {
  const [w, h] = [width >> 1, height >> 1];
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const i = 2 * y * width + 2 * x;
      const sum = (values[i] ?? 0) + (values[i + 1] ?? 0) + (values[i + width] ?? 0) + (values[i + width + 1] ?? 0);
      out[y * w + x] = sum / 4;
    }
  }
  return { width: w, height: h, values: out };
}

/** Thin lines need some width before their slopes lead anywhere: 1-2-1 both ways. */
function blurred({ width, height, values }: Luma): Luma {
  const across = new Float32Array(values.length);
  const out = new Float32Array(values.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const left = values[x > 0 ? i - 1 : i] ?? 0;
      const right = values[x < width - 1 ? i + 1 : i] ?? 0;
      across[i] = (left + 2 * (values[i] ?? 0) + right) / 4;
    }
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const up = across[y > 0 ? i - width : i] ?? 0;
      const down = across[y < height - 1 ? i + width : i] ?? 0;
      out[i] = (up + 2 * (across[i] ?? 0) + down) / 4;
    }
  }
  return { width, height, values: out };
}

function sloped(luma: Luma): Level {
  const { width, height, values } = luma;
  const dx = new Float32Array(values.length);
  const dy = new Float32Array(values.length);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      dx[i] = ((values[i + 1] ?? 0) - (values[i - 1] ?? 0)) / 2;
      dy[i] = ((values[i + width] ?? 0) - (values[i - width] ?? 0)) / 2;
    }
  }
  return { ...luma, dx, dy };
}
