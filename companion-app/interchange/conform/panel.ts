/** Boards of a storyboard as conforming sees them: numbered, with their place in their shot and in time. */
import type { FrameRate } from '../../../shared/shot';
import type { Storyboard, StoryboardBoard } from '../storyboard';

export interface Panel {
  /** From 0, in the storyboard's order. */
  readonly index: number;
  readonly shot: string;
  /** From 0, within its shot. */
  readonly inShot: number;
  readonly board: StoryboardBoard;
  /** First frame and length in the storyboard's own time. */
  readonly start: number;
  readonly frames: number;
}

/** Length of a board that says none, milliseconds: as it is laid out by everyone here. */
const USUAL_MS = { alone: 3000, among: 2000 } as const;

/** Frames from running sums of milliseconds, so that they do not drift. */
export function panelsOf(storyboard: Storyboard, rate: FrameRate): Panel[] {
  const frameAt = (ms: number): number => Math.round((ms * rate.num) / (rate.den * 1000));
  const panels: Panel[] = [];
  let at = 0;
  for (const shot of storyboard.shots) {
    at += shot.gapMilliseconds ?? 0;
    for (const [inShot, board] of shot.boards.entries()) {
      const start = frameAt(at);
      at += board.milliseconds ?? (shot.boards.length === 1 ? USUAL_MS.alone : USUAL_MS.among);
      panels.push({
        index: panels.length,
        shot: shot.name,
        inShot,
        board,
        start,
        frames: Math.max(1, frameAt(at) - start),
      });
    }
  }
  return panels;
}
