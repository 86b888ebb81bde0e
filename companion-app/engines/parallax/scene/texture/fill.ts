/** Carries texture and edges on into a hole, patch by patch, from what lies around it. */
import { erode } from '../raster/morphology';
import { cellsOfPicture, pixelsOf, settle, type Cells, type Holed } from './cells';
import { Front, HALF } from './front';
import { bestPlace, numbers, toThePixel, type Box, type Place } from './match';

/** Cells of hole at most: a larger hole is filled with larger cells, so that the time it takes is bounded. */
const MOST_CELLS = 6000;
/** Longest side of the picture in cells. */
const LONGEST = 640;
/** How far texture is looked for, as a part of the picture's longest side. */
const REACH = 0.2;

/**
 * Fills the hole of the picture in place with texture from around it, the same for a seed. `usable` is 0 on pixels that are never copied.
 * Where nothing fits in reach the pixels stay as they are: fill them smoothly before.
 */
export function fillTexture(picture: Holed, usable: Uint8Array, seed: number): void {
  let side = Math.max(1, Math.round(Math.max(picture.width, picture.height) / LONGEST));
  let open = 0;
  for (const v of picture.hole) open += v;
  while (open / side ** 2 > MOST_CELLS) side++;
  const cells = cellsOfPicture(picture, side);
  const sources = sourcesOf(cells, picture, usable);
  const left = picture.hole.slice();
  const front = new Front(cells);
  const random = numbers(seed);
  const reach = Math.max(4 * HALF, Math.round(REACH * Math.max(cells.width, cells.height)));
  const places = new Map<number, Place>();
  for (let at = front.next(); at >= 0; at = front.next()) {
    const x = at % cells.width;
    const y = (at - x) / cells.width;
    const place = bestPlace(cells, sources, x, y, hintsAround(places, cells, x, y), reach, random);
    const fresh = copyPatch(picture, left, cells, x, y, place);
    if (place) for (const cell of fresh) places.set(cell, place);
    front.filled(at, fresh);
  }
}

/** Middles of patches that are whole, with a cell to spare for laying them to the pixel. */
function sourcesOf(cells: Cells, picture: Holed, usable: Uint8Array): Uint8Array {
  const { width, height, side } = cells;
  const whole = cells.known.slice();
  for (let y = 0; y < height * side; y++) {
    for (let x = 0; x < width * side; x++) {
      if (!usable[y * picture.width + x]) whole[Math.floor(y / side) * width + Math.floor(x / side)] = 0;
    }
  }
  for (let x = 0; x < width; x++) whole[x] = whole[(height - 1) * width + x] = 0;
  for (let y = 0; y < height; y++) whole[y * width] = whole[y * width + width - 1] = 0;
  return erode(whole, width, height, HALF + 1);
}

function hintsAround(places: ReadonlyMap<number, Place>, cells: Cells, x: number, y: number): Place[] {
  const found = new Set<Place>();
  for (let v = -HALF; v <= HALF; v++) {
    for (let u = -HALF; u <= HALF; u++) {
      const place = x + u >= 0 && x + u < cells.width ? places.get((y + v) * cells.width + x + u) : undefined;
      if (place) found.add(place);
    }
  }
  return [...found];
}

/** Copies what is still unknown of the patch around cell (x, y); returns the cells that became known. */
function copyPatch(
  picture: Holed,
  left: Uint8Array,
  cells: Cells,
  x: number,
  y: number,
  place: Place | undefined,
): number[] {
  const { side } = cells;
  const cellX = [Math.max(0, x - HALF), Math.min(cells.width - 1, x + HALF)] as const;
  const cellY = [Math.max(0, y - HALF), Math.min(cells.height - 1, y + HALF)] as const;
  const box: Box = {
    x0: cellX[0] * side,
    y0: cellY[0] * side,
    x1: pixelsOf(cellX[1], cells.width, side, picture.width)[1],
    y1: pixelsOf(cellY[1], cells.height, side, picture.height)[1],
  };
  const exact = place && toThePixel(picture, left, box, place, side);
  for (let py = box.y0; py < box.y1; py++) {
    for (let px = box.x0; px < box.x1; px++) {
      const at = py * picture.width + px;
      if (!left[at]) continue;
      left[at] = 0;
      if (!exact) continue;
      const from = 3 * ((py + exact.dy) * picture.width + px + exact.dx);
      if (from >= 0 && from + 3 <= picture.rgb.length) picture.rgb.copyWithin(3 * at, from, from + 3);
    }
  }
  const fresh: number[] = [];
  for (let cy = cellY[0]; cy <= cellY[1]; cy++) {
    for (let cx = cellX[0]; cx <= cellX[1]; cx++) {
      const at = cy * cells.width + cx;
      if (cells.known[at]) continue;
      settle(picture, cells, cx, cy);
      fresh.push(at);
    }
  }
  return fresh;
}
