/** Notes about takes, and the pictures of their checks. Verdicts and review time travel over the WebSocket. */
import { InbetweenError } from '../../../shared/problem';
import {
  checkPictureEndpoint,
  noteEndpoint,
  notesEndpoint,
  reviewBoardEndpoint,
  type TakeNote,
} from '../../../shared/protocol/pages';
import type { Sha256 } from '../../../shared/shot';
import { rawRoute, route, type Route } from './route';

export interface ReviewPort {
  /** The newest note of every take of this sequence that has one. */
  notes(sequenceId: string): readonly TakeNote[];
  /** Keeps a note; answers as `notes` does. Throws InbetweenError "not-found". */
  note(jobId: string, text: string): readonly TakeNote[];
  /** A JPEG; null where the companion does not have the board. */
  board(sha256: Sha256): Promise<Uint8Array | null>;
  /** Absolute path of the picture of a take's `n`th check; null where there is none. */
  checkPicture(jobId: string, n: number): Promise<string | null>;
}

export const reviewRoutes = (port: ReviewPort): Route[] => [
  route(notesEndpoint, ({ sequenceId }) => Promise.resolve({ notes: [...port.notes(sequenceId)] })),
  route(noteEndpoint, ({ jobId, text }) => Promise.resolve({ notes: [...port.note(jobId, text)] })),
  rawRoute(checkPictureEndpoint, async ({ jobId, n }) => {
    const file = await port.checkPicture(jobId, n);
    if (file !== null) return { type: 'image/jpeg', file };
    throw absent('This check has no picture.', 'Look at the frames it names in the clip itself.');
  }),
  rawRoute(reviewBoardEndpoint, async ({ sha256 }) => {
    const bytes = await port.board(sha256);
    if (bytes) return { type: 'image/jpeg', bytes };
    throw absent('The companion does not have this board.', 'Send the shot again from the panel.');
  }),
];

const absent = (message: string, action: string): InbetweenError =>
  new InbetweenError({ code: 'not-found', message, safe: 'Nothing was changed.', action });
