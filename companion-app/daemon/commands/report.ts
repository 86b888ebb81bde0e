/** `inbetween report`: what a usable second costs, and the morning report as a page or PDF, from the daemon that runs. */
import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { InbetweenError } from '../../../shared/problem';
import { costEndpoint, reportFileEndpoint, type CostGroup, type CostReport } from '../../../shared/protocol/pages';
import { userDataDir } from '../config';
import { dataLayout } from '../data-folder';
import { printPdf } from '../print-pdf';
import { findRunning } from '../running';
import { say, sayJson } from '../speak';

interface Options {
  readonly data: string;
  readonly since?: Date;
  readonly json?: boolean;
  readonly html?: string;
  readonly pdf?: string;
}

async function report({ data, since, json, html, pdf }: Options): Promise<void> {
  if (html !== undefined || pdf !== undefined) {
    const page = await fetchPage(data, since);
    if (html !== undefined) await writeFile(html, page);
    if (pdf !== undefined) await printPdf(page, pdf);
    for (const file of [html, pdf]) if (file !== undefined) say(file);
    return;
  }
  const found = await fetchReport(data, since);
  if (json === true) sayJson(found);
  else for (const line of lines(found)) say(line);
}

async function fetchReport(data: string, since: Date | undefined): Promise<CostReport> {
  const query = since ? `?since=${since.getTime()}` : '';
  const answer = await asked(data, `${costEndpoint.path}${query}`);
  return costEndpoint.output.parse(await answer.json());
}

async function fetchPage(data: string, since: Date | undefined): Promise<string> {
  const body = JSON.stringify(since ? { since: since.getTime() } : {});
  return (await asked(data, reportFileEndpoint.path, body)).text();
}

/** A POST where there is a body. */
async function asked(data: string, where: string, body?: string): Promise<Response> {
  const running = await findRunning(dataLayout(data));
  const answer =
    running &&
    (await fetch(`http://127.0.0.1:${running.port}${where}`, {
      headers: {
        Authorization: `Bearer ${running.token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { method: 'POST', body }),
    }).catch(() => null));
  if (answer?.ok) return answer;
  throw new InbetweenError({
    code: 'not-found',
    message: `No companion is running with the data folder ${data}.`,
    safe: 'What was written down is kept.',
    action: 'Start it with "inbetween serve", then try again.',
  });
}

/** The report as people read it on a terminal. */
export function lines({ currency, all, by, days, cloud, estimates, notes }: CostReport): string[] {
  const money = (value: number): string => `${value.toFixed(value !== 0 && Math.abs(value) < 0.1 ? 4 : 2)} ${currency}`;
  const each = (value: number | null): string => (value === null ? '–' : money(value));
  const line = ({ name, total, perUsableSecond, takes, rejected, failedAttempts }: CostGroup): string =>
    `  ${name.replace(/[\p{Cc}\p{Cf}]/gu, ' ')}: ${money(total)}, ${takes} takes (${rejected} rejected, ${failedAttempts} failed attempts), ${each(perUsableSecond)} a usable second`;
  const section = (title: string, rows: readonly string[]): string[] => (rows.length > 0 ? [title, ...rows] : []);
  return [
    all.perUsableSecond === null
      ? `Spent: ${money(all.total)}; nothing is usable yet.`
      : `A usable second costs ${money(all.perUsableSecond)}: ${money(all.total)} over ${all.usableSeconds.toFixed(2)} approved seconds in the cut.`,
    `Energy ${money(all.energy)} (${all.wattHours.toFixed(1)} Wh), machine ${money(all.machine)} (${(all.workSeconds / 60).toFixed(1)} min), review ${money(all.review)} (${(all.reviewSeconds / 60).toFixed(1)} min).`,
    ...notes,
    ...section('By shot', by.shot.map(line)),
    ...section('By scene', by.scene.map(line)),
    ...section('By engine', by.engine.map(line)),
    ...section('By pack', by.pack.map(line)),
    ...section('Rejected, by reason', by.reason.map(line)),
    ...section(
      'By day',
      days.map((day) => `  ${day.day}: ${money(day.total)}, ${each(day.perUsableSecond)} a usable second at its end`),
    ),
    ...(estimates.takes > 0
      ? [
          `Estimated ${money(estimates.expected)} for ${estimates.takes} takes, actual ${money(estimates.actual)}: ${money(estimates.because.moreAttempts)} for further attempts, ${money(estimates.because.longerOrShorter)} for time, ${money(estimates.because.power)} for power.`,
        ]
      : []),
    ...section(
      'All takes at published prices (examples)',
      cloud.map(
        (c) =>
          `  ${c.service}: ${c.forAllTakes.toFixed(2)} ${c.currency} (${c.perSecond} a second, ${c.source}, ${c.date})`,
      ),
    ),
  ];
}

function day(text: string): Date {
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('a day is written 2026-03-01');
  return date;
}

export function register(program: Command): void {
  program
    .command('report')
    .description('what a usable second costs; the morning report as a page or PDF')
    .option('--since <day>', 'work from this day on, "2026-03-01"', day)
    .option('--data <folder>', 'data folder of the companion', userDataDir())
    .option('--html <file>', 'write the morning report as one self-contained page')
    .option('--pdf <file>', 'print the morning report to PDF (needs Chromium, Chrome or Edge)')
    .option('--json', 'as JSON')
    .action(report);
}
