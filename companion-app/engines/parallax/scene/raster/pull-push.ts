/** Pull-push scattered-data fill (Gortler et al., "The Lumigraph", section 4.3): smooth colour where nothing is known. */

interface Level {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
  readonly weights: Float32Array;
}

/**
 * Fills the picture where `weights` (0…1 a pixel) is 0 with a smooth blend of what is known around it; known pixels of
 * weight 1 are kept. `values` holds `channels` interleaved floats a pixel and is changed in place.
 * Where nothing at all is known the values stay as they are.
 */
export function pullPush(
  values: Float32Array,
  weights: Float32Array,
  width: number,
  height: number,
  channels: number,
): void {
  const levels: Level[] = [{ width, height, values, weights }];
  for (let top = levels[0]!; top.width > 1 || top.height > 1;) {
    top = pull(top, channels);
    levels.push(top);
  }
  for (let i = levels.length - 2; i >= 0; i--) push(levels[i + 1]!, levels[i]!, channels);
}

function pull(fine: Level, channels: number): Level {
  const width = Math.ceil(fine.width / 2);
  const height = Math.ceil(fine.height / 2);
  const values = new Float32Array(width * height * channels);
  const weights = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = y * width + x;
      let total = 0;
      for (let dy = 0; dy < 2 && 2 * y + dy < fine.height; dy++) {
        for (let dx = 0; dx < 2 && 2 * x + dx < fine.width; dx++) {
          const from = (2 * y + dy) * fine.width + 2 * x + dx;
          const w = fine.weights[from]!;
          if (w === 0) continue;
          total += w;
          for (let c = 0; c < channels; c++) values[to * channels + c]! += w * fine.values[from * channels + c]!;
        }
      }
      if (total > 0) for (let c = 0; c < channels; c++) values[to * channels + c]! /= total;
      weights[to] = total > 1 ? 1 : total;
    }
  }
  return { width, height, values, weights };
}

function push(coarse: Level, fine: Level, channels: number): void {
  for (let y = 0; y < fine.height; y++) {
    const sy = Math.min(Math.max((y + 0.5) / 2 - 0.5, 0), coarse.height - 1);
    const y0 = Math.floor(sy);
    const y1 = Math.min(y0 + 1, coarse.height - 1);
    const fy = sy - y0;
    for (let x = 0; x < fine.width; x++) {
      const at = y * fine.width + x;
      const w = fine.weights[at]!;
      if (w >= 1) continue;
      const sx = Math.min(Math.max((x + 0.5) / 2 - 0.5, 0), coarse.width - 1);
      const x0 = Math.floor(sx);
      const x1 = Math.min(x0 + 1, coarse.width - 1);
      const fx = sx - x0;
      const a = y0 * coarse.width + x0;
      const b = y0 * coarse.width + x1;
      const d = y1 * coarse.width + x0;
      const e = y1 * coarse.width + x1;
      const qa = coarse.weights[a]! > 0 ? (1 - fx) * (1 - fy) : 0;
      const qb = coarse.weights[b]! > 0 ? fx * (1 - fy) : 0;
      const qd = coarse.weights[d]! > 0 ? (1 - fx) * fy : 0;
      const qe = coarse.weights[e]! > 0 ? fx * fy : 0;
      const known = qa + qb + qd + qe;
      if (known <= 0) continue;
      for (let c = 0; c < channels; c++) {
        const v =
          qa * coarse.values[a * channels + c]! +
          qb * coarse.values[b * channels + c]! +
          qd * coarse.values[d * channels + c]! +
          qe * coarse.values[e * channels + c]!;
        fine.values[at * channels + c] = w * fine.values[at * channels + c]! + (1 - w) * (v / known);
      }
      fine.weights[at] = 1;
    }
  }
}
