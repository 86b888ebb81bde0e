/**
 * Cutting sheets out at full size. The relief knows a figure to a few pixels; here the cut is moved onto the drawing: a
 * watershed floods in from both sides of the outline and meets along the middle of the stroke (Vincent and Soille), inside
 * is opaque, and the outer half of the stroke keeps exactly its own coverage, so no paper clings to it.
 */
import { distanceTo } from '../raster/distance';
import type { Relief } from '../relief/relief';
import type { Canvas } from './canvas';
import type { Split } from './split';

/** Sheet of every pixel of the picture; 0 is the backdrop. */
export interface Cut {
  readonly sheet: Uint8Array;
  /** 1 where the cut was free to move. */
  readonly band: Uint8Array;
}

const UNKNOWN = 255;

/** Sheet labels at study size and a mark where another sheet begins within `reach` pixels. */
function coarse(relief: Relief, split: Split, reach: number): { sheet: Uint8Array; near: Uint8Array } {
  const { width, height, labels } = relief;
  const sheet = new Uint8Array(labels.length);
  for (let i = 0; i < sheet.length; i++) sheet[i] = split.sheetOf[labels[i]!]!;
  const edge = new Uint8Array(sheet.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const right = x + 1 < width ? at + 1 : at;
      const below = y + 1 < height ? at + width : at;
      if (sheet[at] !== sheet[right]) edge[at] = edge[right] = 1;
      if (sheet[at] !== sheet[below]) edge[at] = edge[below] = 1;
    }
  }
  const away = distanceTo(edge, width, height);
  const near = new Uint8Array(sheet.length);
  for (let i = 0; i < near.length; i++) near[i] = away[i]! <= reach ? 1 : 0;
  return { sheet, near };
}

/**
 * Decides the sheet of each pixel. `cost` (0…255 a pixel) is high where a cut belongs: darkness for strokes, steepness for
 * painted edges. `reach` is how far the cut may move, in study pixels. `strokes` is the depth of stroke around each study
 * pixel (255 where there is none): the dark core of a stroke keeps the sheet it was read as, however thin it is.
 */
export function cutSheets(
  canvas: Canvas,
  relief: Relief,
  split: Split,
  cost: Uint8Array,
  reach: number,
  strokes?: Uint8Array,
): Cut {
  const { width, height } = canvas;
  const from = coarse(relief, split, reach);
  const sheet = new Uint8Array(width * height);
  const band = new Uint8Array(width * height);
  for (let at = 0; at < sheet.length; at++) {
    const source = canvas.study[at]!;
    if (source < 0) continue;
    if (from.near[source]) {
      band[at] = 1;
      sheet[at] = strokes && 2 * cost[at]! > strokes[source]! ? from.sheet[source]! : UNKNOWN;
    } else sheet[at] = from.sheet[source]!;
  }
  flood(sheet, cost, width, height);
  return { sheet, band };
}

/** Priority flood with one queue a cost level; ties go in the order found, so the result is the same every time. */
function flood(sheet: Uint8Array, cost: Uint8Array, width: number, height: number): void {
  const levels: { at: number[]; head: number }[] = Array.from({ length: 256 }, () => ({ at: [], head: 0 }));
  const offer = (at: number, label: number, floor: number): void => {
    if (sheet[at] !== UNKNOWN) return;
    sheet[at] = label;
    levels[Math.max(floor, cost[at]!)]!.at.push(at);
  };
  const spread = (at: number, floor: number): void => {
    const label = sheet[at]!;
    const x = at % width;
    if (x > 0) offer(at - 1, label, floor);
    if (x < width - 1) offer(at + 1, label, floor);
    if (at >= width) offer(at - width, label, floor);
    if (at < width * (height - 1)) offer(at + width, label, floor);
  };
  for (let at = 0; at < sheet.length; at++) {
    if (sheet[at] === UNKNOWN) continue;
    const x = at % width;
    const beside =
      (x > 0 && sheet[at - 1] === UNKNOWN) ||
      (x < width - 1 && sheet[at + 1] === UNKNOWN) ||
      (at >= width && sheet[at - width] === UNKNOWN) ||
      (at < width * (height - 1) && sheet[at + width] === UNKNOWN);
    if (beside) levels[cost[at]!]!.at.push(at);
  }
  for (let level = 0; level < 256; level++) {
    const queue = levels[level]!;
    while (queue.head < queue.at.length) spread(queue.at[queue.head++]!, level);
  }
  for (let at = 0; at < sheet.length; at++) if (sheet[at] === UNKNOWN) sheet[at] = 0;
}
