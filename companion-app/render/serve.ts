/** The render process's side of the channel: one order at a time, progress, an answer to each, an end when alone. */
import { z } from 'zod';
import { problem, type Problem } from '../../shared/problem';
import { zJobId } from '../../shared/protocol';
import { zToRender, type FromRender, type RenderOrder } from './messages';
import { paced, type Timers } from './progress';
import { cancelled, renderProblem } from './render-problem';
import { renderShot, type RenderTools } from './render-shot';

/** The way to the daemon. */
export interface Channel {
  /** Calls back when the message has left. */
  send(message: FromRender, sent?: () => void): void;
  onMessage(hear: (raw: unknown) => void): void;
  onDisconnect(act: () => void): void;
}

export interface ServeParts {
  readonly tools: RenderTools;
  readonly providers: readonly string[];
  readonly timers: Timers;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** Nine progress messages a second at most. */
const PROGRESS_MS = 110;
const HEARTBEAT_MS = 2_000;
/** Nobody is asked to wait longer than this for a sign of life. */
const LONGEST_QUIET_MS = 3 * 3_600_000;
/** What is left of a job may take so long to end once nobody listens any more. */
const ALONE_MS = 3_000;

interface Job {
  readonly order: RenderOrder;
  readonly stop: AbortController;
}

/** Enough of an order to answer it when the rest cannot be read. */
const zAddress = z.object({ order: z.object({ spec: z.object({ id: zJobId }), attempt: z.number().int() }) });

export interface RenderServer {
  /** For what nobody caught: answers the order at hand, then ends the process, whose state is no longer known. */
  crash(error: unknown): void;
}

/** Says ready and takes orders until told to exit or the daemon is gone. */
export function serveRender(channel: Channel, parts: ServeParts): RenderServer {
  let job: Job | null = null;
  let leaving = false;
  /** The models are to be let go once the job is done. */
  let releasing = false;

  const fail = (jobId: string, attempt: number, why: Problem, then?: () => void): void =>
    channel.send({ type: 'failed', jobId, attempt, problem: why }, then);

  const leave = (): void => {
    void parts.tools.engines.close().finally(() => parts.exit(0));
  };

  const work = async (order: RenderOrder): Promise<void> => {
    const { id: jobId } = order.spec;
    const { attempt } = order;
    const stop = new AbortController();
    job = { order, stop };
    const pace = paced(
      (done, of, stage, step) =>
        channel.send({ type: 'progress', jobId, done, of, stage: stage.slice(0, 80), ...(step && { step }) }),
      PROGRESS_MS,
      parts.timers,
    );
    const stopBeating = beat(parts.timers, () => channel.send({ type: 'heartbeat' }));
    try {
      const take = await renderShot(order, parts.tools, {
        signal: stop.signal,
        progress: pace.report,
        quiet: (ms) => channel.send({ type: 'heartbeat', quietMs: Math.min(LONGEST_QUIET_MS, Math.max(0, ms)) }),
        frame: (jpeg) => channel.send({ type: 'frame', jobId, jpeg: Buffer.from(jpeg).toString('base64') }),
      });
      pace.stop();
      channel.send({ type: 'rendered', jobId, attempt, take });
    } catch (error) {
      pace.stop();
      fail(jobId, attempt, renderProblem(error));
    } finally {
      stopBeating();
      job = null;
      if (leaving) leave();
      else if (releasing) await parts.tools.engines.close();
      else parts.tools.engines.rest();
      releasing = false;
    }
  };

  channel.onMessage((raw) => {
    const parsed = zToRender.safeParse(raw);
    if (!parsed.success) {
      const address = zAddress.safeParse(raw);
      if (address.success) fail(address.data.order.spec.id, address.data.order.attempt, notUnderstood(parsed.error));
      return;
    }
    const message = parsed.data;
    if (message.type === 'render') {
      const { spec, attempt } = message.order;
      if (job || leaving) fail(spec.id, attempt, busy());
      else void work(message.order);
    } else if (message.type === 'cancel') {
      if (job?.order.spec.id === message.jobId) job.stop.abort(cancelled());
    } else if (message.type === 'release') {
      if (job) releasing = true;
      else void parts.tools.engines.close();
    } else {
      leaving = true;
      if (!job) leave();
    }
  });

  channel.onDisconnect(() => {
    leaving = true;
    job?.stop.abort(cancelled());
    if (job) parts.timers.after(ALONE_MS, () => parts.exit(0));
    else leave();
  });

  channel.send({ type: 'ready', providers: [...parts.providers], engines: [...parts.tools.engines.names] });

  return {
    crash: (error) => {
      const end = (): void => parts.exit(1);
      parts.timers.after(ALONE_MS, end);
      job?.stop.abort(cancelled());
      if (job) fail(job.order.spec.id, job.order.attempt, renderProblem(error), end);
      else end();
      job = null;
    },
  };
}

function beat(timers: Timers, act: () => void): () => void {
  let timer = timers.after(HEARTBEAT_MS, again);
  function again(): void {
    act();
    timer = timers.after(HEARTBEAT_MS, again);
  }
  return () => timer.cancel();
}

function busy(): Problem {
  return problem({
    code: 'busy',
    message: 'The render process is working on another shot.',
    action: 'Wait for it, then retry.',
    retry: true,
  });
}

function notUnderstood(error: z.ZodError): Problem {
  const message = `The order could not be read: ${z.prettifyError(error).slice(0, 500)}`;
  return problem({ code: 'bad-message', message, safe: 'The timeline is untouched.', action: 'Send the shot again.' });
}
