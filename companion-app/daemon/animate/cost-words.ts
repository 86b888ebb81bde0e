/** What a run is expected to cost and what it came to, as a terminal says it. */
import type { BatchEstimate, CostReport } from '../../../shared/protocol';
import { formatSeconds } from './words';

/** "0.0012 EUR": enough digits for a shot and for a film. */
function moneyText(amount: number, currency: string): string {
  const digits = Math.abs(amount) >= 1 ? 2 : 4;
  return `${amount.toFixed(digits)} ${currency}`;
}

/** One sentence, before anything is begun. */
export function estimateInWords({
  jobs,
  unknown,
  seconds,
  wattHours,
  money,
  currency,
  assumed,
}: BatchEstimate): string {
  const shots = (n: number): string => `${n} ${n === 1 ? 'shot' : 'shots'}`;
  if (!seconds || !wattHours || !money)
    return `Estimate for ${shots(jobs)}: none yet, nothing like ${jobs === 1 ? 'it' : 'them'} was measured on this machine.`;
  const known =
    unknown === 0 ? shots(jobs) : `${jobs - unknown} of ${shots(jobs)} (the others are of a kind never measured here)`;
  const span = `${formatSeconds(seconds.low)}–${formatSeconds(seconds.high)}`;
  return `Estimate for ${known}: about ${formatSeconds(seconds.likely)} (${span}), ${wattHours.likely.toFixed(2)} Wh, ${moneyText(money.likely, currency)} (${moneyText(money.low, currency)}–${moneyText(money.high, currency)})${assumed ? ' at assumed prices' : ''}, looking at it not counted.`;
}

/** What it came to, and why that is not what was expected. */
export function costInWords({ currency, all, estimates }: CostReport): string {
  const money = (amount: number): string => moneyText(amount, currency);
  const spent = `Cost: ${money(all.total)} (energy ${money(all.energy)} for ${all.wattHours.toFixed(2)} Wh, machine ${money(all.machine)} for ${formatSeconds(all.workSeconds)} of work).`;
  if (estimates.takes === 0) return spent;
  const { moreAttempts, longerOrShorter, power } = estimates.because;
  const signed = (amount: number): string => `${amount < 0 ? '−' : '+'}${money(Math.abs(amount))}`;
  return `${spent} Expected ${money(estimates.expected)} for ${estimates.takes} of them, came to ${money(estimates.actual)}: ${signed(moreAttempts)} further attempts, ${signed(longerOrShorter)} time, ${signed(power)} power.`;
}
