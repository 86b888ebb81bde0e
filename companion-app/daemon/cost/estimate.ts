/** What a batch will take and cost on this machine, from what was measured here and the prices that are set. */
import type { BatchEstimate, Settings } from '../../../shared/protocol';
import { predictBatch, type Forecaster, type Timing, type WorkGroup } from '../../queue/estimate';
import { batchCost } from '../../review/cost';
import { pricesOf } from './keeper';
import { guessedWatts } from './meter';

/** Timings that tell of how the machine is today. */
export const RECENT_TIMINGS = 200;

/** `timings` newest first, or what was learned from them; `now` in milliseconds since 1970. */
export function estimateBatch(
  work: readonly WorkGroup[],
  timings: readonly Timing[] | Forecaster,
  settings: Pick<Settings, 'cost'>,
  now: number,
): BatchEstimate {
  const jobs = work.reduce((sum, { count }) => sum + count, 0);
  const watts = settings.cost.ratedWatts ?? guessedWatts();
  return batchCost({ jobs, ...predictBatch(work, timings) }, pricesOf(settings, now), watts);
}
