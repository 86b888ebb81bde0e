/** Near and far of a shot's pictures, for racking focus: read off each board, between two boards part of the way. */
import type { BoardPicture } from '../engine';
import { readBoard } from '../parallax/scene';
import { layBoard, type FrameSpace } from './boards';
import type { Moment } from './timing';

/** Nearness (0 far … 1 near) of a picture, row by row. */
export interface NearMap {
  readonly width: number;
  readonly height: number;
  readonly near: Float32Array;
}

/** The maps of a shot's moments; each board is read once. */
export function reliefsOf(boards: readonly BoardPicture[], space: FrameSpace): (moment: Moment) => NearMap {
  const known = new Map<number, NearMap>();
  const read = (key: number): NearMap => {
    const board = boards[key];
    if (!board) throw new RangeError(`no board ${key}`);
    const found = known.get(key) ?? readBoard(layBoard(board, space)).relief;
    known.set(key, found);
    return found;
  };
  return ({ key, part }) => {
    const here = read(key);
    if (part === 0) return here;
    const there = read(key + 1);
    return { ...here, near: here.near.map((value, i) => value + part * ((there.near[i] ?? value) - value)) };
  };
}
