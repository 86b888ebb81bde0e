/** Structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004) over 8×8 windows, step 4. */
import type { Luma } from './luma';

const [WINDOW, STEP] = [8, 4];
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;
/** Windows in which neither picture varies more than this (variance, levels²) are empty paper and say nothing. */
const EMPTY = 9;

/**
 * Mean similarity, -1 to 1, over the windows in which at least one picture has something drawn, strong lines counting
 * for more than faint ones: the white paper of a storyboard would otherwise make any two boards alike. 1 when both are
 * empty. Both pictures are of one size.
 */
export function ssim(a: Luma, b: Luma): number {
  let sum = 0;
  let weights = 0;
  for (let y = 0; y + WINDOW <= a.height; y += STEP) {
    for (let x = 0; x + WINDOW <= a.width; x += STEP) {
      const { ma, mb, va, vb, cov } = moments(a, b, x, y);
      if (va < EMPTY && vb < EMPTY && Math.abs(ma - mb) < 2) continue;
      const weight = Math.sqrt(Math.max(va, vb, EMPTY));
      sum += (weight * (2 * ma * mb + C1) * (2 * cov + C2)) / ((ma * ma + mb * mb + C1) * (va + vb + C2));
      weights += weight;
    }
  }
  return weights === 0 ? 1 : sum / weights;
}

function moments(
  a: Luma,
  b: Luma,
  x0: number,
  y0: number,
): { ma: number; mb: number; va: number; vb: number; cov: number } {
  const n = WINDOW * WINDOW;
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let y = y0; y < y0 + WINDOW; y += 1) {
    for (let x = x0; x < x0 + WINDOW; x += 1) {
      const p = a.values[y * a.width + x] ?? 0;
      const q = b.values[y * b.width + x] ?? 0;
      sa += p;
      sb += q;
      saa += p * p;
      sbb += q * q;
      sab += p * q;
    }
  }
  const [ma, mb] = [sa / n, sb / n];
  return { ma, mb, va: saa / n - ma * ma, vb: sbb / n - mb * mb, cov: sab / n - ma * mb };
}
