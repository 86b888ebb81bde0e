/** Filter weights for every sub-pixel phase. */
import { ACROSS_ONE, DOWN_ONE, PHASES } from './blocks';

/** Bytes of the two tables: pairs of 16-bit weights across, 32-bit weights down. */
export const ACROSS_BYTES = PHASES * 8;
export const DOWN_BYTES = PHASES * 16;

/**
 * Mitchell and Netravali's family of cubics (Reconstruction Filters in Computer Graphics, 1988) with C = (1 − B)/2:
 * B = 0 is Catmull-Rom, which leaves a picture read at whole pixels as it is; B = 1 the B-spline, soft enough to read a
 * picture at half its size without aliasing.
 */
function cubic(x: number, b: number): number {
  const c = (1 - b) / 2;
  const t = Math.abs(x);
  if (t < 1) return ((12 - 9 * b - 6 * c) * t ** 3 + (-18 + 12 * b + 6 * c) * t ** 2 + (6 - 2 * b)) / 6;
  if (t < 2) return ((-b - 6 * c) * t ** 3 + (6 * b + 30 * c) * t ** 2 + (-12 * b - 48 * c) * t + (8 * b + 24 * c)) / 6;
  return 0;
}

/** Four integer weights that sum to `one` exactly. */
function weights(phase: number, b: number, one: number): readonly number[] {
  const t = phase / PHASES;
  const taps = [1 + t, t, 1 - t, 2 - t].map((x) => Math.round(cubic(x, b) * one));
  const largest = t < 0.5 ? 1 : 2;
  return taps.map((w, i) => (i === largest ? w + one - taps.reduce((a, v) => a + v, 0) : w));
}

/** Writes both tables for softness `b` (0 … 1). */
export function writeFilter(view: DataView, across: number, down: number, b: number): void {
  for (let phase = 0; phase < PHASES; phase++) {
    weights(phase, b, ACROSS_ONE).forEach((w, i) => view.setInt16(across + 8 * phase + 2 * i, w, true));
    weights(phase, b, DOWN_ONE).forEach((w, i) => view.setInt32(down + 16 * phase + 4 * i, w, true));
  }
}

/** Softness that keeps a picture free of shimmer when one output pixel spans `footprint` of its pixels. */
export function softnessFor(footprint: number): number {
  return Math.min(1, Math.max(0, footprint - 1));
}
