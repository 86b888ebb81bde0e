/** Notes about takes, and the pictures of their checks. Verdicts and review time travel over the WebSocket. */
import { InbetweenError } from '../../../shared/problem';
import { checkPictureEndpoint, noteEndpoint, notesEndpoint, type TakeNote } from '../../../shared/protocol/pages';
import { rawRoute, route, type Route } from './route';

export interface ReviewPort {
  /** The newest note of every take of this sequence that has one. */
  notes(sequenceId: string): readonly TakeNote[];
  /** Keeps a note; answers as `notes` does. Throws InbetweenError "not-found". */
  note(jobId: string, text: string): readonly TakeNote[];
  /** Absolute path of the picture of a take's `n`th check; null where there is none. */
  checkPicture(jobId: string, n: number): Promise<string | null>;
}

export const reviewRoutes = (port: ReviewPort): Route[] => [
  route(notesEndpoint, ({ sequenceId }) => Promise.resolve({ notes: [...port.notes(sequenceId)] })),
  route(noteEndpoint, ({ jobId, text }) => Promise.resolve({ notes: [...port.note(jobId, text)] })),
  rawRoute(checkPictureEndpoint, async ({ jobId, n }) => {
    const file = await port.checkPicture(jobId, n);
    if (file !== null) return { type: 'image/jpeg', file };
    throw new InbetweenError({
      code: 'not-found',
      message: 'This check has no picture.',
      safe: 'Nothing was changed.',
      action: 'Look at the frames it names in the clip itself.',
    });
  }),
];
