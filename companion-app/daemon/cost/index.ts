/** What work costs: kept from the daemon's start to its end. */
import type { JobQueue, JobStore, Clock, Log } from '../../queue';
import { predict, workOf } from '../../queue/estimate';
import type { SettingsKeeper } from '../settings';
import { RECENT_TIMINGS } from './estimate';
import { keepCost, type CostKeeper } from './keeper';
import { guessedWatts, openMeter, systemMeterParts } from './meter';

export interface CostKeeping {
  readonly queue: JobQueue;
  readonly store: JobStore;
  readonly settings: Pick<SettingsKeeper, 'get' | 'subscribe'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** To be called before the runner starts, and stopped after it. */
export async function openCost({ queue, store, settings, clock, log }: CostKeeping): Promise<CostKeeper> {
  const ratedWatts = (): number => settings.get().cost.ratedWatts ?? guessedWatts();
  return keepCost({
    ...{ queue, settings, clock, log, ratedWatts },
    meter: await openMeter(systemMeterParts(ratedWatts)),
    every: (ms, act) => {
      const timer = setInterval(act, ms);
      timer.unref();
      return () => clearInterval(timer);
    },
    expected: (jobId) => {
      const row = queue.find(jobId);
      return row ? predict(workOf(row.spec), store.timings(RECENT_TIMINGS)) : null;
    },
  });
}
