/** What the shot's moves let one expect of its pictures. */
import type { CameraMove, MoveKind, Shot } from '../../shared/shot';

const STILL: ReadonlySet<MoveKind> = new Set<MoveKind>(['static', 'hold']);
/** These begin on the whole board. Pans and trucks need room at the sides, pull-outs begin close. */
const FROM_FULL_FRAME: ReadonlySet<MoveKind> = new Set<MoveKind>(['static', 'hold', 'push-in', 'zoom-in']);

/** True when the first frame should be the board as it lies in the frame. */
export function startsOnBoard(shot: Shot): boolean {
  if (shot.framing && shot.framing.length > 0) return false;
  return (shot.moves ?? []).every((move) => FROM_FULL_FRAME.has(move.kind));
}

/** True for a move that can be seen. */
export function visible(move: CameraMove): boolean {
  const neutral = ['push-in', 'pull-out', 'zoom-in', 'zoom-out', 'dolly-zoom'].includes(move.kind) ? 1 : 0;
  return !STILL.has(move.kind) && move.kind !== 'rack-focus' && move.to - move.from > 1 && move.amount !== neutral;
}
