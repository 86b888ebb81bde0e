/** What a person can do with jobs; each answers once the companion has done it. */
import { useMemo } from 'react';
import { PRUNABLE, type OrderPlace } from '../../../../shared/protocol';
import { useQueue } from '../../lib/queue-context';

/** One message carries so many ids. */
const MOST = 500;

export interface QueueActs {
  cancel(ids: readonly string[]): Promise<void>;
  retry(ids: readonly string[]): Promise<void>;
  move(ids: readonly string[], to: OrderPlace): Promise<void>;
  pause(paused: boolean): Promise<void>;
  prune(): Promise<void>;
}

export function useQueueActs(): QueueActs {
  const { ask, relist } = useQueue();
  return useMemo(() => {
    const each = async (ids: readonly string[], act: (jobIds: string[]) => Promise<unknown>): Promise<void> => {
      for (let at = 0; at < ids.length; at += MOST) await act(ids.slice(at, at + MOST));
    };
    return {
      cancel: (ids) => each(ids, (jobIds) => ask({ type: 'cancel', jobIds }, 'cancel-ack')),
      retry: (ids) => each(ids, (jobIds) => ask({ type: 'retry', jobIds }, 'retry-ack')),
      move: async (ids, to) => {
        // To the front the last part goes first, so that the parts keep their order.
        const parts: string[][] = [];
        for (let at = 0; at < ids.length; at += MOST) parts.push(ids.slice(at, at + MOST));
        for (const jobIds of to === 'front' ? parts.reverse() : parts) {
          await ask({ type: 'reorder', jobIds, to }, 'reorder-ack');
        }
        relist();
      },
      pause: async (paused) => {
        await ask({ type: 'pause', paused }, 'pause-ack');
      },
      prune: async () => {
        await ask({ type: 'prune', states: [...PRUNABLE] }, 'prune-ack');
        relist();
      },
    };
  }, [ask, relist]);
}
