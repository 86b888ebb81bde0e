/** The queue as the gateway wants it. */
import type { JobEvent } from '../../shared/protocol';
import type { QueuePort } from '../gateway';
import type { JobQueue } from '../queue';

const PAGE = 200;

/** Events as they are pulled: stored ones first, a page at a time, then each new one. */
async function* eventsAfter(queue: JobQueue, after: number, signal: AbortSignal): AsyncGenerator<JobEvent, void> {
  let wake: () => void = () => undefined;
  const stop = (): void => wake();
  const unsubscribe = queue.subscribe({ event: () => wake() });
  signal.addEventListener('abort', stop);
  try {
    for (let seq = after; ; ) {
      const news = new Promise<void>((resolve) => (wake = resolve));
      const page = queue.eventsSince(seq, { limit: PAGE });
      for (const event of page) {
        if (signal.aborted) return;
        yield event;
        seq = event.seq;
      }
      if (signal.aborted) return;
      if (page.length === 0) await news;
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', stop);
  }
}

/** Hands the queue to the gateway. */
export function queuePort(queue: JobQueue): QueuePort {
  return {
    submit: (jobs) => queue.submit(jobs),
    newestSeq: async () => queue.newestSeq(),
    events: (after, signal) => eventsAfter(queue, after, signal),
    list: async (query) => queue.list(query),
    deliver: (jobId) => queue.deliver(jobId),
    placed: async (jobId, placement) => void queue.placed(jobId, placement),
    cancel: async (jobIds) => queue.cancel(jobIds),
    retry: async (jobIds) => queue.retry(jobIds),
    boardStored: async (board) => queue.boardArrived(board),
    onProgress: (listener) => queue.subscribe({ progress: listener }),
  };
}
