/** Writes the order that a plan has made into ranks, so that a person can change it by hand. */
import { breathe } from '../breathe';
import type { JobStore } from '../job-store';
import { RANK_STEP } from './ranks';

/** Jobs written in one transaction: few enough that the event loop is never held for long. */
const AT_ONCE = 200;

/**
 * Gives these queued jobs ranks behind all others, in this order. In pieces, the last ones first: wherever that is cut off, jobs that the
 * plan holds for equal are still in their order. Throws InbetweenError as the store does.
 */
export async function freeze(store: Pick<JobStore, 'rank' | 'lastRank'>, order: readonly string[]): Promise<void> {
  const first = store.lastRank() + RANK_STEP;
  for (let end = order.length; end > 0; end -= AT_ONCE) {
    const from = Math.max(0, end - AT_ONCE);
    // The last rank is taken before anybody else may submit behind it.
    store.rank(order.slice(from, end), first + from * RANK_STEP);
    await breathe();
  }
}
