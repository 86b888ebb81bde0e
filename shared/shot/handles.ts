/** Handles: frames before and after a shot, in its clip but not in its place on the timeline. Pure. */
import type { Shot } from './shot';

/** Whole frames, 0 or more each. */
export interface Handles {
  readonly before: number;
  readonly after: number;
}

/** Where there are none. */
export const NO_HANDLES: Handles = { before: 0, after: 0 };

/** Frames of a clip: the shot's own and its handles'. */
export const clipFrames = (shot: Pick<Shot, 'frames'>, { before, after }: Handles = NO_HANDLES): number =>
  before + shot.frames + after;

/**
 * The shot as long as its clip: everything said of frames counts from the clip's first one. Moves and drawings stay where they were in
 * the shot, so that the camera rests on its first frame before it and on its last one after it. Moves have to be there already: a note
 * is read against the shot's own length.
 */
export function withHandles(shot: Shot, { before, after }: Handles = NO_HANDLES): Shot {
  if (before === 0 && after === 0) return shot;
  const shifted = <T extends { readonly from: number; readonly to: number }>(part: T): T => ({
    ...part,
    from: part.from + before,
    to: part.to + before,
  });
  return {
    ...shot,
    startFrame: shot.startFrame - before,
    frames: shot.frames + before + after,
    boards: withLead(shot.boards, before),
    ...(shot.moves ? { moves: shot.moves.map(shifted) } : {}),
    ...(shot.regions ? { regions: shot.regions.map(shifted) } : {}),
    ...(shot.framing ? { framing: shot.framing.map((key) => ({ ...key, frame: key.frame + before })) } : {}),
  };
}

/**
 * Drawings of a shot, each that many frames later. The first is there from the clip's first frame on; where others follow it, it is
 * drawn again at the shot's own first frame, so that what goes on between the two begins there.
 */
export function withLead<T extends { readonly at: number }>(boards: readonly T[], before: number): T[] {
  const [first] = boards;
  const moved = boards.map((board) => ({ ...board, at: board.at + before }));
  if (!first || before === 0) return moved;
  return moved.length > 1 ? [{ ...first, at: 0 }, ...moved] : [{ ...first, at: 0 }];
}
