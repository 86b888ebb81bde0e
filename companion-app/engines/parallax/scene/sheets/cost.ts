/** Where a cut between sheets belongs, at full size. */
import { dilate, gradient } from '../raster/morphology';
import type { Ink } from '../relief/ink';
import type { Relief } from '../relief/relief';
import type { Canvas } from './canvas';

/** Depth of stroke at every pixel: how much darker the drawing is than the tone under it (0…255). */
export function strokeDepth(canvas: Canvas, ink: Ink): Uint8Array {
  const { width, height, rgb } = canvas;
  const out = new Uint8Array(width * height);
  for (let at = 0; at < out.length; at++) {
    const from = canvas.study[at]!;
    if (from < 0) continue;
    const r = rgb[3 * at]!;
    const g = rgb[3 * at + 1]!;
    const b = rgb[3 * at + 2]!;
    const depth = ink.tone[from]! - (r < g ? (r < b ? r : b) : g < b ? g : b);
    out[at] = depth > 0 ? depth : 0;
  }
  return out;
}

/** Depth of the strokes around each study pixel that is on one; 255 elsewhere. */
export function strokePeaks(relief: Relief, ink: Ink): Uint8Array {
  const peaks = dilate(ink.depth, relief.width, relief.height, 1);
  return peaks.map((peak, i) => (ink.mask[i] ? peak : 255));
}

/** Steepness of the picture at every pixel, scaled so that the plain edges of a painting reach the top. */
export function steepness(canvas: Canvas): Uint8Array {
  const { width, height, rgb } = canvas;
  const luma = new Uint8Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = 0.2126 * rgb[3 * i]! + 0.7152 * rgb[3 * i + 1]! + 0.0722 * rgb[3 * i + 2]!;
  }
  const slope = gradient(luma, width, height);
  const out = new Uint8Array(luma.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.min(255, 6 * slope[i]!);
  return out;
}
