/** What a batch will cost, before it is begun. */
import type { BatchEstimate, FactOf } from '../../../shared/protocol';

export interface BatchWork {
  readonly jobs: number;
  /** Jobs of which nothing like them was ever measured here. */
  readonly unknown: number;
  /** Of the other jobs; null where there are none. */
  readonly seconds: { readonly low: number; readonly likely: number; readonly high: number } | null;
}

/** Energy at so many watts and the machine by the hour; people's time looking is not in it. Pure. */
export function batchCost(
  { jobs, unknown, seconds }: BatchWork,
  prices: FactOf<'prices'>,
  watts: number,
): BatchEstimate {
  const { currency, pricePerKWh, machinePerHour, assumed } = prices;
  const perHour = machinePerHour + (watts / 1000) * pricePerKWh;
  const each = (value: (seconds: number) => number) =>
    seconds && { low: value(seconds.low), likely: value(seconds.likely), high: value(seconds.high) };
  return {
    ...{ jobs, unknown, seconds, currency, assumed },
    wattHours: each((s) => (s / 3600) * watts),
    money: each((s) => (s / 3600) * perHour),
  };
}
