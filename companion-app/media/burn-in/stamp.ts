/** Draws boxes and letters into 8-bit RGB, in place, cut at the edges. */
import type { TextMask } from './text-mask';

export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Darkens a box: `strength` 0–1 of the way to black. */
export function shade(canvas: Canvas, box: Box, strength: number): void {
  const keep = Math.round(256 * (1 - strength));
  const x0 = Math.max(0, box.x);
  const x1 = Math.min(canvas.width, box.x + box.width);
  for (let y = Math.max(0, box.y); y < Math.min(canvas.height, box.y + box.height); y++) {
    const end = (y * canvas.width + x1) * 3;
    for (let i = (y * canvas.width + x0) * 3; i < end; i++) canvas.rgb[i] = ((canvas.rgb[i] ?? 0) * keep) >> 8;
  }
}

/** Lays white letters: a part of a mask, `from` its column, `columns` wide, at x, y of the canvas. */
export function stamp(canvas: Canvas, mask: TextMask, x: number, y: number, from = 0, columns = mask.width): void {
  for (let row = 0; row < mask.height; row++) {
    const cy = y + row;
    if (cy < 0 || cy >= canvas.height) continue;
    for (let column = 0; column < columns; column++) {
      const cx = x + column;
      const a = mask.alpha[row * mask.width + from + column] ?? 0;
      if (a === 0 || cx < 0 || cx >= canvas.width) continue;
      const i = (cy * canvas.width + cx) * 3;
      for (let c = 0; c < 3; c++) {
        const under = canvas.rgb[i + c] ?? 0;
        canvas.rgb[i + c] = under + Math.round(((255 - under) * a) / 255);
      }
    }
  }
}
