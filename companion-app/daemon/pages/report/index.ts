/** The report out of the queue's rows and the store's facts. */
import { mkdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Fact, JobRow, Report, ReportWish } from '../../../../shared/protocol';
import { formatRate } from '../../../../shared/shot';
import { reportWords, say, type Language } from '../../../../shared/words';
import type { ReportPort } from '../../../gateway/api/report';
import { writeWhole } from '../../../queue/files';
import { CLOUD_PRICES, costReport, ledgerOf, standings, zCloudPrices } from '../../../review/cost';
import {
  changesSince,
  remembered,
  reportCharts,
  reportHtml,
  trendChart,
  zRemembered,
  type Remembered,
} from '../../../review/report';
import { cloudPrices } from '../../cost/cloud-file';
import type { PageParts } from '../parts';
import { localDay } from '../../cost/local-day';
import { Loops } from './loops';
import { reportShot, shotsOf, type Spent } from './shots';

/** More than any list holds. */
const MOST_JOBS = 100_000;

type Parts = Pick<PageParts, 'queue' | 'layout' | 'log' | 'clock' | 'config' | 'night'>;

/** A report that is asked of no moment tells what happened since the day before. */
const DAY_MS = 86_400_000;

export function reportPort({ queue, layout, log, clock, config, night }: Parts): ReportPort {
  const folder = path.join(layout.root, 'report');
  const loops = new Loops(path.join(folder, 'loops'), log);
  const lastFile = (sequenceId: string | undefined): string =>
    path.join(
      folder,
      `last-${sequenceId === undefined ? 'all' : Buffer.from(sequenceId).toString('hex').slice(0, 120)}.json`,
    );

  const make = async ({ sequenceId, since = 0, language }: ReportWish, whole: boolean): Promise<Report> => {
    const rows = queue
      .list({ limit: MOST_JOBS, ...(sequenceId !== undefined && { sequenceId }) })
      .jobs.filter(({ changedAt }) => changedAt >= since);
    const facts = queue.facts().filter((fact) => sequenceId === undefined || isOf(fact, sequenceId));
    const shots = shotsOf(rows);
    const several = new Set(rows.map(({ spec }) => spec.sequence.sequenceId)).size > 1;
    const spent = spentBy(facts, since);
    const table = await cloudPrices(layout.root, log);
    const cost = costReport(facts, { since, dayOf: localDay, cloud: table });
    const moving = await loops.of(
      shots.map(({ pictured }) => pictured?.take),
      whole,
    );
    const telling = { language, spent, inCut: inCut(facts), several };
    const told = await Promise.all(shots.map((shot) => reportShot(shot, telling)));
    const shown = told.map((shot, i) => ({ ...shot, ...(moving[i] && { loop: moving[i] }) }));
    const before = await lastOf(lastFile(sequenceId));
    const notices = night.diary.notices({ since: since || clock.now() - DAY_MS, sequenceId });
    const { estimates, currency, all, notes, days, by, cloud } = cost;
    const { name: _whole, ...parts } = all;
    return {
      title: titleOf(rows) ?? say(language, reportWords.allSequences),
      made: dated(clock.now(), language),
      version: config.version,
      machine: say(language, reportWords.machine, { system: `${os.type()} ${os.arch()}`, n: os.cpus().length }),
      rate: rateOf(rows),
      shots: shown,
      files: [],
      money: {
        ...{ currency, notes, total: all.total },
        ...{ usableSeconds: all.usableSeconds, perUsableSecond: all.perUsableSecond },
        ...(estimates.takes > 0 && { estimates }),
        ...(all.total > 0 && { parts, by, cloud }),
      },
      ...(before && { changes: changesSince(saidIn(before, language), shown) }),
      ...(notices.length > 0 && { notices }),
      charts: await reportCharts(shown, { currency, days }, language),
    };
  };

  return {
    report: (wish) => make(wish, false),
    async file(wish) {
      const report = await make(wish, true);
      await mkdir(folder, { recursive: true });
      await writeWhole(lastFile(wish.sequenceId), JSON.stringify({ ...remembered(report), at: clock.now() }));
      return reportHtml(report, wish.language);
    },
    async trend({ since = 0, language }) {
      const { days, currency } = costReport(queue.facts(), { since, dayOf: localDay, cloud: CLOUD_PRICES });
      return trendChart(days, currency, language);
    },
    async keepCloudPrices(services) {
      const table = zCloudPrices.parse({ note: OWN_TABLE, services });
      await writeWhole(path.join(layout.root, 'cloud-prices.json'), `${JSON.stringify(table, null, 2)}\n`);
      return table.services;
    },
  };
}

const dated = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeStyle: 'short' }).format(at);

/** When the last report was made, as this one's language says it. */
const saidIn = (before: Remembered, language: Language): Remembered =>
  before.at === undefined ? before : { ...before, made: dated(before.at, language) };

const OWN_TABLE = 'Kept by hand on the Cost page.';

/** Looks at any sequence's cut belong: a take may be in the cut of a copy of its sequence. */
const isOf = (fact: Fact, sequenceId: string): boolean =>
  fact.kind === 'prices' || fact.kind === 'cut' || fact.about.sequenceId === sequenceId;

/** Jobs whose takes are in the cut at the last look; null where there was no look. */
const inCut = (facts: readonly Fact[]): ReadonlySet<string> | null =>
  facts.some(({ kind }) => kind === 'cut')
    ? new Set(standings(facts).flatMap(({ jobId, cutFrames }) => (cutFrames > 0 ? [jobId] : [])))
    : null;

/** Money and seconds of work by job. */
function spentBy(facts: readonly Fact[], since: number): Map<string, Spent> {
  const spent = new Map<string, Spent>();
  for (const { at, jobId, micros, seconds, what } of ledgerOf(facts).rows) {
    if (at < since) continue;
    const before = spent.get(jobId) ?? { money: 0, seconds: 0 };
    spent.set(jobId, {
      money: before.money + micros / 1e6,
      seconds: before.seconds + (what === 'machine' ? seconds : 0),
    });
  }
  return spent;
}

/** The sequence's name, where there is but one. */
function titleOf(rows: readonly JobRow[]): string | null {
  const names = new Set(rows.map(({ spec }) => spec.sequence.name));
  return names.size === 1 ? ([...names][0] ?? null) : null;
}

function rateOf(rows: readonly JobRow[]): string {
  const rates = new Set(rows.map(({ spec }) => formatRate(spec.shot.rate)));
  return rates.size === 1 ? ([...rates][0] ?? '') : '';
}

/** What was remembered of the last report; null where there was none, or none that can be read. */
async function lastOf(file: string): Promise<ReturnType<typeof zRemembered.parse> | null> {
  try {
    return zRemembered.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
