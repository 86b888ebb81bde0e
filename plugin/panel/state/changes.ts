/** What has changed about a shot since its last take was asked for. Pure. */
import type { JobRow } from '../../../shared/protocol';
import { resolveMoves, type CameraMove } from '../../../shared/shot';
import type { ShotReading, ShotSetting } from '../../premiere/host';
import type { PanelState } from './state';

export const CHANGES = ['board', 'note', 'trim', 'move', 'prompt'] as const;
export type Change = (typeof CHANGES)[number];

const key = (moves: readonly CameraMove[]): string =>
  JSON.stringify(moves.map(({ kind, from, to, amount, ease, subject }) => [kind, from, to, amount, ease, subject]));

/** Readings and rows are never changed in place: what was worked out of one stays true of it. */
const read = new WeakMap<
  object,
  { readonly own: readonly CameraMove[] | undefined; readonly moves: readonly CameraMove[] }
>();

function once(
  of: object,
  own: readonly CameraMove[] | undefined,
  work: () => readonly CameraMove[],
): readonly CameraMove[] {
  const known = read.get(of);
  if (known && known.own === own) return known.moves;
  const moves = work();
  read.set(of, { own, moves });
  return moves;
}

/** The moves a shot has now: the artist's own, fitted to its length, else what the note says. */
export function movesNow(shot: ShotReading, setting: ShotSetting | undefined): readonly CameraMove[] {
  const own = setting?.moves;
  return once(shot, own, () =>
    resolveMoves({ ...shot.draft, boards: [], ...(own ? { moves: fitted(own, shot.draft.frames) } : {}) }),
  );
}

/** Moves kept for a longer shot, cut to this length; those that lie past its end fall away. */
export function fitted(moves: readonly CameraMove[], frames: number): readonly CameraMove[] {
  return moves
    .filter((move) => move.from < frames)
    .map((move) => (move.to > frames ? { ...move, to: Math.max(move.from + 1, frames) } : move));
}

/** What is written for the model is not what the last take was made with. */
function saidOtherwise({ spec }: JobRow, setting: ShotSetting, timeline: PanelState['timeline']): boolean {
  const { styleLine, negative } = timeline?.sheet ?? {};
  return spec.prompt !== setting.prompt || spec.styleLine !== styleLine || spec.negative !== negative;
}

/** Empty where the last take is what the shot is now, and where there is none. Pixels count once the board was looked at. */
export function changesSince(
  last: JobRow | undefined,
  shot: ShotReading,
  setting: ShotSetting | undefined,
  { boards, timeline }: Pick<PanelState, 'boards' | 'timeline'>,
): readonly Change[] {
  if (!last) return [];
  const then = last.spec.shot;
  const { draft } = shot;
  const pixels = shot.boards.some((board, i) => {
    const print = board.mediaPath === null ? undefined : boards.get(board.mediaPath);
    return print !== undefined && then.boards[i] !== undefined && then.boards[i].board !== print.sha256;
  });
  const timing = shot.boards.some((board, i) => then.boards[i]?.at !== board.at);
  const found: Record<Change, boolean> = {
    board: pixels || shot.boards.length !== then.boards.length,
    note: then.notes !== draft.notes,
    trim: then.frames !== draft.frames || timing,
    move:
      key(movesNow(shot, setting)) !== key(once(then, undefined, () => resolveMoves(then))) &&
      then.notes === draft.notes &&
      then.frames === draft.frames,
    prompt:
      setting?.engine === 'diffusion' && last.spec.engine === 'diffusion' && saidOtherwise(last, setting, timeline),
  };
  return CHANGES.filter((change) => found[change]);
}
