/** The queue room's JobQueue as the gateway's port. */
import type { JobEvent } from '../../shared/protocol';
import type { JobQueue } from '../queue';
import type { QueuePort } from './ports';

/** Events read from the store at once. */
const PAGE = 100;

export function queuePort(queue: JobQueue): QueuePort {
  return {
    submit: (jobs) => queue.submit(jobs),
    newestSeq: async () => Promise.resolve(queue.newestSeq()),
    events: (after, signal) => events(queue, after, signal),
    list: async (query) => Promise.resolve(queue.list(query)),
    deliver: (jobId) => queue.deliver(jobId),
    placed: async (jobId, placement) => {
      await Promise.resolve(queue.placed(jobId, placement));
    },
    cancel: async (jobIds) => Promise.resolve(queue.cancel(jobIds)),
    retry: async (jobIds) => Promise.resolve(queue.retry(jobIds)),
    pause: async (paused) => {
      if (paused !== null) queue.setPaused(paused);
      return Promise.resolve({ paused: queue.paused, holds: queue.holds() });
    },
    reorder: async (jobIds, to) => Promise.resolve(queue.reorder(jobIds, to)),
    prune: async (states) => Promise.resolve(queue.prune(states)),
    hostBusy: (asker, busy) => queue.hostBusy(asker, busy),
    judge: async (jobId, judgement) => Promise.resolve(queue.judge(jobId, judgement)),
    cut: async (sequenceId, takes) => {
      queue.cut(sequenceId, takes);
      return Promise.resolve();
    },
    reviewed: async (jobId, seconds) => {
      queue.reviewed(jobId, seconds);
      return Promise.resolve();
    },
    boardStored: async (sha256) => {
      queue.boardArrived(sha256);
      return Promise.resolve();
    },
    onProgress: (listener) => queue.subscribe({ progress: listener }),
  };
}

async function* events(queue: JobQueue, after: number, signal: AbortSignal): AsyncGenerator<JobEvent> {
  const stopped = (): boolean => signal.aborted;
  let stirs = 0;
  let wake: () => void = () => undefined;
  const stir = (): void => {
    stirs += 1;
    wake();
  };
  const unsubscribe = queue.subscribe({ event: stir });
  signal.addEventListener('abort', stir);
  try {
    for (let last = after; !stopped();) {
      const before = stirs;
      const page = queue.eventsSince(last, { limit: PAGE });
      for (const event of page) {
        yield event;
        if (stopped()) return;
        last = event.seq;
      }
      if (page.length === 0 && stirs === before) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', stir);
  }
}
