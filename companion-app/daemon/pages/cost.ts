/** The cost report out of the store's facts. */
import type { CostPort } from '../../gateway';
import { CLOUD_PRICES, costReport } from '../../review/cost';
import { cloudPrices } from '../cost/cloud-file';
import type { PageParts } from './parts';

export function costPort({ queue, layout, log }: Pick<PageParts, 'queue' | 'layout' | 'log'>): CostPort {
  return {
    report: async (since) =>
      costReport(queue.facts(), {
        since,
        dayOf: localDay,
        cloud: (await cloudPrices(layout.root, log)) ?? CLOUD_PRICES,
      }),
  };
}

/** The day by this machine's own calendar. */
export function localDay(at: number): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
