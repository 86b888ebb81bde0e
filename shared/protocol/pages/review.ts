/** What the review page asks besides rows, clips and pictures: notes about takes, and what their checks show. */
import { z } from 'zod';
import { zJobId } from '../job-id';
import { LIMITS } from '../limits';
import { zSha256 } from '../shot-schema';
import { endpoint, rawEndpoint } from './endpoint';

/** Longest note about a take. */
const NOTE_LENGTH = 2000;

export const zTakeNote = z.object({ jobId: zJobId, at: z.number(), text: z.string().max(NOTE_LENGTH) });
export type TakeNote = z.output<typeof zTakeNote>;

/** The newest note of every take of a sequence that has one. */
export const notesEndpoint = endpoint({
  method: 'GET',
  path: '/api/review/notes',
  input: z.object({ sequenceId: z.string().max(LIMITS.nameLength) }),
  output: z.object({ notes: z.array(zTakeNote) }),
});

/** Notes something about a take; an empty text takes the note back. */
export const noteEndpoint = endpoint({
  method: 'POST',
  path: '/api/review/note',
  input: z.object({ jobId: zJobId, text: z.string().trim().max(NOTE_LENGTH) }),
  output: z.object({ notes: z.array(zTakeNote) }),
});

/** A board as a JPEG of at most 960 pixels a side, to stand in for a take. */
export const reviewBoardEndpoint = rawEndpoint({
  method: 'GET',
  path: '/api/review/board',
  input: z.object({ sha256: zSha256 }),
});

/** The JPEG of a take's `n`th check, from 0. */
export const checkPictureEndpoint = rawEndpoint({
  method: 'GET',
  path: '/api/review/check',
  input: z.object({ jobId: zJobId, n: z.coerce.number().int().min(0).max(63) }),
});
