/** What the daemon and its render process say to each other (JSON over the child's IPC channel), parsed on both sides. */
import { z } from 'zod';
import { zJobSpec, zJobId, zProblem, zSha256, zStep, zTake } from '../../shared/protocol';

/** One attempt at a job. */
export const zRenderOrder = z.object({
  spec: zJobSpec,
  attempt: z.number().int().min(1),
  /** Boards by hash, as whole files on this machine. */
  boards: z.array(z.object({ sha256: zSha256, path: z.string().min(1) })),
  /** Where this attempt may write, its own; the daemon renames the result from here. */
  attemptDir: z.string().min(1),
  /** File name of the clip inside attemptDir, already safe on every system. */
  fileName: z.string().min(1).max(200),
  /** Folder of installed model packs, if any. */
  packsDir: z.string().exactOptional(),
  /** Of which engines' takes PREVIS is burnt in. */
  previs: z.enum(['never', 'diffusion', 'always']).default('diffusion'),
  provider: z.enum(['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml']).default('auto'),
});
export type RenderOrder = z.output<typeof zRenderOrder>;

export const zToRender = z.discriminatedUnion('type', [
  z.object({ type: z.literal('render'), order: zRenderOrder }),
  z.object({ type: z.literal('cancel'), jobId: zJobId }),
  /** Let go of models and cards that are kept warm: Premiere wants them. Between jobs at once, in a job after it. */
  z.object({ type: z.literal('release') }),
  z.object({ type: z.literal('exit') }),
]);
export type ToRender = z.output<typeof zToRender>;

export const zFromRender = z.discriminatedUnion('type', [
  /** Sent once when the process can take orders. */
  z.object({ type: z.literal('ready'), providers: z.array(z.string()), engines: z.array(z.string()) }),
  z.object({
    ...{ type: z.literal('progress'), jobId: zJobId, done: z.number(), of: z.number(), stage: z.string().max(80) },
    step: zStep.exactOptional(),
  }),
  /** What the shot looks like just now: a small JPEG, base64. Told to whoever watches, never kept. */
  z.object({ type: z.literal('frame'), jobId: zJobId, jpeg: z.base64().max(500_000) }),
  /**
   * Nothing new, but alive: sent every few seconds while an order is worked on, wherever the thread is free to. With `quietMs` it says that
   * the thread is about to be blocked and that silence for so long means nothing.
   */
  z.object({ type: z.literal('heartbeat'), quietMs: z.number().min(0).max(86_400_000).exactOptional() }),
  /** take.path lies in attemptDir, whole and synced. */
  z.object({ type: z.literal('rendered'), jobId: zJobId, attempt: z.number().int(), take: zTake }),
  z.object({ type: z.literal('failed'), jobId: zJobId, attempt: z.number().int(), problem: zProblem }),
]);
export type FromRender = z.output<typeof zFromRender>;
