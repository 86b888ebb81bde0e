/** The parts of a Storyboarder project that are read, as old and new versions have left them. */
import { z } from 'zod';

/** Numbers come as numbers or as text; anything else counts as not given. */
const zNumber = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number())
  .optional()
  .catch(undefined);
const zText = z.string().optional().catch(undefined);

export const zLayer = z.object({ url: z.string(), opacity: zNumber });

export const zBoard = z.object({
  uid: zText,
  /** Before 1.6 the drawing itself; a name to derive others from ever since. */
  url: zText,
  newShot: z.boolean().catch(false),
  duration: zNumber,
  dialogue: zText,
  action: zText,
  notes: zText,
  audio: z.object({ filename: z.string(), duration: zNumber }).nullish().catch(undefined),
  /** A Photoshop file that the board is edited in. */
  link: zText,
  layers: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
export type Board = z.output<typeof zBoard>;

export const zProject = z.object({
  aspectRatio: zNumber,
  fps: zNumber,
  defaultBoardTiming: zNumber,
  boards: z.array(z.unknown()).max(20_000),
});
