/** Answers to the requests of a connection that has said hello. One request, one answer with the same ref. */
import type {
  ClientMessage,
  ClientMessageOf,
  CompanionMessage,
  CompanionMessageOf,
  JobRow,
} from '../../shared/protocol';
import { InbetweenError } from '../../shared/problem';
import type { GatewayContext } from './context';
import type { Subscription } from './subscription';
import type { Uploads } from './uploads';

export interface RequestParts {
  readonly context: Pick<GatewayContext, 'queue' | 'boards' | 'limits'>;
  /** The connection that asks: what it says of its host is forgotten with it. */
  readonly asker: object;
  readonly uploads: Pick<Uploads, 'begin' | 'abort'>;
  readonly subscription: Pick<Subscription, 'start'>;
}

const DEFAULT_ROWS = 200;

/** The answer, or null where there is none. Throws InbetweenError for what cannot be done. */
export async function answer(message: ClientMessage, parts: RequestParts): Promise<CompanionMessage | null> {
  const { queue, boards } = parts.context;
  switch (message.type) {
    case 'hello':
      throw new InbetweenError({ code: 'out-of-order', message: 'Hello was said already.', safe: 'It was ignored.' });
    case 'ping':
      return { type: 'pong', ref: message.ref };
    case 'submit': {
      const { jobs, missing } = await queue.submit(message.jobs);
      return { type: 'submit-ack', ref: message.ref, jobs: [...jobs], missing: [...missing] };
    }
    case 'have':
      return { type: 'have-ack', ref: message.ref, missing: [...(await boards.missing(message.boards))] };
    case 'upload-begin':
      return parts.uploads.begin(message);
    case 'upload-abort':
      await parts.uploads.abort(message);
      return null;
    case 'since':
      await parts.subscription.start(message);
      return null;
    case 'list':
      return list(message, parts);
    case 'deliver':
      return { type: 'deliver-ack', ref: message.ref, job: await queue.deliver(message.jobId) };
    case 'placed':
      await queue.placed(message.jobId, message.placement);
      return { type: 'placed-ack', ref: message.ref, jobId: message.jobId };
    case 'pause': {
      const { paused, holds } = await queue.pause(message.paused ?? null);
      return { type: 'pause-ack', ref: message.ref, paused, holds: [...holds] };
    }
    case 'reorder':
      return { type: 'reorder-ack', ref: message.ref, jobIds: [...(await queue.reorder(message.jobIds, message.to))] };
    case 'prune':
      return { type: 'prune-ack', ref: message.ref, pruned: await queue.prune(message.states) };
    case 'host-busy':
      queue.hostBusy(parts.asker, message.busy);
      return { type: 'host-busy-ack', ref: message.ref };
    case 'verdict':
      return { type: 'verdict-ack', ref: message.ref, job: await queue.judge(message.jobId, message) };
    case 'cut':
      await queue.cut(message.sequenceId, message.takes);
      return { type: 'cut-ack', ref: message.ref };
    case 'review-time':
      await queue.reviewed(message.jobId, message.seconds);
      return { type: 'review-time-ack', ref: message.ref };
    case 'cancel':
      return { type: 'cancel-ack', ref: message.ref, jobIds: [...(await queue.cancel(message.jobIds))] };
    case 'retry':
      return { type: 'retry-ack', ref: message.ref, jobIds: [...(await queue.retry(message.jobIds))] };
  }
}

async function list(
  message: ClientMessageOf<'list'>,
  { context }: RequestParts,
): Promise<CompanionMessageOf<'list-ack'>> {
  const { ref, states, sequenceId, offset = 0, limit = DEFAULT_ROWS } = message;
  const { jobs, total } = await context.queue.list({
    ...(states === undefined ? {} : { states }),
    ...(sequenceId === undefined ? {} : { sequenceId }),
    offset,
    limit,
  });
  return { type: 'list-ack', ref, jobs: fitting(jobs, context.limits.textBytes), total };
}

/** As many rows from the start as one message holds, at least one: the asker goes on from there. */
function fitting(jobs: readonly JobRow[], maxBytes: number): JobRow[] {
  let bytes = 0;
  const end = jobs.findIndex((job, index) => {
    bytes += Buffer.byteLength(JSON.stringify(job)) + 1;
    return index > 0 && bytes > maxBytes - 1024;
  });
  return end < 0 ? [...jobs] : jobs.slice(0, end);
}
