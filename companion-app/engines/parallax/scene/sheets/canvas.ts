/** The board laid out in the scene's picture, and what the relief says of every pixel of it. */
import type { BoardPicture } from '../../../engine';
import { sourceIndex, type Extension, type Layout } from '../layout';
import { resample } from '../raster/resample';
import type { Relief } from '../relief/relief';

export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  /** For each column and row of the picture, the one of the study it shows; −1 in bars. */
  readonly studyX: Int32Array;
  readonly studyY: Int32Array;
}

/** Draws the board into its place, extends it over the margins, and paints bars in `bar`. */
export function drawCanvas(
  board: BoardPicture,
  relief: Relief,
  layout: Layout,
  extension: Extension,
  bar: readonly [number, number, number],
): Canvas {
  const { width, height } = layout;
  const picture = resample(board.rgb, board.width, board.height, layout.boardWidth, layout.boardHeight, 3);
  const xs = sourceIndex(width, layout.boardX, layout.boardWidth, layout.boardWidth < layout.frameWidth, extension);
  const ys = sourceIndex(height, layout.boardY, layout.boardHeight, layout.boardHeight < layout.frameHeight, extension);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const sy = ys[y]!;
    for (let x = 0; x < width; x++) {
      const to = 3 * (y * width + x);
      const sx = xs[x]!;
      if (sx < 0 || sy < 0) {
        rgb[to] = bar[0];
        rgb[to + 1] = bar[1];
        rgb[to + 2] = bar[2];
        continue;
      }
      const from = 3 * (sy * layout.boardWidth + sx);
      rgb[to] = picture[from]!;
      rgb[to + 1] = picture[from + 1]!;
      rgb[to + 2] = picture[from + 2]!;
    }
  }
  return {
    width,
    height,
    rgb,
    studyX: toStudy(xs, layout.boardWidth, relief.width),
    studyY: toStudy(ys, layout.boardHeight, relief.height),
  };
}

function toStudy(source: Int32Array, board: number, studied: number): Int32Array {
  return source.map((i) => (i < 0 ? -1 : Math.min(studied - 1, Math.floor(((i + 0.5) * studied) / board))));
}
