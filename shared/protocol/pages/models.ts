/** Model packs: what can be had, what is installed, what is being done about it. */
import { z } from 'zod';
import { zProblem } from '../errors';
import { endpoint, zNothing } from './endpoint';
import { zSecondsRange } from './queue';

const zName = z.string().min(1).max(64);

const zKnownPack = z.object({
  name: zName,
  title: z.string(),
  family: z.string(),
  about: z.string(),
  licence: z.object({ name: z.string(), url: z.string(), text: z.string() }),
  /** How large the model is and what memory of the graphics card it needs, in words. */
  size: z.string(),
  vram: z.string(),
  /** Where people read about it. */
  source: z.string(),
  /** Bytes to pull; null where nobody publishes it ready to pull. */
  bytes: z.number().nullable(),
  /** How else to get it. */
  otherwise: z.string().nullable(),
});
export type KnownPack = z.output<typeof zKnownPack>;

const zInstalledPack = z.object({
  name: z.string(),
  family: z.string().nullable(),
  bytes: z.number(),
  /** What is wrong with it, for people. */
  problem: z.string().nullable(),
});
export type InstalledPack = z.output<typeof zInstalledPack>;

/** Something that is being done with a pack, or how it ended. One a pack at a time. */
const zWork = z.object({
  name: z.string(),
  kind: z.enum(['pull', 'import', 'verify', 'remove']),
  state: z.enum(['working', 'stopped', 'failed', 'done']),
  /** Bytes done and in all; 0 of 0 while that is not known. */
  bytes: z.number().min(0),
  of: z.number().min(0),
  bytesPerSecond: z.number().min(0).nullable(),
  secondsLeft: zSecondsRange.nullable(),
  /** The newest remark: that a server is tried again, what was found. */
  remark: z.string().nullable(),
  problem: zProblem.nullable(),
});
export type PackWork = z.output<typeof zWork>;

export const zModels = z.object({
  folder: z.string(),
  /** Bytes free on the folder's disk. */
  free: z.number().nullable(),
  catalogue: z.array(zKnownPack),
  installed: z.array(zInstalledPack),
  /** Names with a pull that was begun and can be gone on with. */
  begun: z.array(z.string()),
  work: z.array(zWork),
});
export type Models = z.output<typeof zModels>;

export const modelsEndpoint = endpoint({ method: 'GET', path: '/api/models', input: zNothing, output: zModels });

/** Each begins what it says and answers at once; how it goes is in `work`. */
export const pullModelEndpoint = endpoint({
  method: 'POST',
  path: '/api/models/pull',
  input: z.object({ name: zName, acceptLicence: z.boolean() }),
  output: zModels,
});
export const importModelEndpoint = endpoint({
  method: 'POST',
  path: '/api/models/import',
  /** An absolute path on the companion's machine; without a name it is the folder's own. */
  input: z.object({ folder: z.string().min(1).max(4096), name: zName.exactOptional() }),
  output: zModels,
});
export const verifyModelEndpoint = endpoint({
  method: 'POST',
  path: '/api/models/verify',
  input: z.object({ name: zName }),
  output: zModels,
});
export const removeModelEndpoint = endpoint({
  method: 'POST',
  path: '/api/models/remove',
  input: z.object({ name: zName }),
  output: zModels,
});
/** Stops what is being done with a pack, or takes note of how it ended. What was pulled is kept. */
export const stopModelEndpoint = endpoint({
  method: 'POST',
  path: '/api/models/stop',
  input: z.object({ name: zName }),
  output: zModels,
});
