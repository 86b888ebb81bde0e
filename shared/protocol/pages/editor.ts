/** The shot editor: shots to open, what is seen of one while it is drawn, and the takes to compare with. */
import { z } from 'zod';
import { JOB_STATES, zJobSpec } from '../job';
import { zJobId } from '../job-id';
import { LIMITS } from '../limits';
import { zPoint, zRate, zShot, zSize } from '../shot-schema';
import { endpoint, rawEndpoint, zNothing } from './endpoint';

const zName = z.string().max(LIMITS.nameLength);
const zFrame = z.number().int().min(0).max(LIMITS.framesPerShot);
const zWidth = z.number().int().min(64).max(1920);

/** A shot as the picker lists it: the newest job of every shot of every sequence. */
const zEditorEntry = z.object({
  jobId: zJobId,
  sequenceId: zName,
  sequenceName: zName,
  shotName: zName,
  notes: z.string().max(LIMITS.notesLength),
  take: z.number().int().min(1),
  state: z.enum(JOB_STATES),
  /** The newest job of the shot that has pictures. */
  picture: zJobId.exactOptional(),
});
export type EditorEntry = z.output<typeof zEditorEntry>;

/** A finished take of the shot, newest first. */
const zEditorTake = z.object({
  jobId: zJobId,
  take: z.number().int().min(1),
  size: zSize,
  rate: zRate,
  frames: z.number().int().min(1),
  /** A clip that browsers can play. */
  plays: z.boolean(),
  /** Pictures of it: first, middle and last frame. */
  pictures: z.number().int().min(0),
});
export type EditorTake = z.output<typeof zEditorTake>;

export const editorShots = endpoint({
  method: 'GET',
  path: '/api/editor/shots',
  input: zNothing,
  output: z.object({ shots: z.array(zEditorEntry) }),
});

/** The job as it was sent, the shot's takes, and the number that its next take has. */
export const editorShot = endpoint({
  method: 'GET',
  path: '/api/editor/shot',
  input: z.object({ jobId: zJobId }),
  output: z.object({ spec: zJobSpec, takes: z.array(zEditorTake), nextTake: z.number().int().min(1) }),
});

const zDrawn = { shot: zShot, seed: z.number().int().min(0).max(0xffffffff) };

/**
 * Frame `frame` of the shot as it stands, as JPEG. Of asks that wait on the same stream only the newest is answered; the
 * others end with the problem "cancelled".
 */
export const editorFrame = rawEndpoint({
  method: 'POST',
  path: '/api/editor/frame',
  input: z.object({ ...zDrawn, stream: z.string().min(1).max(64), frame: zFrame, width: zWidth }),
});

/** Corners of what the camera sees at these frames, in parts of the frame at rest, clockwise from the top left. */
export const editorFraming = endpoint({
  method: 'POST',
  path: '/api/editor/framing',
  input: z.object({ ...zDrawn, stream: z.string().min(1).max(64), frames: z.array(zFrame).max(64) }),
  output: z.object({ quads: z.array(z.tuple([zPoint, zPoint, zPoint, zPoint])) }),
});

/** The board that holds at `frame` as JPEG: the drawing, or its near (white) and far with the shot's corrections. */
export const editorBoard = rawEndpoint({
  method: 'POST',
  path: '/api/editor/board',
  input: z.object({
    ...zDrawn,
    stream: z.string().min(1).max(64),
    as: z.enum(['drawing', 'relief']),
    frame: zFrame,
    width: zWidth,
  }),
});

/** A take to compare with: its clip for browsers, or one of its pictures (0 first, 1 middle, 2 last frame). */
export const editorTake = rawEndpoint({
  method: 'GET',
  path: '/api/editor/take',
  input: z.object({ jobId: zJobId, what: z.enum(['clip', '0', '1', '2']) }),
});
