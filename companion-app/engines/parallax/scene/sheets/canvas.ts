/** The board laid out in the scene's picture, and what the relief says of every pixel of it. */
import type { BoardPicture } from '../../../engine';
import { MIRRORED, sourceIndex, type Layout } from '../layout';
import { resample } from '../raster/resample';
import { dilate } from '../raster/morphology';
import type { Ink } from '../relief/ink';
import type { Relief } from '../relief/relief';
import { continued, readEdge, type Edge, type Side } from './margin';

export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  /** For each column and row of the picture, the nearest one of the study, the outermost beyond the board; −1 in bars. */
  readonly studyX: Int32Array;
  readonly studyY: Int32Array;
  /** For each pixel, the one of the study that says what it belongs to; −1 in bars. */
  readonly study: Int32Array;
}

type Colour = readonly [number, number, number];

/** Draws the board into its place, extends it over the margins (strokes run on, tones go on), paints bars. */
export function drawCanvas(
  board: BoardPicture,
  relief: Relief,
  layout: Layout,
  ink: Ink | undefined,
  bar: Colour,
): Canvas {
  const { width, height, boardWidth, boardHeight } = layout;
  const picture = resample(board.rgb, board.width, board.height, boardWidth, boardHeight, 3);
  const barsX = boardWidth < layout.frameWidth;
  const barsY = boardHeight < layout.frameHeight;
  const xs = sourceIndex(width, layout.boardX, boardWidth, barsX);
  const ys = sourceIndex(height, layout.boardY, boardHeight, barsY);
  const toX = (i: number): number => Math.min(relief.width - 1, Math.floor(((i + 0.5) * relief.width) / boardWidth));
  const toY = (i: number): number => Math.min(relief.height - 1, Math.floor(((i + 0.5) * relief.height) / boardHeight));
  const columns = xs.map((i) => (i < 0 ? -1 : toX(i)));
  const rgb = new Uint8Array(width * height * 3);
  const study = new Int32Array(width * height).fill(-1);
  for (let y = 0; y < height; y++) {
    const sy = ys[y]!;
    const row = sy < 0 ? -1 : toY(sy) * relief.width;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const sx = xs[x]!;
      if (sx < 0 || sy < 0) rgb.set(bar, 3 * at);
      else {
        const from = 3 * (sy * boardWidth + sx);
        rgb[3 * at] = picture[from]!;
        rgb[3 * at + 1] = picture[from + 1]!;
        rgb[3 * at + 2] = picture[from + 2]!;
        study[at] = row + columns[x]!;
      }
    }
  }
  const within = (i: number, from: number, length: number): number => Math.min(length - 1, Math.max(0, i - from));
  const studyX = xs.map((source, i) => (source < 0 ? -1 : toX(within(i, layout.boardX, boardWidth))));
  const studyY = ys.map((source, i) => (source < 0 ? -1 : toY(within(i, layout.boardY, boardHeight))));
  const canvas = { width, height, rgb, studyX, studyY, study };
  if (ink) runOn(canvas, relief, layout, ink);
  return canvas;
}

/** Replaces mirrored drawing in the margins by strokes that run on over clean paper. */
function runOn(canvas: Canvas, relief: Relief, layout: Layout, ink: Ink): void {
  const busy = dilate(ink.mask, relief.width, relief.height, 2);
  const { boardX, boardY, boardWidth, boardHeight } = layout;
  const edges = {
    left: readEdge(relief, ink, 'left'),
    right: readEdge(relief, ink, 'right'),
    top: readEdge(relief, ink, 'top'),
    bottom: readEdge(relief, ink, 'bottom'),
  };
  for (const side of ['left', 'right', 'top', 'bottom'] as const) {
    const upright = side === 'top' || side === 'bottom';
    const scale = upright ? boardHeight / relief.height : boardWidth / relief.width;
    const across = upright ? boardWidth / relief.width : boardHeight / relief.height;
    const edge = edges[side];
    const settled = settledTones(relief, ink, side);
    const low = upright ? edges.left.inset : edges.top.inset;
    const high = upright ? relief.width - 1 - edges.right.inset : relief.height - 1 - edges.bottom.inset;
    const [first, count, step] = beyond(side, canvas, layout);
    for (let k = 0; k < count; k++) {
      const line = first + k * step;
      const mapped = continued(edge, (k + 0.5) / scale, upright ? relief.width : relief.height);
      const length = upright ? canvas.width : canvas.height;
      for (let i = 0; i < length; i++) {
        const at = upright ? line * canvas.width + i : i * canvas.width + line;
        if (canvas.study[at] === -1) continue;
        const p = (i - (upright ? boardX : boardY) + 0.5) / across - 0.5;
        const inside = Math.min(mapped.length - 1, Math.max(0, Math.round(p)));
        const u = Math.min(high, Math.max(low, mapped[inside]! + Math.min(0.5, Math.max(-0.5, p - inside))));
        place(canvas, layout, relief, { busy, tone: ink.tone, settled }, side, edge, u, at, scale, across);
      }
    }
  }
}

/** Lines of the picture beyond one edge of the board, from the edge outward. */
function beyond(side: Side, canvas: Canvas, layout: Layout): [first: number, count: number, step: number] {
  switch (side) {
    case 'top':
      return [layout.boardY - 1, Math.max(0, layout.boardY), -1];
    case 'bottom':
      return [layout.boardY + layout.boardHeight, Math.max(0, canvas.height - layout.boardY - layout.boardHeight), 1];
    case 'left':
      return [layout.boardX - 1, Math.max(0, layout.boardX), -1];
    case 'right':
      return [layout.boardX + layout.boardWidth, Math.max(0, canvas.width - layout.boardX - layout.boardWidth), 1];
  }
}

/** What the margin is made of where no stroke runs on. */
interface Ground {
  /** Study pixels on or beside a stroke. */
  readonly busy: Uint8Array;
  readonly tone: Uint8Array;
  readonly settled: readonly Settled[];
}

/** One margin pixel: the stroke that runs on there, else the mirrored ground, else the ground where its tone is settled. */
function place(
  canvas: Canvas,
  layout: Layout,
  relief: Relief,
  { busy, tone, settled }: Ground,
  side: Side,
  edge: Edge,
  u: number,
  at: number,
  scale: number,
  across: number,
): void {
  const along = Math.round(u);
  const upright = side === 'top' || side === 'bottom';
  const limit = upright ? relief.width : relief.height;
  const v = Math.min(limit - 1, Math.max(0, along));
  const crossed = studyAt(relief, side, v, edge.inset);
  const ground = settled[v];
  const deep = busy[crossed] || !ground ? edge.inset : Math.max(edge.inset, ground.depth);
  const source = studyAt(relief, side, v, deep);
  const mirrored = canvas.study[at]!;
  canvas.study[at] = source;
  const seen = Math.min(canvas.rgb[3 * at]!, canvas.rgb[3 * at + 1]!, canvas.rgb[3 * at + 2]!);
  const alike =
    ground !== undefined &&
    Math.max(Math.abs(tone[mirrored]! - ground.tone), Math.abs(seen - ground.tone)) <= SAME_TONE;
  if (!busy[crossed] && !busy[mirrored] && alike) return;
  const inward = Math.ceil((deep + 0.5) * scale);
  const full = Math.round((u + 0.5) * across - 0.5);
  const { boardX, boardY, boardWidth, boardHeight } = layout;
  const px = boardX + (upright ? full : side === 'left' ? inward : boardWidth - 1 - inward);
  const py = boardY + (upright ? (side === 'top' ? inward : boardHeight - 1 - inward) : full);
  const cx = Math.min(canvas.width - 1, Math.max(0, Math.min(boardX + boardWidth - 1, Math.max(boardX, px))));
  const cy = Math.min(canvas.height - 1, Math.max(0, Math.min(boardY + boardHeight - 1, Math.max(boardY, py))));
  const from = 3 * (cy * canvas.width + cx);
  canvas.rgb.copyWithin(3 * at, from, from + 3);
}

/** Grey levels within which tones are one. */
const SAME_TONE = 6;

/** The tone along one line inward from an edge, and how deep it first is that: a wash may end short of the edge. */
interface Settled {
  readonly tone: number;
  readonly depth: number;
}

function settledTones(relief: Relief, ink: Ink, side: Side): Settled[] {
  const upright = side === 'top' || side === 'bottom';
  const strip = Math.max(1, Math.round(MIRRORED * (upright ? relief.height : relief.width)));
  return Array.from({ length: upright ? relief.width : relief.height }, (_, v) => {
    const tones = Uint8Array.from({ length: strip }, (_depth, d) => ink.tone[studyAt(relief, side, v, d)]!);
    const tone = Uint8Array.from(tones).sort()[strip >> 1]!;
    return {
      tone,
      depth: Math.max(
        0,
        tones.findIndex((value) => Math.abs(value - tone) <= SAME_TONE),
      ),
    };
  });
}

/** Study pixel `v` along a side, `deep` lines inward from it. */
function studyAt(relief: Relief, side: Side, v: number, deep: number): number {
  const { width, height } = relief;
  switch (side) {
    case 'top':
      return deep * width + v;
    case 'bottom':
      return (height - 1 - deep) * width + v;
    case 'left':
      return v * width + deep;
    case 'right':
      return v * width + (width - 1 - deep);
  }
}
