/** Files that cannot be read as what they are: refused with the reason and one thing to do. */
import path from 'node:path';
import { InbetweenError } from '../../../../shared/problem';

/** The file as a whole cannot be used; `why` ends the sentence "film.xml cannot be read: …". */
export function unreadable(file: string, why: string, action: string, cause?: unknown): InbetweenError {
  return new InbetweenError(
    {
      code: 'board-unreadable',
      message: `${path.basename(file)} cannot be read: ${why}.`,
      safe: 'Nothing was changed.',
      action,
    },
    { cause },
  );
}

/** The file holds more than can be laid out. */
export function tooLarge(file: string, is: string, action: string): InbetweenError {
  return new InbetweenError({
    code: 'board-too-large',
    message: `${path.basename(file)} is too large: ${is}.`,
    safe: 'Nothing was changed.',
    action,
  });
}

/** There is nothing in it to make a storyboard of. */
export function empty(file: string, what: string, action: string): InbetweenError {
  return new InbetweenError({
    code: 'board-missing',
    message: `${path.basename(file)} ${what}.`,
    safe: 'Nothing was changed.',
    action,
  });
}

/** Raised inside a reader that knows the fault but not the file; `readTimeline` and its like say which file it was. */
export class FormatFault extends Error {
  override readonly name = 'FormatFault';
}
