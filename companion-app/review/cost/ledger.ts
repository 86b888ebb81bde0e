/** Facts valued: one row of money for each thing that was used up. Amounts are whole millionths, so that sums are exact. */
import type { About, Fact } from '../../../shared/protocol';
import { priceList } from './prices';

export interface LedgerRow {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly jobId: string;
  readonly about: About;
  readonly what: 'energy' | 'machine' | 'review';
  /** Millionths of the currency. */
  readonly micros: number;
  readonly seconds: number;
  readonly wattHours: number;
  /** True for energy that was not measured. */
  readonly estimated: boolean;
}

export interface Ledger {
  readonly currency: string;
  readonly rows: readonly LedgerRow[];
  /** Rows valued at today's prices because those of their time are in another currency. */
  readonly repriced: number;
}

const micros = (money: number): number => Math.round(money * 1e6);

/** In the facts' order. Failed, lost and rejected work has its rows like any other. */
export function ledgerOf(facts: readonly Fact[]): Ledger {
  const prices = priceList(facts);
  const rows: LedgerRow[] = [];
  let repriced = 0;
  facts.forEach((fact, index) => {
    if (fact.kind !== 'spent' && fact.kind !== 'review') return;
    const { prices: now, repriced: again } = prices.at(index);
    const { at, jobId, about, seconds } = fact;
    const made: LedgerRow[] = [];
    const same = { at, jobId, about };
    if (fact.kind === 'review') {
      const cost = micros((seconds / 3600) * now.reviewPerHour);
      made.push({ ...same, what: 'review', micros: cost, seconds, wattHours: 0, estimated: false });
    } else {
      const cost = micros((seconds / 3600) * now.machinePerHour);
      made.push({ ...same, what: 'machine', micros: cost, seconds, wattHours: 0, estimated: false });
      for (const { source, wattHours } of fact.energy) {
        const power = micros((wattHours / 1000) * now.pricePerKWh);
        made.push({ ...same, what: 'energy', micros: power, seconds: 0, wattHours, estimated: source === 'rated' });
      }
    }
    if (again) repriced += made.length;
    rows.push(...made);
  });
  return { currency: prices.currency, rows, repriced };
}
