/** Every text message of protocol 1. Binary messages are upload chunks only: see chunk.ts. */
import { z } from 'zod';
import { zProblem } from './errors';
import { VERDICTS, zReason, zVerdictBy } from './facts';
import { JOB_STATES, zJobEvent, zJobRow, zJobSpec, zPlacement, zProgress } from './job';
import { zJobId } from './job-id';
import { LIMITS } from './limits';
import { PRUNABLE, zHold, zOrderPlace } from './night';
import { zSha256 } from './shot-schema';

const zVersion = z.object({ major: z.number().int().min(0), minor: z.number().int().min(0) });
/** Names a request, so that its answer or error can be matched. Made by the asking side. */
const zRef = z.string().min(1).max(64);
const zSeq = z.number().int().min(0);

/** What the panel (or another client) may send. */
export const zClientMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    protocol: zVersion,
    client: z.object({ name: z.string().max(80), version: z.string().max(40), instance: z.string().min(1).max(64) }),
    /** A token from an earlier pairing, or the six digits the companion shows. */
    auth: z.union([z.object({ token: z.string().min(1).max(256) }), z.object({ code: z.string().regex(/^\d{6}$/) })]),
  }),
  z.object({ type: z.literal('submit'), ref: zRef, jobs: z.array(zJobSpec).min(1).max(LIMITS.jobsPerSubmit) }),
  z.object({ type: z.literal('have'), ref: zRef, boards: z.array(zSha256).min(1).max(1000) }),
  z.object({
    type: z.literal('upload-begin'),
    ref: zRef,
    sha256: zSha256,
    bytes: z.number().int().positive(),
    name: z.string().max(LIMITS.nameLength),
  }),
  z.object({ type: z.literal('upload-abort'), transfer: z.number().int().min(1) }),
  /** Asks for all events after `seq`, then for live ones. */
  z.object({
    type: z.literal('since'),
    ref: zRef,
    seq: zSeq,
    sequenceId: z.string().max(LIMITS.nameLength).exactOptional(),
  }),
  z.object({
    type: z.literal('list'),
    ref: zRef,
    states: z.array(z.enum(JOB_STATES)).exactOptional(),
    sequenceId: z.string().max(LIMITS.nameLength).exactOptional(),
    offset: z.number().int().min(0).exactOptional(),
    limit: z.number().int().min(1).max(500).exactOptional(),
  }),
  /** Takes charge of a rendered take: the answer carries the clip's path; the job becomes `delivered`. */
  z.object({ type: z.literal('deliver'), ref: zRef, jobId: zJobId }),
  /** The clip is on the timeline, read back and confirmed; the job becomes `placed`. Saying it twice is harmless. */
  z.object({ type: z.literal('placed'), ref: zRef, jobId: zJobId, placement: zPlacement }),
  z.object({ type: z.literal('cancel'), ref: zRef, jobIds: z.array(zJobId).min(1).max(LIMITS.jobsPerSubmit) }),
  z.object({ type: z.literal('retry'), ref: zRef, jobIds: z.array(zJobId).min(1).max(LIMITS.jobsPerSubmit) }),
  /** While paused no job is begun; the one that runs goes on. Kept over a restart. Without `paused` it only asks. */
  z.object({ type: z.literal('pause'), ref: zRef, paused: z.boolean().exactOptional() }),
  /** What a person thinks of a take; `none` takes it back. */
  z.object({
    type: z.literal('verdict'),
    ref: zRef,
    jobId: zJobId,
    verdict: z.enum(VERDICTS),
    reason: zReason.exactOptional(),
    by: zVerdictBy,
  }),
  /** What of our takes is on this timeline and enabled at this look, frames each; all of it, so that what is absent is out. */
  z.object({
    type: z.literal('cut'),
    ref: zRef,
    sequenceId: z.string().max(LIMITS.nameLength),
    takes: z.array(z.object({ jobId: zJobId, frames: z.number().int().min(0) })).max(LIMITS.takesInCut),
  }),
  /** Seconds somebody has looked at a take since the last such message. */
  z.object({ type: z.literal('review-time'), ref: zRef, jobId: zJobId, seconds: z.number().min(0).max(86_400) }),
  /** Puts waiting jobs, in the order named, before all others, behind them, or before one of them. Holds until another order is set. */
  z.object({
    type: z.literal('reorder'),
    ref: zRef,
    jobIds: z.array(zJobId).min(1).max(LIMITS.jobsPerSubmit),
    to: zOrderPlace,
  }),
  /** Takes jobs in these states out of the lists. They are not forgotten: their files and facts stay, submitting them again is no new job. */
  z.object({ type: z.literal('prune'), ref: zRef, states: z.array(z.enum(PRUNABLE)).min(1) }),
  /** Premiere plays or exports (or has ceased to): no job is begun meanwhile, if the settings say so. Ends with the connection. */
  z.object({ type: z.literal('host-busy'), ref: zRef, busy: z.boolean() }),
  z.object({ type: z.literal('ping'), ref: zRef }),
]);
export type ClientMessage = z.output<typeof zClientMessage>;
export type ClientMessageOf<T extends ClientMessage['type']> = Extract<ClientMessage, { type: T }>;

/** What the companion may send. */
export const zCompanionMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello-ack'),
    protocol: zVersion,
    companion: z.object({ name: z.string().max(80), version: z.string().max(40), instance: z.string().max(64) }),
    capabilities: z.object({
      engines: z.array(z.string().max(40)),
      codecs: z.array(z.string().max(40)),
      providers: z.array(z.string().max(40)),
    }),
    /** To be kept and sent in the next hello. Present after pairing by code. */
    token: z.string().max(256).exactOptional(),
    /** Number of the newest stored event. */
    seq: zSeq,
    limits: z.object({
      textBytes: z.number(),
      chunkBytes: z.number(),
      windowBytes: z.number(),
      boardBytes: z.number(),
    }),
  }),
  z.object({
    type: z.literal('submit-ack'),
    ref: zRef,
    /** `known`: the job was there already and was not changed. A refused job carries its problem; the others are stored. */
    jobs: z.array(
      z.object({
        jobId: zJobId,
        state: z.enum(JOB_STATES).exactOptional(),
        known: z.boolean(),
        problem: zProblem.exactOptional(),
      }),
    ),
    /** Boards the companion lacks. Jobs wait for them. */
    missing: z.array(zSha256),
  }),
  z.object({ type: z.literal('have-ack'), ref: zRef, missing: z.array(zSha256) }),
  z.object({
    type: z.literal('upload-ready'),
    ref: zRef,
    /** Goes into every chunk's header. 0: the companion has the board already. */
    transfer: z.number().int().min(0),
    /** Bytes already there from an earlier try: go on from here. */
    offset: z.number().int().min(0),
  }),
  z.object({ type: z.literal('upload-ack'), transfer: z.number().int().min(1), offset: z.number().int().min(0) }),
  z.object({ type: z.literal('upload-done'), transfer: z.number().int().min(1), sha256: zSha256 }),
  /** `ref` is that of the `since` it answers, so that events of an earlier one cannot be mistaken. */
  z.object({ type: z.literal('event'), ref: zRef.exactOptional(), event: zJobEvent }),
  /** All events up to `seq` have been sent; what follows is live. */
  z.object({ type: z.literal('caught-up'), ref: zRef, seq: zSeq }),
  z.object({ type: z.literal('progress'), progress: zProgress }),
  z.object({ type: z.literal('list-ack'), ref: zRef, jobs: z.array(zJobRow), total: z.number().int().min(0) }),
  z.object({ type: z.literal('deliver-ack'), ref: zRef, job: zJobRow }),
  z.object({ type: z.literal('placed-ack'), ref: zRef, jobId: zJobId }),
  z.object({ type: z.literal('cancel-ack'), ref: zRef, jobIds: z.array(zJobId) }),
  z.object({ type: z.literal('retry-ack'), ref: zRef, jobIds: z.array(zJobId) }),
  z.object({
    type: z.literal('pause-ack'),
    ref: zRef,
    paused: z.boolean(),
    /** Everything that keeps jobs from being begun now, a person's pause too. */
    holds: z.array(zHold).exactOptional(),
  }),
  /** Those of the jobs that wait. */
  z.object({ type: z.literal('reorder-ack'), ref: zRef, jobIds: z.array(zJobId) }),
  z.object({ type: z.literal('prune-ack'), ref: zRef, pruned: z.number().int().min(0) }),
  z.object({ type: z.literal('host-busy-ack'), ref: zRef }),
  z.object({ type: z.literal('verdict-ack'), ref: zRef, job: zJobRow }),
  z.object({ type: z.literal('cut-ack'), ref: zRef }),
  z.object({ type: z.literal('review-time-ack'), ref: zRef }),
  z.object({ type: z.literal('pong'), ref: zRef }),
  /** Something was wrong with a message (`ref` or `transfer` says which) or with the connection (neither). */
  z.object({
    type: z.literal('error'),
    ref: zRef.exactOptional(),
    transfer: z.number().int().exactOptional(),
    problem: zProblem,
    /** The connection closes after this. */
    fatal: z.boolean(),
  }),
]);
export type CompanionMessage = z.output<typeof zCompanionMessage>;
export type CompanionMessageOf<T extends CompanionMessage['type']> = Extract<CompanionMessage, { type: T }>;
