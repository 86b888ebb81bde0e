/** The cost report out of the store's facts, and what shots would cost. */
import type { CostPort } from '../../gateway';
import { workOf } from '../../queue/estimate';
import { costReport, type CloudPrices } from '../../review/cost';
import { estimateShots } from '../cost/ask';
import { cloudPrices } from '../cost/cloud-file';
import { localDay } from '../cost/local-day';
import { estimateBatch, RECENT_TIMINGS } from '../cost/estimate';
import type { PageParts } from './parts';

type Parts = Pick<PageParts, 'queue' | 'store' | 'settings' | 'night' | 'clock' | 'layout' | 'log'>;

const NOTHING = { low: 0, likely: 0, high: 0 };
/** More than a machine and its farm render at once. */
const RUNNING = 64;

export function costPort({ queue, store, settings, night, clock, layout, log }: Parts): CostPort {
  const cloud = (): Promise<CloudPrices> => cloudPrices(layout.root, log);
  return {
    report: async (since) => costReport(queue.facts(), { since, dayOf: localDay, cloud: await cloud() }),
    estimate: async ({ shots, place = 'behind' }) => {
      const [timings, now] = [store.timings(RECENT_TIMINGS), clock.now()];
      if (!shots) return estimateBatch(queue.waitingWork(), timings, settings.get(), now);
      return estimateShots(
        shots.map(({ width, height, ...shot }) => ({ ...shot, pixels: width * height })),
        {
          ...{ timings, now, settings: settings.get(), cloud: await cloud(), wall: night.conditions.wall },
          // What waits has its previews with it.
          previewsFirst: place !== 'waiting' && settings.get().night.previewsFirst,
          waiting: place === 'behind' ? queue.waitingSeconds() : NOTHING,
          running: queue.list({ states: ['rendering'], limit: RUNNING }).jobs.map(({ spec }) => workOf(spec)),
          holds: queue.holds(),
        },
      );
    },
  };
}
