/** What the submitting companion and the farm's workers say to each other through Redis. Parsed on both sides. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { zJobSpec, zProblem, zSettings, zSha256, zTake, type JobSpec } from '../../../shared/protocol';

/** Changes when older workers could not do newer work: they listen elsewhere, and are told of. */
export const FARM_VERSION = 2;
const PREFIX = `inbetween-${FARM_VERSION}`;

/** One attempt at a job, as it waits in Redis. */
export const zFarmJob = z.object({
  spec: zJobSpec,
  /** The spec with stand-in engine and seed of this try. */
  run: zJobSpec,
  attempt: z.number().int().min(1),
  tries: z.number().int().min(0),
  remarks: z.array(z.string().max(1000)).max(32),
  /** Of which engines' takes PREVIS is burnt in, as the sequence says; of the diffusion engine's where absent. */
  previs: zSettings.shape.previsBurnIn.unwrap().exactOptional(),
  /** The companion that has the boards and takes the result, and what lets a worker in there. */
  door: z.string().regex(/^[0-9a-f]{16}$/),
  ticket: z.string().regex(/^[\w-]{16,128}$/),
  /** The boards lie in the shared folder too, and a take may be left there. */
  shared: z.boolean(),
});
export type FarmJob = z.output<typeof zFarmJob>;

/** What is to be made, without how it travels. */
export type FarmAttempt = Omit<FarmJob, 'door' | 'ticket' | 'shared'>;

/** A file of a take that was sent to the companion: its path on the worker, by which the take names it. */
export const zFarmFile = z.object({
  path: z.string().min(1).max(4096),
  sha256: zSha256,
  bytes: z.number().int().positive(),
});
export type FarmFile = z.output<typeof zFarmFile>;

/** Where a companion is reached by workers: base addresses to be tried in this order, and the one certificate that is believed there. */
export const zFarmDoor = z.object({
  urls: z.array(z.url({ protocol: /^https?$/ }).max(400)).max(32),
  certificate: z.string().max(20_000).exactOptional(),
});
export type FarmDoor = z.output<typeof zFarmDoor>;

/** How an attempt ended on a worker. */
export const zFarmOutcome = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('rendered'),
    take: zTake,
    seconds: z.number().min(0),
    worker: z.string().max(200),
    /** What was sent to the companion; absent where all lies in the shared folder, in a place of this attempt's own. */
    files: z.array(zFarmFile).max(128).exactOptional(),
  }),
  z.object({ type: z.literal('failed'), problem: zProblem, worker: z.string().max(200) }),
  /** The render process was lost: counted, and tried again. */
  z.object({ type: z.literal('lost'), problem: zProblem, worker: z.string().max(200) }),
  z.object({ type: z.literal('cancelled'), worker: z.string().max(200) }),
]);
export type FarmOutcome = z.output<typeof zFarmOutcome>;

export const zFarmProgress = z.object({ done: z.number().min(0), of: z.number().min(0), stage: z.string().max(80) });

/** A model pack on a worker, and the memory it takes at the very least; 0 where nobody knows. */
export const zWorkerPack = z.object({
  queue: z.string().max(200),
  name: z.string().max(200),
  needBytes: z.number().min(0),
});
export type WorkerPack = z.output<typeof zWorkerPack>;

/** What a worker says of itself, every few seconds; gone when it falls silent. */
export const zWorkerCard = z.object({
  id: z.string().max(200),
  farm: z.number().int(),
  version: z.string().max(40),
  /** What runs the networks there. */
  provider: z.string().max(40),
  /** The processor or card behind it, as its maker calls it. */
  device: z.string().max(200).exactOptional(),
  /** Memory that networks can have there; absent where nobody can say. */
  memoryBytes: z.number().min(0).exactOptional(),
  /** All packs there, those among them that do not fit into its memory. */
  packs: z.array(zWorkerPack).max(1000).exactOptional(),
  /** What it takes. */
  queues: z.array(z.string().max(200)),
  state: z.enum(['idle', 'busy', 'draining']),
  job: z.string().max(64).exactOptional(),
});
export type WorkerCard = z.output<typeof zWorkerCard>;

/** Redis keys and channels of ours, beside BullMQ's. */
export const KEYS = {
  card: (id: string): string => `${PREFIX}:worker:${id}`,
  cards: 'inbetween-*:worker:*',
  drain: (id: string): string => `${PREFIX}:drain:${id}`,
  cancel: `${PREFIX}:cancel`,
  /** Where a companion is reached. */
  door: (id: string): string => `${PREFIX}:door:${id}`,
} as const;

/** Work any worker can do. */
export const EMBEDDED = `${PREFIX}-embedded`;
/** Work for a worker with some diffusion pack, whichever. */
export const ANY_PACK = `${PREFIX}-diffusion`;

/** Work for workers that have this very pack. */
export function packQueue(pack: { readonly sha256: string }): string {
  return `${PREFIX}-pack-${pack.sha256.slice(0, 16)}`;
}

/** The queue of a job: by what a worker must have to run it. */
export function queueOf(run: JobSpec): string {
  if (run.pack) return packQueue(run.pack);
  return run.engine === 'diffusion' ? ANY_PACK : EMBEDDED;
}

/**
 * The id under which an attempt waits in Redis. Asking for the same try of the same job again finds it, so that a companion that was killed
 * takes up what is already being done.
 */
export function farmId({ spec, run, tries }: Pick<FarmJob, 'spec' | 'run' | 'tries'>): string {
  const what = createHash('sha256')
    .update(JSON.stringify([run.engine, run.seed, tries]))
    .digest('hex')
    .slice(0, 8);
  return `${spec.id}_${what}`;
}
