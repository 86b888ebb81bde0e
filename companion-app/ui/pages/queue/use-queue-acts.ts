/** What a person can do with jobs; each answers once the companion has done it. */
import { useMemo, useRef } from 'react';
import { PRUNABLE, type OrderPlace } from '../../../../shared/protocol';
import { useQueue } from '../../lib/queue-context';

/** One message carries so many ids. */
const MOST = 500;

export interface QueueActs {
  cancel(ids: readonly string[]): Promise<void>;
  retry(ids: readonly string[]): Promise<void>;
  /**
   * Moves the waiting ones among these jobs. Moves asked for quickly one after the other are made one after the other, each from where
   * the last one led: `where` is told the ids of all waiting jobs in order and says the place, or null to leave all as it is.
   */
  move(ids: ReadonlySet<string>, where: (waiting: readonly string[]) => OrderPlace | null): Promise<void>;
  pause(paused: boolean): Promise<void>;
  prune(): Promise<void>;
}

export function useQueueActs(): QueueActs {
  const { ask, relist, current } = useQueue();
  const last = useRef<Promise<unknown>>(Promise.resolve());
  return useMemo(() => {
    const each = async (ids: readonly string[], act: (jobIds: string[]) => Promise<unknown>): Promise<void> => {
      for (let at = 0; at < ids.length; at += MOST) await act(ids.slice(at, at + MOST));
    };
    return {
      cancel: (ids) => each(ids, (jobIds) => ask({ type: 'cancel', jobIds }, 'cancel-ack')),
      retry: (ids) => each(ids, (jobIds) => ask({ type: 'retry', jobIds }, 'retry-ack')),
      move: (ids, where) => {
        const moved = last.current.then(async () => {
          const waiting = current()
            .filter(({ state }) => state === 'queued')
            .map(({ spec }) => spec.id);
          const mine = waiting.filter((id) => ids.has(id));
          const to = where(waiting);
          if (to === null) return;
          // To the front the last part goes first, so that the parts keep their order.
          const parts: string[][] = [];
          for (let at = 0; at < mine.length; at += MOST) parts.push(mine.slice(at, at + MOST));
          for (const jobIds of to === 'front' ? parts.reverse() : parts) {
            await ask({ type: 'reorder', jobIds, to }, 'reorder-ack');
          }
          await relist();
        });
        last.current = moved.catch(() => undefined);
        return moved;
      },
      pause: async (paused) => {
        await ask({ type: 'pause', paused }, 'pause-ack');
      },
      prune: async () => {
        await ask({ type: 'prune', states: [...PRUNABLE] }, 'prune-ack');
        await relist();
      },
    };
  }, [ask, relist, current]);
}
