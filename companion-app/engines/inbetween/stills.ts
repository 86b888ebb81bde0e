/** A shot's boards while they are held. */
import type { Shot } from '../../../shared/shot';
import type { AnimateOptions, BoardPicture } from '../engine';
import { layBoard, type FrameSpace } from './boards';
import type { Picture } from './morph';
import { partsOf, regionsByBoard, type Parts } from './parts';
import type { Moment } from './timing';

/** Boards while they are held: their parts that move by themselves go their ways. */
export interface Stills {
  /** The board at a frame of the shot; good until the next is asked for. */
  at(key: number, frame: number): Promise<Picture>;
  /** True when a held board may look different at two frames. */
  moves(moment: Moment, frame: number, other: number): boolean;
  /** Frame from which a board is drawn into the next. */
  leaves(key: number): number;
}

/** @throws nothing; the stills' `at` rejects with the signal's reason, or what reading a board throws */
export function stillsOf(
  shot: Shot,
  boards: readonly BoardPicture[],
  moments: readonly Moment[],
  space: FrameSpace,
  options: AnimateOptions,
): Stills {
  const regions = regionsByBoard(shot, boards);
  const leaves = (key: number): number => {
    const first = moments.findIndex((moment) => moment.key === key && moment.part > 0);
    return first < 0 ? (boards[key + 1]?.at ?? shot.frames) : first;
  };
  regions.forEach((some, key) => {
    for (const { name } of some.filter(({ to }) => to > leaves(key) && key + 1 < boards.length))
      options.warn(`"${name}" goes its way until frame ${leaves(key)}; from there the next board says where it is.`);
  });
  const laid = new Map<number, Picture>();
  let kept: { key: number; parts: Promise<Parts> } | undefined;
  const held = (frame: number): number => (shot.onTwos === true ? frame - (frame % 2) : frame);
  return {
    leaves,
    moves: ({ key, part }, frame, other) =>
      part === 0 && held(frame) !== held(other) && (regions[key] ?? []).length > 0,
    at: async (key, frame) => {
      const board = boards[key];
      if (!board) throw new RangeError(`no board ${key}`);
      const some = regions[key] ?? [];
      if (some.length === 0) {
        for (const old of laid.keys()) if (old < key - 1) laid.delete(old);
        const picture = laid.get(key) ?? layBoard(board, space);
        laid.set(key, picture);
        return picture;
      }
      if (kept?.key !== key) kept = { key, parts: partsOf(board, some, space, options) };
      return (await kept.parts).at(Math.max(board.at, held(frame)));
    },
  };
}
