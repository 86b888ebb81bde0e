/** Ways of telling near from far: the engine's own and simple rivals. Each gives one value a pixel, higher is nearer. */
import { readBoard } from '../../companion-app/engines/parallax/scene/relief';
import { distanceTo } from '../../companion-app/engines/parallax/scene/raster/distance';
import { findInk } from '../../companion-app/engines/parallax/scene/relief/ink';
import { study } from '../../companion-app/engines/parallax/scene/relief/study';
import type { LabelledBoard } from './set/boards';

export interface NearMap {
  readonly width: number;
  readonly height: number;
  readonly near: Float32Array;
}

export type Method = (board: LabelledBoard) => NearMap;

const perPixel =
  (value: (x: number, y: number, luma: number) => number): Method =>
  (board) => {
    const s = study(board);
    const near = Float32Array.from(s.luma, (l, i) =>
      value((i % s.width) / s.width, Math.floor(i / s.width) / s.height, l),
    );
    return { width: s.width, height: s.height, near };
  };

export const METHODS: Readonly<Record<string, Method>> = {
  'reading the drawing (ours)': (board) => readBoard(board).relief,
  'floor plane only': perPixel((_x, y) => Math.max(0, y - 0.4)),
  'lower is nearer': perPixel((_x, y) => y),
  'centre is nearer': perPixel((x, y) => -Math.hypot(x - 0.5, y - 0.5)),
  'darker is nearer': perPixel((_x, _y, luma) => -luma),
  'far from strokes is far': (board) => {
    const s = study(board);
    const away = distanceTo(findInk(s).mask, s.width, s.height);
    return { width: s.width, height: s.height, near: away.map((d) => -d) };
  },
  'flat (all answers are ties)': perPixel(() => 0),
};

/** Part of a board's pairs put in the right order; a tie counts half. */
export function accuracy(board: LabelledBoard, map: NearMap): number {
  let right = 0;
  for (const { nearer, farther } of board.pairs) {
    const value = (p: { x: number; y: number }): number =>
      map.near[Math.floor(p.y * map.height) * map.width + Math.floor(p.x * map.width)] ?? 0;
    const difference = value(nearer) - value(farther);
    right += Math.abs(difference) < 1e-6 ? 0.5 : difference > 0 ? 1 : 0;
  }
  return board.pairs.length === 0 ? NaN : right / board.pairs.length;
}
