/** What a sheet shows where a nearer one covered it, once the two come apart. */
import { boxBlur, dilate, erode } from '../raster/morphology';
import { bilinear } from '../raster/resample';
import type { Canvas } from './canvas';
import { smoothFill } from './plate';

/** The work is done on a map this much smaller. */
const STEP = 4;

export interface Covered {
  /** 1 where nearer sheets lie, a little more than they are. */
  readonly by: Uint8Array;
  /** 1 where a part of the board that moves by itself lies, the same way. */
  readonly moving: Uint8Array;
}

/** How far, in pixels, a sheet goes on under what covers it, and how wide a bay in it is closed where a region moves away. */
export interface Reach {
  readonly little: number;
  readonly bay: number;
}

/**
 * Carries the sheet's own tones on under its cover and takes the cover's outline out of it. Changes `rgba` (straight alpha) in
 * place; `skip` above `most` marks strokes, which are not carried on.
 */
export function extendUnder(
  rgba: Uint8Array,
  canvas: Canvas,
  covered: Covered,
  reach: Reach,
  skip: Uint8Array | undefined,
  most: number,
): void {
  const { width, height } = canvas;
  const other = new Uint8Array(width * height);
  let met = false;
  for (let i = 0; i < other.length; i++) {
    other[i] = rgba[4 * i + 3] === 255 && !covered.by[i] ? 0 : 1;
    if (other[i] && rgba[4 * i + 3]! > 0) met = true;
  }
  if (!met || !other.includes(0)) return;
  const w = Math.ceil(width / STEP);
  const h = Math.ceil(height / STEP);
  const own = new Uint8Array(w * h);
  for (let y = 0; y < height; y += STEP) {
    for (let x = 0; x < width; x += STEP) own[(y / STEP) * w + x / STEP] = other[y * width + x] ? 0 : 1;
  }
  // Bodies go on under their cover; lone strokes end at it.
  const bodies = dilate(erode(own, w, h, 1), w, h, 1);
  const little = soft(dilate(bodies, w, h, Math.max(1, Math.round(reach.little / STEP))), w, h);
  const bay = Math.max(1, Math.round(reach.bay / STEP));
  const closed = covered.moving.includes(1) ? soft(erode(dilate(bodies, w, h, bay), w, h, bay), w, h) : little;
  const fill = smoothFill(canvas, other, skip, most);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!covered.by[at]) continue;
      const [u, v] = [(x + 0.5) / STEP - 0.5, (y + 0.5) / STEP - 0.5];
      const on = Math.max(bilinear(little, w, h, u, v), covered.moving[at] ? bilinear(closed, w, h, u, v) : 0);
      if (on <= 0.3) continue;
      fill.sample(x, y, rgba, 4 * at);
      rgba[4 * at + 3] = Math.max(rgba[4 * at + 3]!, Math.round(255 * Math.min(1, (on - 0.3) / 0.4)));
    }
  }
}

/** A map of 0 and 1 with its corners rounded off. */
const soft = (map: Uint8Array, width: number, height: number): Float32Array =>
  boxBlur(Float32Array.from(map), width, height, 1);
