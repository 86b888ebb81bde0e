/** A shot's boards as pictures of one size. */
import type { Fit, Size } from '../../../shared/shot';
import type { BoardPicture } from '../engine';
import { layOut, sourceIndex, type Layout } from '../parallax/scene/layout';
import { resample } from '../parallax/scene/raster/resample';
import { boardKind, findInk } from '../parallax/scene/relief/ink';
import { study } from '../parallax/scene/relief/study';
import type { Picture } from './morph';

/** Boards in order, only those that are seen: the first from frame 0, later ones until another takes their place. */
export function shownBoards(boards: readonly BoardPicture[], frames: number): BoardPicture[] {
  const inOrder = boards.map((board, i) => ({ board, i })).sort((p, q) => p.board.at - q.board.at || p.i - q.i);
  return inOrder
    .map(({ board }, i) => (i === 0 ? { ...board, at: 0 } : { ...board, at: Math.max(0, board.at) }))
    .filter((board, i, all) => board.at < frames && (all[i + 1]?.at ?? frames) > board.at);
}

export interface FrameSpace {
  /** The frame's size in the boards' detail: a close camera finds more there than the clip's own pixels. */
  readonly width: number;
  readonly height: number;
  readonly fit: Fit;
  /** How many times the clip's size that is. */
  readonly detail: number;
  readonly size: Size;
}

/** The largest size, up to `tightest` times the clip's, that every board has the detail for. */
export function frameSpace(boards: readonly BoardPicture[], size: Size, fit: Fit, tightest: number): FrameSpace {
  const pick = fit === 'fill' ? Math.max : Math.min;
  const most = boards.reduce(
    (least, { width, height }) => Math.min(least, 1 / pick(size.width / width, size.height / height)),
    tightest,
  );
  const [first] = boards;
  const detail = Math.max(1, most);
  const { frameWidth, frameHeight } = layOut(first?.width ?? size.width, first?.height ?? size.height, {
    ...{ size, fit, seed: 0, tightest: detail, overscan: { x: 0, y: 0 } },
  });
  return { width: frameWidth, height: frameHeight, fit, detail, size };
}

/** A board laid into the frame: resampled, cut or set between bars. */
export function layBoard(board: BoardPicture, space: FrameSpace): Picture {
  const options = { size: space.size, fit: space.fit, seed: 0, tightest: space.detail, overscan: { x: 0, y: 0 } };
  const layout = layOut(board.width, board.height, options);
  const { boardWidth, boardHeight } = layout;
  const picture = resample(board.rgb, board.width, board.height, boardWidth, boardHeight, 3);
  if (boardWidth === layout.width && boardHeight === layout.height)
    return { width: boardWidth, height: boardHeight, rgb: picture };
  return { width: layout.width, height: layout.height, rgb: placed(board, picture, layout) };
}

function placed(board: BoardPicture, picture: Uint8Array, layout: Layout): Uint8Array {
  const { width, height, boardWidth, boardHeight } = layout;
  const xs = sourceIndex(width, layout.boardX, boardWidth, boardWidth < width);
  const ys = sourceIndex(height, layout.boardY, boardHeight, boardHeight < height);
  const rgb = new Uint8Array(3 * width * height).fill(barTone(board));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (xs[x]! < 0 || ys[y]! < 0) continue;
      const from = 3 * (ys[y]! * boardWidth + xs[x]!);
      const to = 3 * (y * width + x);
      for (let c = 0; c < 3; c++) rgb[to + c] = picture[from + c]!;
    }
  }
  return rgb;
}

/** Bars beside a drawing are its paper. */
function barTone(board: BoardPicture): number {
  const ink = findInk(study(board));
  return boardKind(ink) === 'tone' ? 255 : ink.paper;
}
