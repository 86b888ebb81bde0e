/** What is burnt in, found by comparing a frame with itself before: where it lies, and whether it keeps the edges free. */
import { scored, type Check } from '../check';
import type { Picture } from '../../media';
import { THRESHOLDS } from '../thresholds';

/** Taken out of the global object once: in the innermost loops looking it up would cost more than the sum itself. */
const { abs, max, min } = Math;

/** A difference above this is burnt in, not the codec's (levels, of any channel). */
const BURNT = 28;

/** Pixels that differ, 1 each, with one pixel around them so that a codec's ringing is not looked at. */
export function burntMask(clean: Picture, burnt: Picture): Uint8Array {
  const { width, height } = clean;
  const mask = new Uint8Array(width * height);
  each(clean, burnt, apartAt, (x, y) => {
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) {
        const [px, py] = [x + dx, y + dy];
        if (px >= 0 && py >= 0 && px < width && py < height) mask[py * width + px] = 1;
      }
    }
  });
  return mask;
}

/** Words outside the title-safe area are lost on some screens. Both pictures are frame 0, of one size. */
export function safeAreaCheck(clean: Picture, burnt: Picture, frames: number): Check {
  const { width, height } = clean;
  const box = { left: width, top: height, right: -1, bottom: -1 };
  let count = 0;
  each(clean, burnt, standsOut, (x, y) => {
    count += 1;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  });
  if (count === 0) return scored('safe area', 0, 0.5, 'Burn-ins were asked for, none are seen.', [[0, frames]]);
  const margins = [box.left / width, 1 - (box.right + 1) / width, box.top / height, 1 - (box.bottom + 1) / height];
  const least = Math.min(...margins);
  // A pixel of the small picture may be half covered.
  const slack = 1.5 / Math.min(width, height);
  const ok = least >= THRESHOLDS.titleSafe - slack;
  const detail = ok
    ? 'What is burnt in keeps the title-safe area.'
    : `What is burnt in comes as near as ${(100 * Math.max(0, least)).toFixed(1)} % to an edge; ${100 * THRESHOLDS.titleSafe} % should stay free.`;
  return scored('safe area', ok ? 1 : Math.min(0.49, least / THRESHOLDS.titleSafe / 2), 0.5, detail, [[0, frames]]);
}

/** Least pixels that differ among a pixel and its eight neighbours: words are made of strokes, noise is not. */
const TOGETHER = 5;

/** Whether a pixel of `b`, by its number, is another than in `a`. */
type Apart = (a: Picture, b: Picture, pixel: number) => boolean;

function each(a: Picture, b: Picture, isApart: Apart, differs: (x: number, y: number) => void): void {
  const { width, height } = a;
  const apart = Uint8Array.from({ length: width * height }, (_, i) => (isApart(a, b, i) ? 1 : 0));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (apart[y * width + x] && around(apart, width, height, x, y) >= TOGETHER) differs(x, y);
    }
  }
}

function apartAt(a: Picture, b: Picture, pixel: number): boolean {
  for (let c = 3 * pixel; c < 3 * pixel + 3; c += 1) if (abs((a.rgb[c] ?? 0) - (b.rgb[c] ?? 0)) > BURNT) return true;
  return false;
}

/**
 * Another than everything around it was: a codec that softens a drawn line stays between the line and its paper, what is laid over
 * the drawing does not.
 */
function standsOut(a: Picture, b: Picture, pixel: number): boolean {
  if (!apartAt(a, b, pixel)) return false;
  const { width, height, rgb } = a;
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  for (let c = 0; c < 3; c += 1) {
    let [least, most] = [255, 0];
    for (let py = max(0, y - 1); py <= min(height - 1, y + 1); py += 1)
      for (let px = max(0, x - 1); px <= min(width - 1, x + 1); px += 1) {
        const level = rgb[3 * (py * width + px) + c] ?? 0;
        [least, most] = [min(least, level), max(most, level)];
      }
    const level = b.rgb[3 * pixel + c] ?? 0;
    if (level < least - BURNT || level > most + BURNT) return true;
  }
  return false;
}

function around(apart: Uint8Array, width: number, height: number, x: number, y: number): number {
  let count = 0;
  for (let py = max(0, y - 1); py <= min(height - 1, y + 1); py += 1)
    for (let px = max(0, x - 1); px <= min(width - 1, x + 1); px += 1) count += apart[py * width + px] ?? 0;
  return count;
}
