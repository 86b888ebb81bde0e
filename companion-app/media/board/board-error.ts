/** The three things that can be wrong with a board, each with what to do about it. */
import { InbetweenError } from '../../../shared/problem';
import { BOARD_LIMITS } from './limits';

const SAFE = 'The file was not changed; the other shots go on.';

/** The board's file is not there. */
export function boardMissing(name: string, cause?: unknown): InbetweenError {
  return new InbetweenError(
    {
      code: 'board-missing',
      message: `The board ${name} is not there any more.`,
      safe: SAFE,
      action: 'Put the file back or relink it, then send the shot again.',
    },
    { cause },
  );
}

/** The file is there but is no picture that can be read; `why` ends the sentence. */
export function boardUnreadable(
  name: string,
  why: string,
  action = 'Open it in your drawing program and export it again as PNG.',
  cause?: unknown,
): InbetweenError {
  return new InbetweenError(
    { code: 'board-unreadable', message: `The board ${name} cannot be read: ${why}.`, safe: SAFE, action },
    { cause },
  );
}

/** The file or the picture in it exceeds BOARD_LIMITS. */
export function boardTooLarge(name: string, is: string): InbetweenError {
  const megapixels = BOARD_LIMITS.pixels / 1_000_000;
  return new InbetweenError({
    code: 'board-too-large',
    message: `The board ${name} is too large: ${is}.`,
    safe: SAFE,
    action: `Export it smaller: at most ${BOARD_LIMITS.side} pixels a side, ${megapixels} megapixels and 512 MB.`,
  });
}

/** Throws 'board-too-large' or, for a picture without pixels, 'board-unreadable'. */
export function assertBoardSize(name: string, width: number, height: number): void {
  if (!(width > 0 && height > 0)) throw boardUnreadable(name, 'it has no pixels');
  if (width > BOARD_LIMITS.side || height > BOARD_LIMITS.side || width * height > BOARD_LIMITS.pixels) {
    throw boardTooLarge(name, `${width}×${height} pixels`);
  }
}
