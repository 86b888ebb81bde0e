/** What the night adds to jobs and messages: places in the order, reasons to wait, engines that stand in for slower ones. */
import { z } from 'zod';
import { zErrorCode, zProblem } from './errors';
import { zJobId } from './job-id';
import { LIMITS } from './limits';

/** Where jobs are put among those that wait. */
export const zOrderPlace = z.union([z.enum(['front', 'back']), z.object({ before: zJobId })]);
export type OrderPlace = z.output<typeof zOrderPlace>;

/** States whose rows may be taken out of the lists: nothing more happens to these jobs by itself. */
export const PRUNABLE = ['placed', 'failed', 'cancelled'] as const;
export type Prunable = (typeof PRUNABLE)[number];

/** Why no job is begun at this moment. The ones known so far; a newer companion may have others. */
export const HOLDS = ['paused', 'crash', 'window', 'in-use', 'premiere', 'battery', 'hot', 'disk', 'memory'] as const;
export type HoldKind = (typeof HOLDS)[number];

export const zHold = z.object({
  kind: z.string().max(40),
  /** What keeps jobs from being begun, and what would end it. */
  problem: zProblem,
  /** When it ends by itself, milliseconds since 1970, where that is known. */
  until: z.number().exactOptional(),
});
export type Hold = z.output<typeof zHold>;

/** What the night did by itself that a person may want to know. The ones known so far; a newer companion may have others. */
export const NOTICES = ['held', 'free', 'warning', 'stand-in', 'retry', 'lost', 'failed', 'crash'] as const;
export type NoticeKind = (typeof NOTICES)[number];

export const zNotice = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  kind: z.string().max(40),
  /** The shot it is about, where it is about one. */
  shot: z.string().max(LIMITS.nameLength).exactOptional(),
  sequenceId: z.string().max(LIMITS.nameLength).exactOptional(),
  /** Absent where nothing went wrong. */
  code: zErrorCode.exactOptional(),
  /** What happened, and what is to be done about it: empty where nothing is. */
  message: z.string().max(2000),
  action: z.string().max(1000),
});
export type Notice = z.output<typeof zNotice>;

/** The engine that an attempt used instead of the one its spec asks for, which stays as it is. */
export const zFallback = z.object({
  engine: z.string().max(40),
  /** The sentence for people: "Made by parallax instead of diffusion, to be there by 08:00." */
  why: z.string().max(400),
  /** Milliseconds since 1970. */
  at: z.number(),
});
export type Fallback = z.output<typeof zFallback>;
