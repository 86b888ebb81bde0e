/** What the link itself has to tell the artist. What the companion tells is passed on as it is. */
import { InbetweenError, type Problem } from '../../shared/problem';

const SAFE = 'Shots that were submitted go on rendering; nothing is lost.';

export const UNAVAILABLE: Problem = {
  code: 'companion-unavailable',
  message: 'The Inbetween companion does not answer.',
  safe: SAFE,
  action: 'Start the companion app; the panel connects by itself.',
  retry: true,
};

export const CLOSED: Problem = {
  code: 'cancelled',
  message: 'The panel was closed.',
  safe: SAFE,
  action: 'Open the panel again.',
  retry: true,
};

export const CANCELLED: Problem = {
  code: 'cancelled',
  message: 'The upload was cancelled.',
  safe: 'Nothing else was changed.',
  action: '',
  retry: true,
};

export const PAIRING_NEEDED: Problem = {
  code: 'unauthorised',
  message: 'This panel is not paired with the companion yet.',
  safe: SAFE,
  action: 'Enter the six digits that the companion shows.',
  retry: false,
};

export const SUPERSEDED: Problem = {
  code: 'superseded',
  message: 'This panel has connected a second time; the newer connection goes on.',
  safe: SAFE,
  action: 'Use the panel that was opened last, or press Connect here to take over.',
  retry: false,
};

export const versionMismatch = (side: 'panel' | 'companion'): Problem => ({
  code: 'version-mismatch',
  message: 'The panel and the companion are too far apart in age to talk.',
  safe: SAFE,
  action: side === 'panel' ? 'Update the panel in Premiere.' : 'Update the companion app.',
  retry: false,
});

export const tooLong = (what: string): InbetweenError =>
  new InbetweenError({
    code: 'too-large',
    message: `${what} is too long to be sent.`,
    safe: 'Nothing was sent.',
    action: 'Shorten the notes or regions of this shot.',
  });

export const unreadable = (name: string, cause?: unknown): InbetweenError =>
  new InbetweenError(
    {
      code: 'board-unreadable',
      message: `The board "${name}" could not be read to its end.`,
      safe: 'The other shots go on.',
      action: 'Check that the file is there and is not being written, then submit the shot again.',
      retry: true,
    },
    { cause },
  );
