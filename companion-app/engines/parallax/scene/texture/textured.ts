/** Which parts of a hole lie in texture (hatching, grain, paint, several tones) and which on plain paper. */
import { components } from '../raster/components';
import { dilate } from '../raster/morphology';
import type { Holed } from './cells';

/** Pixels along the side of a block that is judged as one. */
const BLOCK = 4;
/** Width of the surroundings looked at, in blocks. */
const AROUND = 8;
/** Difference of tone between the lightest and darkest twentieth of the surroundings that plain paper does not have. */
const TONES = 14;
/** Mean deviation from a block's own tone, in grey levels, above which there is grain or hatching. */
const GRAIN = 2.5;

/** 1 on the hole's pixels whose surroundings have texture, judged for each connected part of the hole. */
export function texturedHole({ width, height, rgb, hole }: Holed, usable: Uint8Array): Uint8Array {
  const w = Math.ceil(width / BLOCK);
  const h = Math.ceil(height / BLOCK);
  const open = new Uint8Array(w * h);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / BLOCK) * w;
    for (let x = 0; x < width; x++, i++) if (hole[i]) open[row + Math.floor(x / BLOCK)] = 1;
  }
  const parts = components(dilate(open, w, h, 1), w, h, true);
  const around: { tones: number[]; grain: number }[] = Array.from({ length: parts.count + 1 }, () => ({ tones: [], grain: 0 })); // prettier-ignore
  const near = spreadLabels(parts.labels, w, h);
  for (let by = 0; by < h; by++) {
    for (let bx = 0; bx < w; bx++) {
      const part = around[near[by * w + bx]!]!;
      if (!near[by * w + bx] || open[by * w + bx]) continue;
      const values: number[] = [];
      for (let y = by * BLOCK; y < Math.min(height, by * BLOCK + BLOCK); y++) {
        for (let x = bx * BLOCK; x < Math.min(width, bx * BLOCK + BLOCK); x++) {
          const i = y * width + x;
          if (usable[i]) values.push(rgb[3 * i + 1]!);
        }
      }
      if (values.length === 0) continue;
      const mean = Math.fround(values.reduce((sum, v) => sum + v, 0) / values.length);
      part.tones.push(mean);
      part.grain += values.reduce((sum, v) => sum + Math.abs(v - mean), 0) / values.length;
    }
  }
  const textured = around.map(({ tones, grain: sum }) => {
    const sorted = tones.sort((a, b) => a - b);
    const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
    return sorted.length > 0 && (at(0.95) - at(0.05) > TONES || sum > GRAIN * sorted.length);
  });
  return hole.map((v, i) => {
    const y = Math.floor(i / width);
    return v && textured[parts.labels[Math.floor(y / BLOCK) * w + Math.floor((i - y * width) / BLOCK)]!] ? 1 : 0;
  });
}

/** Labels spread over the blocks around them; between two the higher wins. */
function spreadLabels(labels: Int32Array, width: number, height: number): Int32Array {
  let from = labels;
  for (let round = 0; round < AROUND; round++) {
    const to = from.slice();
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = y * width + x;
        if (from[at]) continue;
        to[at] = Math.max(
          x > 0 ? from[at - 1]! : 0,
          x + 1 < width ? from[at + 1]! : 0,
          y > 0 ? from[at - width]! : 0,
          y + 1 < height ? from[at + width]! : 0,
        );
      }
    }
    from = to;
  }
  return from;
}
