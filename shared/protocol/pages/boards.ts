/** Storyboards brought to the companion: sent in parts, read there, animated from there or laid out in Premiere. */
import { z } from 'zod';
import { zProblem } from '../errors';
import { zJobSpec } from '../job';
import { SHEETS } from '../../shot';
import { LIMITS } from '../limits';
import { zRate, zSize } from '../shot-schema';
import { endpoint, rawEndpoint, zNothing } from './endpoint';

/** What one storyboard may be at most. */
export const STORYBOARD_LIMITS = {
  files: 5_000,
  /** Bytes of one file; a board's own limit. */
  fileBytes: LIMITS.boardBytes,
  /** Bytes of all files of one storyboard. */
  bytes: 8 * 1024 * 1024 * 1024,
  /** Bytes of one part: as base64 it fits into one request. */
  partBytes: 589_824,
  /** Characters of a file's path within the storyboard, and folders in it. */
  pathLength: 512,
  depth: 12,
  /** Storyboards kept at once. */
  kept: 200,
} as const;

/**
 * A file's place within its storyboard, with forward slashes ("images/board-1.png"). Nothing that leads out of a folder or means
 * something else than a file on any system: no "..", no drive, no device, no control character.
 */
export const zPlace = z
  .string()
  .min(1)
  .max(STORYBOARD_LIMITS.pathLength)
  .refine((place) => place.split('/').length <= STORYBOARD_LIMITS.depth, 'it lies too deep')
  .refine((place) => place.split('/').every(isPlainName), 'it is no plain file name');

const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:\.|$)/i;
/** Bytes of a name that every file system takes, some room left for what is added to it. */
const NAME_BYTES = 240;
const isControl = (letter: string): boolean => letter < ' ' || letter === '\u007f';

/** True for a name that is one file or folder on every system. */
export function isPlainName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 200 &&
    utf8Bytes(name) <= NAME_BYTES &&
    !/[<>:"/\\|?*]/.test(name) &&
    !Array.from(name).some(isControl) &&
    !/^\s|[\s.]$/.test(name) &&
    !DEVICE.test(name)
  );
}

/** Whether scanned sheets become a board a panel. */
const zSheets = z.enum(SHEETS);

/** Infinity for text that is none: half a surrogate pair becomes another letter on the disk. */
function utf8Bytes(text: string): number {
  try {
    return encodeURIComponent(text).replace(/%../g, '_').length;
  } catch {
    return Infinity;
  }
}

const zImportId = z.string().regex(/^[0-9a-f]{32}$/);
const zAsked = z.object({ id: zImportId });
const zFrames = z.number().int().min(0);

const zStoryboardEntry = z.object({
  id: zImportId,
  name: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  state: z.enum(['receiving', 'reading', 'ready', 'failed']),
  problem: zProblem.exactOptional(),
  shots: zFrames,
  boards: zFrames,
  sheets: zSheets.default('auto'),
  /** True once somebody wants it as a sequence: the panel offers it first. */
  wanted: z.boolean(),
});
export type StoryboardEntry = z.output<typeof zStoryboardEntry>;

const zStoryboardShot = z.object({
  name: z.string(),
  startFrame: zFrames,
  frames: zFrames,
  notes: z.string(),
  action: z.string(),
  dialogue: z.string(),
  /** Why it cannot be made as it is. */
  problem: zProblem.exactOptional(),
  /** Numbers of its boards' pictures, and the frame of the shot from which each holds. */
  boards: z.array(z.object({ n: zFrames, at: zFrames, name: z.string() })),
});
export type StoryboardShotRow = z.output<typeof zStoryboardShot>;

export const zStoryboardView = zStoryboardEntry.extend({
  /** Absent until it is read. */
  read: z
    .object({
      rate: zRate,
      dropFrame: z.boolean(),
      /** Timecode of the first frame, in frames. */
      timecodeZero: zFrames,
      size: zSize,
      shots: z.array(zStoryboardShot),
      warnings: z.array(z.string()),
    })
    .exactOptional(),
});
export type StoryboardView = z.output<typeof zStoryboardView>;

const zList = z.object({ imports: z.array(zStoryboardEntry) });

/** Newest first. */
export const storyboardsEndpoint = endpoint({ method: 'GET', path: '/api/boards', input: zNothing, output: zList });

/** Names the files that will come; those of 0 bytes are taken as they are. */
export const beginStoryboardEndpoint = endpoint({
  method: 'POST',
  path: '/api/boards/begin',
  input: z.object({
    /** What it is called where the files do not say. */
    name: z.string().min(1).max(200),
    /** What it is to run at; its own rate where absent, 24 where it has none. */
    rate: zRate.exactOptional(),
    dropFrame: z.boolean().exactOptional(),
    sheets: zSheets.exactOptional(),
    files: z
      .array(z.object({ place: zPlace, bytes: z.number().int().min(0).max(STORYBOARD_LIMITS.fileBytes) }))
      .min(1)
      .max(STORYBOARD_LIMITS.files),
  }),
  output: zAsked,
});

/** The next bytes of file number `file`, from `from` on. Answers how many bytes of it are there. */
export const storyboardPartEndpoint = endpoint({
  method: 'POST',
  path: '/api/boards/part',
  input: zAsked.extend({
    file: zFrames,
    from: zFrames,
    data: z
      .base64()
      .min(1)
      .max(Math.ceil(STORYBOARD_LIMITS.partBytes / 3) * 4),
  }),
  output: z.object({ bytes: zFrames }),
});

/** All has come: begins to read and answers at once. Where it is read already and `sheets` is another wish, it is read anew. */
export const readStoryboardEndpoint = endpoint({
  method: 'POST',
  path: '/api/boards/read',
  input: zAsked.extend({ sheets: zSheets.exactOptional() }),
  output: zStoryboardView,
});

export const storyboardEndpoint = endpoint({
  method: 'GET',
  path: '/api/boards/storyboard',
  input: zAsked,
  output: zStoryboardView,
});

/** A board as a small JPEG. */
export const storyboardPictureEndpoint = rawEndpoint({
  method: 'GET',
  path: '/api/boards/picture',
  input: zAsked.extend({ n: z.coerce.number().int().min(0) }),
});

/** Puts a job for every shot that can be made into the queue. The same storyboard made the same way again is the same jobs. */
export const animateStoryboardEndpoint = endpoint({
  method: 'POST',
  path: '/api/boards/animate',
  input: zAsked.extend({
    engine: zJobSpec.shape.engine.default('auto'),
    /** What a model that reads text is told of every shot. */
    styleLine: zJobSpec.shape.styleLine,
    negative: zJobSpec.shape.negative,
  }),
  output: z.object({
    submitted: zFrames,
    /** In the queue already. */
    known: zFrames,
    /** Shots that were left out, each with its reason. */
    refused: z.array(z.object({ shot: z.string(), problem: zProblem })),
  }),
});

/** Offers it to the panel, or no longer. */
export const wantSequenceEndpoint = endpoint({
  method: 'POST',
  path: '/api/boards/want',
  input: zAsked.extend({ wanted: z.boolean() }),
  output: zList,
});

export const removeStoryboardEndpoint = endpoint({
  method: 'POST',
  path: '/api/boards/remove',
  input: zAsked,
  output: zList,
});

/** A storyboard as a sequence is to have it: files on the companion's machine, whole frames from the sequence's zero. */
export const zSequencePlan = z.object({
  name: z.string().min(1),
  rate: zRate,
  dropFrame: z.boolean(),
  timecodeZero: zFrames,
  size: zSize,
  /** By start; no two overlap. A file is used once. */
  boards: z.array(z.object({ path: z.string().min(1), startFrame: zFrames, frames: z.number().int().min(1) })).min(1),
  markers: z.array(
    z.object({ startFrame: zFrames, frames: z.number().int().min(1), name: z.string(), notes: z.string() }),
  ),
  /**
   * Dialogue and music, by track (audio tracks from 0) and start: no two of a track overlap. The same file may sound several times.
   * `inFrame` is the frame of the file, counted at the sequence's rate, that is heard first. Absent where there is no sound.
   */
  sounds: z
    .array(
      z.object({
        path: z.string().min(1),
        track: zFrames,
        startFrame: zFrames,
        frames: z.number().int().min(1),
        inFrame: zFrames,
      }),
    )
    .exactOptional(),
});
export type SequencePlan = z.output<typeof zSequencePlan>;

export const sequencePlanEndpoint = endpoint({
  method: 'GET',
  path: '/api/boards/sequence',
  input: zAsked,
  output: zSequencePlan,
});
