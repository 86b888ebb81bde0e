/** The number: everything that was spent, over the approved seconds that are in the cut; whole and by group. Rejected and failed work counts. */
import type { CostGroup, CostParts, CostReport, Fact } from '../../../shared/protocol';
import type { CloudPrices } from './cloud';
import { estimatesOf } from './estimates';
import { ledgerOf, type Ledger, type LedgerRow } from './ledger';
import { sceneOf, standings, type TakeStanding } from './takes';

export interface CostWish {
  /** Rows from this moment on, and takes that have any. */
  readonly since?: number | undefined;
  /** The day of a moment, "2026-03-01". */
  readonly dayOf: (at: number) => string;
  readonly cloud: CloudPrices;
}

/** Everything about cost that the facts tell. Pure. */
export function costReport(facts: readonly Fact[], { since = 0, dayOf, cloud }: CostWish): CostReport {
  const ledger = ledgerOf(facts);
  const rows = ledger.rows.filter(({ at }) => at >= since);
  const spoken = new Set(rows.map(({ jobId }) => jobId));
  const takes = standings(facts).filter(({ jobId }) => since === 0 || spoken.has(jobId));
  const all = group('all', rows, takes);
  return {
    currency: ledger.currency,
    all,
    by: {
      shot: groups(rows, takes, ({ about }) => `${about.sequence} / ${about.shot}`),
      scene: groups(rows, takes, ({ about }) => sceneOf(about)),
      engine: groups(rows, takes, ({ about }) => about.engine),
      pack: groups(rows, takes, ({ about }) => about.pack ?? 'none'),
      reason: groups(rows, takes, ({ verdict, reason }) =>
        verdict === 'rejected' ? reason || 'no reason given' : null,
      ),
    },
    days: trend(facts, ledger, since, dayOf),
    cloud: cloud.services.map(({ service, currency, perSecond, source, date }) => {
      const made = takes.reduce(
        (sum, { made: is, about }) => sum + (is ? (about.frames * about.rate.den) / about.rate.num : 0),
        0,
      );
      const forAllTakes = made * perSecond;
      const perUsableSecond = all.usableSeconds > 0 ? forAllTakes / all.usableSeconds : null;
      return { service, currency, perSecond, forAllTakes, perUsableSecond, source, date, note: cloud.note };
    }),
    estimates: estimatesOf(facts, since),
    notes: notes(all, ledger),
  };
}

/** Sums of rows. */
export function partsOf(rows: readonly LedgerRow[]): CostParts {
  const money = (what?: LedgerRow['what']): number =>
    rows.reduce((sum, row) => sum + (what === undefined || row.what === what ? row.micros : 0), 0) / 1e6;
  const sum = (value: (row: LedgerRow) => number): number => rows.reduce((all, row) => all + value(row), 0);
  return {
    ...{ energy: money('energy'), machine: money('machine'), review: money('review'), total: money() },
    workSeconds: sum(({ what, seconds }) => (what === 'machine' ? seconds : 0)),
    reviewSeconds: sum(({ what, seconds }) => (what === 'review' ? seconds : 0)),
    wattHours: sum(({ wattHours }) => wattHours),
    estimatedWattHours: sum(({ estimated, wattHours }) => (estimated ? wattHours : 0)),
  };
}

function group(name: string, rows: readonly LedgerRow[], takes: readonly TakeStanding[]): CostGroup {
  const parts = partsOf(rows);
  const usableSeconds = takes.reduce((sum, take) => sum + take.usableSeconds, 0);
  const count = (is: (take: TakeStanding) => boolean): number => takes.filter(is).length;
  return {
    name,
    ...parts,
    takes: count(({ made }) => made),
    approved: count(({ verdict }) => verdict === 'approved'),
    rejected: count(({ verdict }) => verdict === 'rejected'),
    failedAttempts: takes.reduce((sum, { failedAttempts }) => sum + failedAttempts, 0),
    usableSeconds,
    perUsableSecond: usableSeconds > 0 ? parts.total / usableSeconds : null,
  };
}

/** The dearest first. A take whose name is null is in no group. */
function groups(
  rows: readonly LedgerRow[],
  takes: readonly TakeStanding[],
  nameOf: (take: TakeStanding) => string | null,
): CostGroup[] {
  const names = new Map(takes.map((take) => [take.jobId, nameOf(take)]));
  const all = [...new Set(names.values())].filter((name) => name !== null);
  return all
    .map((name) =>
      group(
        name,
        rows.filter(({ jobId }) => names.get(jobId) === name),
        takes.filter(({ jobId }) => names.get(jobId) === name),
      ),
    )
    .sort((a, b) => b.total - a.total);
}

/** Each day with rows, verdicts or looks at the cut: what it cost, and everything so far over what was usable when it ended. */
function trend(facts: readonly Fact[], { rows }: Ledger, since: number, dayOf: CostWish['dayOf']): CostReport['days'] {
  const telling = [...rows, ...facts.filter(({ kind }) => kind === 'verdict' || kind === 'cut')];
  const first = Math.min(...rows.filter(({ at }) => at >= since).map(({ at }) => at));
  const days = [...new Set(telling.filter(({ at }) => at >= Math.max(since, first)).map(({ at }) => dayOf(at)))].sort();
  return days.map((day) => {
    const until = facts.filter(({ at }) => dayOf(at) <= day);
    const usable = standings(until).reduce((sum, { usableSeconds }) => sum + usableSeconds, 0);
    const spent = partsOf(rows.filter(({ at }) => dayOf(at) <= day)).total;
    return {
      day,
      total: partsOf(rows.filter(({ at }) => dayOf(at) === day)).total,
      perUsableSecond: usable > 0 ? spent / usable : null,
    };
  });
}

function notes(all: CostGroup, ledger: Ledger): string[] {
  const part = all.wattHours > 0 ? Math.round((100 * all.estimatedWattHours) / all.wattHours) : 0;
  return [
    ...(part > 0 ? [`${part} % of the energy is an estimate: rated power times time, not measured.`] : []),
    ...(ledger.repriced > 0
      ? [
          `Entries from before the currency changed (${ledger.repriced}) are valued at the first prices set in the new one.`,
        ]
      : []),
    ...(all.usableSeconds === 0 ? ['No approved take is in the cut yet: there is no usable second to divide by.'] : []),
  ];
}
