/** Where a board lies in the scene's picture: fitted to the frame, with a margin for the camera to look beyond it. */
import type { SceneOptions } from './scene';

export interface Layout {
  /** The whole picture, margins included. */
  readonly width: number;
  readonly height: number;
  /** The frame inside it. */
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly marginX: number;
  readonly marginY: number;
  /** The board inside it: may reach beyond the frame (fill) or leave bars (letterbox). */
  readonly boardX: number;
  readonly boardY: number;
  readonly boardWidth: number;
  readonly boardHeight: number;
}

const MOST_DETAIL = 2;
/** Of the frame's width or height on each side: a board travelled over may be several frames long. */
const MOST_OVERSCAN = 2.2;
/** Part of the board along an edge that is mirrored beyond it, to and fro: never a whole figure. */
export const MIRRORED = 0.06;

/**
 * Lays a board of width×height out. The frame is made at the output's size, or larger by up to `options.tightest` (at most
 * twice) where the board has that much detail to give.
 */
export function layOut(width: number, height: number, options: SceneOptions): Layout {
  const { size, fit } = options;
  const across = size.width / width;
  const down = size.height / height;
  const scale = fit === 'fill' ? Math.max(across, down) : Math.min(across, down);
  const detail = Math.max(1, Math.min(1 / scale, options.tightest ?? 1, MOST_DETAIL));
  const frameWidth = Math.max(1, Math.round(size.width * detail));
  const frameHeight = Math.max(1, Math.round(size.height * detail));
  const near = (a: number, b: number): number => (Math.abs(a - b) <= 1.5 ? b : Math.max(1, Math.round(a)));
  const boardWidth = near(width * scale * detail, frameWidth);
  const boardHeight = near(height * scale * detail, frameHeight);
  const margin = (part: number, side: number): number =>
    Math.ceil(Math.min(MOST_OVERSCAN, Math.max(0, Number.isFinite(part) ? part : 0)) * side);
  const marginX = margin(options.overscan.x, frameWidth);
  const marginY = margin(options.overscan.y, frameHeight);
  return {
    width: frameWidth + 2 * marginX,
    height: frameHeight + 2 * marginY,
    frameWidth,
    frameHeight,
    marginX,
    marginY,
    boardX: marginX + Math.floor((frameWidth - boardWidth) / 2),
    boardY: marginY + Math.floor((frameHeight - boardHeight) / 2),
    boardWidth,
    boardHeight,
  };
}

/**
 * For each column (or row) of the picture the column of the board shown there; beyond the board's edges the strip along
 * the edge is mirrored to and fro; −1 for a bar beside the board.
 */
export function sourceIndex(length: number, from: number, board: number, bars: boolean): Int32Array {
  const out = new Int32Array(length);
  const strip = Math.max(1, Math.round(MIRRORED * board));
  for (let i = 0; i < length; i++) {
    const at = i - from;
    if (at >= 0 && at < board) out[i] = at;
    else if (bars) out[i] = -1;
    else {
      const turn = (at < 0 ? -1 - at : at - board) % (2 * strip);
      const inward = turn < strip ? turn : 2 * strip - 1 - turn;
      out[i] = at < 0 ? inward : board - 1 - inward;
    }
  }
  return out;
}
