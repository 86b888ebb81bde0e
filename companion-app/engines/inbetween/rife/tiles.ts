/** Cutting a picture into overlapping tiles of one size and laying the results back without seams. */

export interface Tile {
  readonly x: number;
  readonly y: number;
}

export interface Tiling {
  /** Size of every tile. */
  readonly width: number;
  readonly height: number;
  readonly tiles: readonly Tile[];
  /** Pixels over which neighbours are blended at least. */
  readonly overlap: number;
}

/** Every known RIFE takes sides that are multiples of this (32, from 4.26 on 64, the lite ones 128). */
export const STEP = 128;
/** A tile's pixels at most: the whole of an HD frame, for motion is found only inside a tile. */
const MOST_PIXELS = 2_400_000;
const LONGEST = 1152;
const OVERLAP = 128;

const padded = (side: number): number => Math.ceil(side / STEP) * STEP;

/** Tiles that cover a picture; those of a model of fixed size are that size. Tiles may reach beyond the picture. */
export function tilingOf(
  width: number,
  height: number,
  fixed?: { readonly width: number; readonly height: number },
): Tiling {
  const whole = padded(width) * padded(height) <= MOST_PIXELS;
  const tile = fixed ?? {
    width: whole ? padded(width) : Math.min(LONGEST, padded(width)),
    height: whole ? padded(height) : Math.min(LONGEST, padded(height)),
  };
  const overlap = Math.min(OVERLAP, Math.floor(Math.min(tile.width, tile.height) / 4));
  const xs = starts(width, tile.width, overlap);
  const ys = starts(height, tile.height, overlap);
  return { ...tile, overlap, tiles: ys.flatMap((y) => xs.map((x) => ({ x, y }))) };
}

/** Where tiles of a length begin so that they cover a side, evenly spread. */
function starts(side: number, length: number, overlap: number): number[] {
  if (side <= length) return [0];
  const count = Math.ceil((side - overlap) / (length - overlap));
  return Array.from({ length: count }, (_, i) => Math.round((i * (side - length)) / (count - 1)));
}

/** Weight of a pixel of a tile: 1 in its middle, falling towards edges behind which another tile goes on. */
export function weightAt(tiling: Tiling, tile: Tile, x: number, y: number, width: number, height: number): number {
  const ramp = (at: number, from: number, length: number, side: number): number => {
    const before = from > 0 ? (at + 1) / tiling.overlap : 1;
    const after = from + length < side ? (length - at) / tiling.overlap : 1;
    return Math.min(1, before, after);
  };
  return ramp(x, tile.x, tiling.width, width) * ramp(y, tile.y, tiling.height, height);
}
