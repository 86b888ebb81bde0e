/** The clean plate: the picture without its figures, the background carried on behind them. */
import { dilate } from '../raster/morphology';
import { pullPush } from '../raster/pull-push';
import { fillTexture } from '../texture/fill';
import { texturedHole } from '../texture/textured';
import type { Layout } from '../layout';
import type { Canvas } from './canvas';

const STEP = 4;

/** The hole a plate has to fill: what was lifted off and a little around it, where the rest of an edge lingers. */
export const widened = (canvas: Canvas, hole: Uint8Array, grow: number): Uint8Array =>
  dilate(hole, canvas.width, canvas.height, grow);

/**
 * An opaque picture with the `hole` (1 a pixel) filled smoothly from around it. Pixels where `skip` is above `most` are
 * not used as a source, so that strokes ending at the hole do not smear into it.
 */
export function cleanPlate(canvas: Canvas, hole: Uint8Array, skip: Uint8Array | undefined, most: number): Uint8Array {
  const { width, height, rgb } = canvas;
  const smooth = smoothFill(canvas, hole, skip, most);
  const out = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      out[4 * at + 3] = 255;
      if (!hole[at]) {
        out[4 * at] = rgb[3 * at]!;
        out[4 * at + 1] = rgb[3 * at + 1]!;
        out[4 * at + 2] = rgb[3 * at + 2]!;
      } else smooth.sample(x, y, out, 4 * at);
    }
  }
  return out;
}

/**
 * Carries hatching, grain and the edges of washes on into the parts of the hole that lie in them, over what is there. Changes
 * `plate` (RGBA) in place and returns the part of the hole that is left smooth. `kind`: see Holed.
 */
export function continueTexture(
  plate: Uint8Array,
  hole: Uint8Array,
  { width, height }: Canvas,
  layout: Layout,
  { seed, kind }: { readonly seed: number; readonly kind: Uint8Array },
): Uint8Array {
  // Only what was drawn is copied: the margins are made up already.
  const { boardX, boardY, boardWidth, boardHeight } = layout;
  const usable = new Uint8Array(width * height);
  const [left, right] = [Math.max(0, boardX), Math.min(width, boardX + boardWidth)];
  for (let y = Math.max(0, boardY); y < Math.min(height, boardY + boardHeight); y++) {
    usable.fill(1, y * width + left, y * width + right);
  }
  const picture = { width, height, rgb: new Uint8Array(width * height * 3), hole };
  for (let i = 0, from = 0, to = 0; i < hole.length; i++, from += 4, to += 3) {
    picture.rgb[to] = plate[from]!;
    picture.rgb[to + 1] = plate[from + 1]!;
    picture.rgb[to + 2] = plate[from + 2]!;
  }
  const textured = texturedHole(picture, usable);
  if (!textured.includes(1)) return hole;
  for (let i = 0; i < hole.length; i++) if (hole[i] && !textured[i]) usable[i] = 0;
  fillTexture({ ...picture, hole: textured, kind }, usable, seed);
  for (let i = 0; i < hole.length; i++) {
    if (textured[i]) for (let c = 0; c < 3; c++) plate[4 * i + c] = picture.rgb[3 * i + c]!;
  }
  return hole.map((v, i) => (v && !textured[i] ? 1 : 0));
}

export interface SmoothFill {
  sample(x: number, y: number, out: Uint8Array, to: number): void;
}

/** Pull-push at a quarter of the size, read back bilinearly. */
export function smoothFill(canvas: Canvas, hole: Uint8Array, skip: Uint8Array | undefined, most: number): SmoothFill {
  const { width, height, rgb } = canvas;
  const w = Math.ceil(width / STEP);
  const h = Math.ceil(height / STEP);
  const values = new Float32Array(w * h * 3);
  const weights = new Float32Array(w * h);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / STEP) * w;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (hole[at] || (skip && skip[at]! > most)) continue;
      const to = row + Math.floor(x / STEP);
      weights[to]! += 1;
      for (let c = 0; c < 3; c++) values[3 * to + c]! += rgb[3 * at + c]!;
    }
  }
  for (let i = 0; i < weights.length; i++) {
    const n = weights[i]!;
    if (n === 0) continue;
    for (let c = 0; c < 3; c++) values[3 * i + c]! /= n;
    weights[i] = 1;
  }
  pullPush(values, weights, w, h, 3);
  return {
    sample(x, y, out, to) {
      const sx = Math.min(w - 1, Math.max(0, (x + 0.5) / STEP - 0.5));
      const sy = Math.min(h - 1, Math.max(0, (y + 0.5) / STEP - 0.5));
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      const right = x0 + 1 < w ? 3 : 0;
      const below = y0 + 1 < h ? 3 * w : 0;
      const fx = sx - x0;
      const fy = sy - y0;
      const at = 3 * (y0 * w + x0);
      for (let c = 0; c < 3; c++) {
        const a = values[at + c]!;
        const b = values[at + c + right]!;
        const d = values[at + c + below]!;
        const e = values[at + c + below + right]!;
        out[to + c] = (a + (b - a) * fx) * (1 - fy) + (d + (e - d) * fx) * fy + 0.5;
      }
    },
  };
}
