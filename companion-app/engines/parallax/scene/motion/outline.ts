/** The area a motion region names, as a map at study size: its mask where one came with the board, else its outline filled. */
import type { MotionRegion, Point } from '../../../../../shared/shot';
import type { BoardPicture } from '../../../engine';
import { resample } from '../raster/resample';
import type { Study } from '../relief/study';

/** 1 inside the region. All 0 for an outline that encloses nothing. */
export function areaOf(region: MotionRegion, board: BoardPicture, { width, height }: Study): Uint8Array {
  const mask = region.mask === undefined ? undefined : board.masks?.get(region.mask);
  if (!mask) return filled(region.outline, width, height);
  const grey = resample(mask.grey, mask.width, mask.height, width, height, 1);
  return grey.map((v) => (v > 127 ? 1 : 0));
}

/** Fills a closed outline given in parts of the picture; what it goes round twice in one sense is inside (non-zero rule). */
export function filled(outline: readonly Point[], width: number, height: number): Uint8Array {
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const crossings = crossingsAt(outline, (y + 0.5) / height).sort((a, b) => a.x - b.x);
    let winding = 0;
    crossings.forEach(({ x, turn }, i) => {
      winding += turn;
      const next = crossings[i + 1];
      if (winding === 0 || !next) return;
      const from = Math.min(width, Math.max(0, Math.ceil(x * width - 0.5)));
      const to = Math.min(width, Math.max(0, Math.ceil(next.x * width - 0.5)));
      out.fill(1, y * width + from, y * width + to);
    });
  }
  return out;
}

function crossingsAt(outline: readonly Point[], y: number): { x: number; turn: 1 | -1 }[] {
  const found: { x: number; turn: 1 | -1 }[] = [];
  outline.forEach((a, i) => {
    const b = outline[(i + 1) % outline.length] ?? a;
    if (a.y <= y === b.y <= y) return;
    found.push({ x: a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x), turn: a.y <= y ? 1 : -1 });
  });
  return found;
}
