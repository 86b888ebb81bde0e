/** A job: everything needed to make the same take again, and what has become of it. */
import { z } from 'zod';
import { zProblem } from './errors';
import { zReason } from './facts';
import { zJobId } from './job-id';
import { LIMITS } from './limits';
import { zFallback } from './night';
import { zHandles, zRate, zSha256, zShot, zSize } from './shot-schema';

export const ENGINES = ['auto', 'parallax', 'inbetween', 'diffusion'] as const;
export const CODECS = ['prores-proxy', 'dnxhr-lb', 'h264'] as const;
export type Codec = (typeof CODECS)[number];

/** A LoRA file in the companion's folder of styles, and how strongly it is wanted: 1 as it was made. */
export const zStyle = z.object({
  name: z.string().min(1).max(LIMITS.nameLength),
  sha256: zSha256,
  weight: z.number().min(-4).max(4),
});

export const zJobSpec = z.object({
  id: zJobId,
  /** Where the take belongs: both ids of the host, so that it can never land in another sequence. */
  sequence: z.object({
    projectId: z.string().max(LIMITS.nameLength),
    sequenceId: z.string().max(LIMITS.nameLength),
    name: z.string().max(LIMITS.nameLength),
    /** The boards' own video track, from 0: takes land above it. */
    trackAbove: z.number().int().min(0).max(999).exactOptional(),
  }),
  /** The preview whose place on the timeline this take is to have. */
  replaces: zJobId.exactOptional(),
  shot: zShot,
  /** Frames of the clip before and after the shot: there to be trimmed open, not on the timeline. */
  handles: zHandles.exactOptional(),
  engine: z.enum(ENGINES),
  /** Model pack, where the engine uses one: its name and the SHA-256 of its manifest. */
  pack: z.object({ name: z.string().max(LIMITS.nameLength), sha256: zSha256 }).exactOptional(),
  /** Styles merged into the pack, where the engine is the diffusion engine. */
  styles: z.array(zStyle).max(LIMITS.stylesPerJob).exactOptional(),
  /** What the model is told happens, in place of what the shot's note says. */
  prompt: z.string().max(LIMITS.notesLength).exactOptional(),
  /** What the model is led away from, in place of its usual list. */
  negative: z.string().max(LIMITS.notesLength).exactOptional(),
  /** A line for every prompt of the sequence: "pencil storyboard, soft shading". */
  styleLine: z.string().max(LIMITS.notesLength).exactOptional(),
  seed: z.number().int().min(0).max(0xffffffff),
  codec: z.enum(CODECS),
  quality: z.enum(['preview', 'full']),
  /** Take number in the shot, from 1. */
  take: z.number().int().min(1).max(9999),
  /** Version of the product that made the spec. */
  version: z.string().max(40),
});
export type JobSpec = z.output<typeof zJobSpec>;

/** queued → rendering → rendered → delivered → placed; failed and cancelled end a job too. */
export const JOB_STATES = ['queued', 'rendering', 'rendered', 'delivered', 'placed', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

export const zCheck = z.object({
  name: z.string().max(80),
  ok: z.boolean(),
  /** 0–1, 1 is best. */
  score: z.number().min(0).max(1),
  detail: z.string().max(2000),
  /** The frames it is about, half-open [from, to), in order. */
  frames: z
    .array(z.tuple([z.number().int().min(0), z.number().int().min(0)]))
    .max(64)
    .exactOptional(),
  /** JPEG that shows it, absolute path. */
  picture: z.string().max(4096).exactOptional(),
});
export type Check = z.output<typeof zCheck>;

/** A finished clip and how it was made. */
export const zTake = z.object({
  /** Absolute path on the companion's machine. */
  path: z.string().min(1).max(4096),
  bytes: z.number().int().positive(),
  sha256: zSha256,
  size: zSize,
  rate: zRate,
  /** Of the shot; the clip has its handles' beside them. */
  frames: z.number().int().positive(),
  handles: zHandles.exactOptional(),
  codec: z.enum(CODECS),
  engine: z.string().max(40),
  /** Execution provider that ran the graphs: "cpu", "webgpu", … */
  provider: z.string().max(40),
  seed: z.number().int(),
  /** Seconds of work for this take: rendering alone, waiting not counted. */
  seconds: z.number().min(0),
  /** JPEG pictures of first, middle and last frame, absolute paths. */
  thumbnails: z.array(z.string().max(4096)).max(12),
  checks: z.array(zCheck).max(64),
  /** Small H.264 mp4 of the whole clip that browsers play, absolute path. */
  proxy: z.string().max(4096).exactOptional(),
  /** What a person should know: "move scaled down to 80 %". */
  warnings: z.array(z.string().max(1000)).max(32),
});
export type Take = z.output<typeof zTake>;

export const zPlacement = z.object({
  trackIndex: z.number().int().min(0),
  startFrame: z.number().int(),
  frames: z.number().int().min(1),
  name: z.string().max(LIMITS.nameLength),
});
export type Placement = z.output<typeof zPlacement>;

/** What a person last said of a take. Absent: nothing, or taken back. */
export const zJobVerdict = z.object({
  verdict: z.enum(['approved', 'rejected']),
  reason: zReason.exactOptional(),
  /** Milliseconds since 1970. */
  at: z.number(),
});
export type JobVerdict = z.output<typeof zJobVerdict>;

/** One job as lists show it. */
export const zJobRow = z.object({
  spec: zJobSpec,
  state: z.enum(JOB_STATES),
  attempts: z.number().int().min(0),
  order: z.number(),
  /** Milliseconds since 1970, by the companion's clock. */
  submittedAt: z.number(),
  changedAt: z.number(),
  take: zTake.exactOptional(),
  problem: zProblem.exactOptional(),
  placement: zPlacement.exactOptional(),
  verdict: zJobVerdict.exactOptional(),
  /** The faster engine that the last attempt used, where the job's own would not have been there by its deadline. */
  fallback: zFallback.exactOptional(),
  /** Takes that were made of this job and are not its take: they failed a check, and another seed was tried. */
  tries: z.array(zTake).max(LIMITS.triesPerJob).exactOptional(),
});
export type JobRow = z.output<typeof zJobRow>;

/** A stored fact about a job. `seq` counts up by one over the whole store and never repeats. */
export const zJobEvent = z.object({
  seq: z.number().int().min(1),
  at: z.number(),
  jobId: zJobId,
  state: z.enum(JOB_STATES),
  attempts: z.number().int().min(0),
  shotName: z.string().max(LIMITS.nameLength),
  sequenceId: z.string().max(LIMITS.nameLength),
  take: zTake.exactOptional(),
  problem: zProblem.exactOptional(),
  verdict: zJobVerdict.exactOptional(),
});
export type JobEvent = z.output<typeof zJobEvent>;

/** How far a stage is by its own count: frames, or steps of denoising. */
export const zStep = z.object({ n: z.number().int().min(0), of: z.number().int().min(1) });
export type Step = z.output<typeof zStep>;

/** Not a fact but a glimpse: sent to whoever listens, never stored. */
export const zProgress = z.object({
  jobId: zJobId,
  stage: z.string().max(80),
  done: z.number().min(0),
  of: z.number().min(0),
  step: zStep.exactOptional(),
  /** Seconds to the end of this job, a range; absent until something has been measured. */
  secondsLeft: z.object({ low: z.number().min(0), likely: z.number().min(0), high: z.number().min(0) }).exactOptional(),
  /** The same for the whole queue. */
  queueSecondsLeft: z
    .object({ low: z.number().min(0), likely: z.number().min(0), high: z.number().min(0) })
    .exactOptional(),
});
export type Progress = z.output<typeof zProgress>;
