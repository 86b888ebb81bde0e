/** What the reading process found in a storyboard: one file in its folder, for the daemon to show and to work from. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { zProblem, zRate, zSequencePlan, zSha256, zShot, zSize } from '../../../../shared/protocol';

const READING_FILE = 'read.json';
const zFrame = z.number().int().min(0);

const zReadBoard = z.object({
  /** Its number in the storyboard. */
  n: zFrame,
  /** Frame of the shot from which it holds. */
  at: zFrame,
  name: z.string(),
  sha256: zSha256,
  /** What the engines get, absolute. */
  file: z.string(),
  /** The same as one picture that Premiere imports, absolute, under a name that says its shot. */
  picture: z.string(),
  /** A small JPEG, absolute. */
  small: z.string(),
});

const zReadShot = z.object({
  name: z.string(),
  startFrame: zFrame,
  frames: z.number().int().min(1),
  notes: z.string(),
  action: z.string(),
  dialogue: z.string(),
  /** Absent where its boards cannot be read. */
  shot: zShot.exactOptional(),
  problem: zProblem.exactOptional(),
  boards: z.array(zReadBoard),
});
export type ReadShot = z.output<typeof zReadShot>;

const zStoryboardRead = z.object({
  name: z.string(),
  rate: zRate,
  dropFrame: z.boolean(),
  timecodeZero: zFrame,
  size: zSize,
  shots: z.array(zReadShot),
  /** As the sequence is to have them; none in what was read by an older companion. */
  sounds: zSequencePlan.shape.sounds.unwrap().default([]),
  warnings: z.array(z.string()),
});
export type StoryboardRead = z.output<typeof zStoryboardRead>;

const zReading = z.union([z.object({ problem: zProblem }), zStoryboardRead]);
export type Reading = z.output<typeof zReading>;

export const readingFile = (folder: string): string => path.join(folder, READING_FILE);

/** Null where it was not read to the end. */
export async function readingOf(folder: string): Promise<Reading | null> {
  try {
    return zReading.parse(JSON.parse(await readFile(readingFile(folder), 'utf8')));
  } catch {
    return null;
  }
}
