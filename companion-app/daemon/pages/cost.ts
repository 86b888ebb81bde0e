/** The cost report out of the store's facts. */
import type { CostPort } from '../../gateway';
import { CLOUD_PRICES, costReport } from '../../review/cost';
import { cloudPrices } from '../cost/cloud-file';
import { localDay } from '../cost/local-day';
import { estimateBatch, RECENT_TIMINGS } from '../cost/estimate';
import type { PageParts } from './parts';

type Parts = Pick<PageParts, 'queue' | 'store' | 'settings' | 'clock' | 'layout' | 'log'>;

export function costPort({ queue, store, settings, clock, layout, log }: Parts): CostPort {
  return {
    report: async (since) =>
      costReport(queue.facts(), {
        since,
        dayOf: localDay,
        cloud: (await cloudPrices(layout.root, log)) ?? CLOUD_PRICES,
      }),
    estimate: (shots) =>
      Promise.resolve(
        estimateBatch(
          shots?.map(({ width, height, ...shot }) => ({ ...shot, pixels: width * height })) ?? queue.waitingWork(),
          store.timings(RECENT_TIMINGS),
          settings.get(),
          clock.now(),
        ),
      ),
  };
}
