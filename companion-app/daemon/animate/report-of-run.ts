/** A run as a report, compared with the run before it in the same folder. */
import { readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { DEFAULT_SETTINGS, REPORT_STATES, type Report, type ReportShot } from '../../../shared/protocol';
import { formatRate, formatTimecode, framesToSeconds } from '../../../shared/shot';
import { changesSince, loopOf, reportCharts, type Remembered } from '../../review/report';
import { pricesOf } from '../cost/keeper';
import { guessedWatts } from '../cost/meter';
import { dataUri, takeChecks, takePictures } from '../report-pictures';
import type { Run, RunShot } from './run';
import { formatMovesForPeople } from './words';

export interface RunReportWish {
  /** The moment in words. */
  readonly made: string;
  readonly files: readonly { readonly path: string; readonly about: string }[];
  /** What lay in the folder before this run. */
  readonly before: Remembered | null;
}

export async function reportOfRun(run: Run, { made, files, before }: RunReportWish): Promise<Report> {
  const perHour = assumedPerHour();
  const shots: ReportShot[] = [];
  const keys = keysOf(run.shots.map(({ shot }) => shot.name));
  // One after the other: each asks ffmpeg for a loop.
  for (const [i, item] of run.shots.entries()) shots.push(await shotOfRun(run, item, keys[i] ?? String(i), perHour));
  const { currency } = DEFAULT_SETTINGS.cost;
  const kept = run.cost?.report;
  const note =
    'Cost is an estimate: rated power and the assumed prices of electricity and machine, times seconds of work.';
  const money = {
    currency: kept?.currency ?? currency,
    total: kept?.all.total ?? shots.reduce((sum, { cost = 0 }) => sum + cost, 0),
    ...{ usableSeconds: 0, perUsableSecond: null, notes: kept ? kept.notes : [note] },
    ...(kept && kept.estimates.takes > 0 && { estimates: kept.estimates }),
    ...(kept && kept.all.total > 0 && { parts: kept.all, by: kept.by, cloud: kept.cloud }),
  };
  return {
    title: run.title,
    made,
    version: run.version,
    machine: `${os.type()} ${os.arch()}, ${os.cpus().length} cores`,
    rate: formatRate(run.rate),
    shots,
    files: files.map((file) => ({ name: path.basename(file.path), about: file.about })),
    money,
    ...(before && { changes: changesSince(before, shots) }),
    charts: await reportCharts(shots, { currency: money.currency, days: [] }, 'en'),
  };
}

async function shotOfRun(run: Run, item: RunShot, key: string, perHour: number): Promise<ReportShot> {
  const { shot, take, state, problem } = item;
  const checks = await takeChecks(take);
  const motion = checks.find(({ name }) => name === 'motion');
  // A take that gives no loop is shown by its pictures.
  const loop =
    take && item.clip !== undefined ? await loopOf({ ...take, path: item.clip }, take.frames).catch(() => null) : null;
  return {
    ...{ key, name: shot.name, notes: shot.notes, frames: shot.frames, state },
    moves: formatMovesForPeople(item.moves),
    ...(motion && { measured: motion.detail }),
    timecode: formatTimecode(run.startTimecodeFrame + shot.startFrame, run.rate, run.dropFrame),
    engine: take?.engine ?? '',
    provider: take?.provider ?? '',
    seed: take?.seed ?? 0,
    take: take ? item.takeNumber : 0,
    takes: take ? 1 + (item.others?.length ?? 0) : 0,
    seconds: take?.seconds ?? 0,
    videoSeconds: framesToSeconds(shot.frames, run.rate),
    ...(take && { cost: spentOn(run, shot.name) ?? (take.seconds / 3600) * perHour }),
    checks,
    warnings: [...(take?.warnings ?? [])],
    pictures: await takePictures(take),
    ...(loop && { loop: dataUri('webp', loop) }),
    ...(problem && {
      problem: { code: problem.code, message: problem.message, safe: problem.safe, action: problem.action },
    }),
  };
}

/** What the ledger says a shot came to. */
const spentOn = (run: Run, name: string): number | undefined =>
  run.cost?.report.by.shot.find((each) => each.name === `${run.title} / ${name}`)?.total;

/** Money an hour of work costs where nobody has set prices. */
function assumedPerHour(): number {
  const { machinePerHour, pricePerKWh } = pricesOf(DEFAULT_SETTINGS, 0);
  return machinePerHour + (guessedWatts() / 1000) * pricePerKWh;
}

/** Names told apart where several shots share one. */
function keysOf(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? name : `${name} #${n}`;
  });
}

/** As much of result.json as tells what has changed. */
const zResult = z.object({
  shots: z.array(
    z.object({
      name: z.string(),
      state: z.enum(REPORT_STATES),
      file: z.string().nullable(),
      checks: z.array(z.object({ ok: z.boolean() })),
    }),
  ),
});

/** The run whose result.json lies in this folder; null where there is none, or none that can be read. */
export async function runBefore(folder: string): Promise<Remembered | null> {
  const file = path.join(folder, 'result.json');
  try {
    const { shots } = zResult.parse(JSON.parse(await readFile(file, 'utf8')));
    const { mtime } = await stat(file);
    const keys = keysOf(shots.map(({ name }) => name));
    return {
      made: mtime.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' }),
      shots: shots.map(({ name, state, file: clip, checks }, i) => ({
        ...{ key: keys[i] ?? name, name, state, takes: clip === null ? 0 : 1, verdict: 'none' },
        sound: checks.every(({ ok }) => ok),
      })),
    };
  } catch {
    return null;
  }
}
