/** The queue as a whole, off the queue itself. */
import type { QueuePagePort } from '../../gateway';
import type { PageParts } from './parts';

export const queuePagePort = ({ queue }: Pick<PageParts, 'queue'>): QueuePagePort => ({
  state: () => ({ paused: queue.paused, holds: [...queue.holds()], secondsLeft: queue.waitingSeconds() }),
});
