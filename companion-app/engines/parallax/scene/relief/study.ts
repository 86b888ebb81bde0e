/** A board made small enough to think about: the pictures every later step of the relief reads. */
import type { BoardPicture } from '../../../engine';
import { resample } from '../raster/resample';

/** Longest side of the picture the relief is worked out on. */
export const STUDY_SIDE = 640;

/** The reduced board. All maps are row-major, one value a pixel. */
export interface Study {
  readonly width: number;
  readonly height: number;
  /** Pixels of this picture for one pixel of a 640-pixel one: lengths in the code are written for 640 and scaled by it. */
  readonly unit: number;
  readonly rgb: Uint8Array;
  /** Rec. 709 luma. */
  readonly luma: Uint8Array;
  /** Darkest of the three channels: a red or pale blue pencil is as much a stroke as a black one. */
  readonly dark: Uint8Array;
}

/** Reduces a board to at most STUDY_SIDE on its long side; smaller boards are kept as they are. */
export function study(board: Pick<BoardPicture, 'width' | 'height' | 'rgb'>): Study {
  const scale = Math.min(1, STUDY_SIDE / Math.max(board.width, board.height));
  const width = Math.max(1, Math.round(board.width * scale));
  const height = Math.max(1, Math.round(board.height * scale));
  let { rgb: large, width: w, height: h } = board;
  while (w >= 2 * width && h >= 2 * height) {
    large = halved(large, w, h);
    w = Math.floor(w / 2);
    h = Math.floor(h / 2);
  }
  const rgb = resample(large, w, h, width, height, 3);
  const luma = new Uint8Array(width * height);
  const dark = new Uint8Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    const r = rgb[3 * i]!;
    const g = rgb[3 * i + 1]!;
    const b = rgb[3 * i + 2]!;
    luma[i] = 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.5;
    dark[i] = r < g ? (r < b ? r : b) : g < b ? g : b;
  }
  return { width, height, unit: Math.max(width, height) / STUDY_SIDE, rgb, luma, dark };
}

/** A length given for a 640-pixel study, in this study's pixels, at least `least`. */
export const span = (s: Study, pixels: number, least = 1): number => Math.max(least, Math.round(pixels * s.unit));

/** Means of two by two pixels; an odd last row or column is dropped. */
function halved(rgb: Uint8Array, width: number, height: number): Uint8Array {
  const w = Math.floor(width / 2);
  const h = Math.floor(height / 2);
  const out = new Uint8Array(w * h * 3);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const from = 3 * (2 * y * width + 2 * x);
      const below = from + 3 * width;
      for (let c = 0; c < 3; c++) {
        out[3 * (y * w + x) + c] =
          (rgb[from + c]! + rgb[from + 3 + c]! + rgb[below + c]! + rgb[below + 3 + c]! + 2) >> 2;
      }
    }
  }
  return out;
}
