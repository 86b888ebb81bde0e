/** The queue room's JobQueue as the gateway's port. */
import type { JobEvent } from '../../shared/protocol';
import { breathe, type JobQueue } from '../queue';
import type { QueuePort } from './ports';

/** Events read from the store at once. */
const PAGE = 100;
/** Newest events that are kept in memory. */
const KEPT = 500;

export function queuePort(queue: JobQueue): QueuePort {
  const recent = new RecentEvents(queue);
  return {
    submit: (jobs) => queue.submit(jobs),
    newestSeq: async () => Promise.resolve(queue.newestSeq()),
    events: (after, signal) => events(recent, after, signal),
    list: async (query) => {
      await breathe();
      return queue.list(query);
    },
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
    reorder: (jobIds, to) => queue.reorder(jobIds, to),
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

/**
 * The newest events as they were told, so that fifty panels that follow them do not each read them from the store. Numbers count up
 * without a gap, so what is kept is whole.
 */
class RecentEvents {
  readonly #queue: JobQueue;
  #kept: JobEvent[] = [];

  constructor(queue: JobQueue) {
    this.#queue = queue;
    queue.subscribe({ event: (event) => this.#keep(event) });
  }

  #keep(event: JobEvent): void {
    const last = this.#kept.at(-1);
    if (last && event.seq !== last.seq + 1) this.#kept = [];
    this.#kept.push(event);
    if (this.#kept.length > 2 * KEPT) this.#kept = this.#kept.slice(-KEPT);
  }

  /** Some of the events after `seq` from memory, oldest first; null when it does not reach so far back. */
  kept(seq: number): readonly JobEvent[] | null {
    const first = this.#kept[0];
    if (first === undefined || seq < first.seq - 1) return null;
    const from = seq - first.seq + 1;
    return this.#kept.slice(from, from + PAGE);
  }

  /** Some of the events after `seq`, oldest first; none when there are none. */
  async stored(seq: number): Promise<readonly JobEvent[]> {
    await breathe();
    return this.#queue.eventsSince(seq, { limit: PAGE });
  }

  subscribe(stir: () => void): () => void {
    return this.#queue.subscribe({ event: stir });
  }
}

async function* events(recent: RecentEvents, after: number, signal: AbortSignal): AsyncGenerator<JobEvent> {
  const stopped = (): boolean => signal.aborted;
  let stirs = 0;
  let wake: () => void = () => undefined;
  const stir = (): void => {
    stirs += 1;
    wake();
  };
  const unsubscribe = recent.subscribe(stir);
  signal.addEventListener('abort', stir);
  try {
    for (let last = after; !stopped();) {
      const before = stirs;
      const page = recent.kept(last) ?? (await recent.stored(last));
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
