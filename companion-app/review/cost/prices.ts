/** Which prices a fact is valued at. */
import type { Fact, FactOf } from '../../../shared/protocol';

export type Prices = Pick<FactOf<'prices'>, 'currency' | 'pricePerKWh' | 'machinePerHour' | 'reviewPerHour'>;

const NO_PRICES: Prices = { currency: 'EUR', pricePerKWh: 0, machinePerHour: 0, reviewPerHour: 0 };

/** Gives the prices in force when each fact was written. */
export interface PriceList {
  /** Of the newest prices. */
  readonly currency: string;
  /** `repriced`: the prices of that time are in another currency than today's. */
  at(index: number): { readonly prices: Prices; readonly repriced: boolean };
}

/**
 * Prices hold from their own fact on. Those that nobody had set give way, looking back, to the first that somebody did: a default
 * corrected a week later was never the price. Prices in another currency than today's are replaced by the first that came after them in
 * today's: later changes of price do not change what was before.
 */
export function priceList(facts: readonly Fact[]): PriceList {
  const all = facts.flatMap((fact, index) => (fact.kind === 'prices' ? [{ index, ...fact }] : []));
  const set = all.filter(({ assumed }) => !assumed);
  const newest = all.at(-1) ?? NO_PRICES;
  return {
    currency: newest.currency,
    at(index) {
      const known = set.length > 0 ? set : all;
      const prices = known.filter((each) => each.index <= index).at(-1) ?? known[0] ?? NO_PRICES;
      if (prices.currency === newest.currency) return { prices, repriced: false };
      const next = known.find((each) => each.index > index && each.currency === newest.currency);
      return { prices: next ?? newest, repriced: true };
    },
  };
}
