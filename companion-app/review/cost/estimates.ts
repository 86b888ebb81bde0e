/** What takes were expected to cost against what they came to, and why. */
import type { CostReport, Fact, FactOf } from '../../../shared/protocol';
import { priceList } from './prices';

/**
 * Over the takes that had an estimate before they were begun and have ended since, made or failed for good. The three reasons add up to
 * the difference; of what failed all work is a further attempt, and the work that was expected is missing.
 */
export function estimatesOf(facts: readonly Fact[], since: number): CostReport['estimates'] {
  const prices = priceList(facts);
  const expected = new Map<string, { fact: FactOf<'estimate'>; index: number }>();
  const spent = new Map<string, FactOf<'spent'>[]>();
  facts.forEach((fact, index) => {
    if (fact.kind === 'estimate' && !expected.has(fact.jobId)) expected.set(fact.jobId, { fact, index });
    if (fact.kind === 'spent') spent.set(fact.jobId, [...(spent.get(fact.jobId) ?? []), fact]);
  });
  const sum = { takes: 0, expected: 0, actual: 0, moreAttempts: 0, longerOrShorter: 0, power: 0 };
  for (const [jobId, { fact, index }] of expected) {
    const parts = spent.get(jobId) ?? [];
    const failed = parts.at(-1)?.ended === 'failed' ? parts.at(-1) : undefined;
    const last = parts.filter(({ ended }) => ended === 'rendered').at(-1) ?? failed;
    if (!last || last.at < since) continue;
    const { pricePerKWh, machinePerHour } = prices.at(index).prices;
    const cost = (seconds: number, wattHours: number): number =>
      (seconds / 3600) * machinePerHour + (wattHours / 1000) * pricePerKWh;
    const total = totals(parts);
    const good = totals(last === failed ? [] : parts.filter(({ attempt }) => attempt === last.attempt));
    const { likely } = fact.seconds;
    const watts = likely > 0 ? fact.wattHours / likely : 0;
    const before = cost(likely, fact.wattHours);
    sum.takes += 1;
    sum.expected += before;
    sum.actual += cost(total.seconds, total.wattHours);
    sum.moreAttempts += cost(total.seconds, total.wattHours) - cost(good.seconds, good.wattHours);
    sum.longerOrShorter += cost(good.seconds, good.seconds * watts) - before;
    sum.power += cost(good.seconds, good.wattHours) - cost(good.seconds, good.seconds * watts);
  }
  const { takes, expected: before, actual, ...because } = sum;
  return { takes, expected: before, actual, because };
}

function totals(parts: readonly FactOf<'spent'>[]): { seconds: number; wattHours: number } {
  return {
    seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
    wattHours: parts.reduce((sum, { energy }) => sum + energy.reduce((all, each) => all + each.wattHours, 0), 0),
  };
}
