/** result.json: one row a shot, for programs. Frame counts are the timeline's; seconds are work, waiting not counted. */
import { formatMovesForPeople } from './words';
import { framesToSeconds, formatTimecode } from '../../../shared/shot';
import type { CostGroup, CostReport } from '../../../shared/protocol';
import type { Run } from './run';

const pieces = ({ energy, machine, review, total, wattHours, estimatedWattHours }: CostGroup) => ({
  ...{ energy, machine, review, total, wattHours, estimatedWattHours },
});

/** The ledger's rows of one shot; none where the run kept no ledger, or nothing was spent on it. */
function ofShot(run: Run, name: string): object {
  const group = run.cost?.report.by.shot.find((each) => each.name === `${run.title} / ${name}`);
  return group ? { currency: run.cost?.report.currency, ...pieces(group) } : {};
}

/** The number's pieces as the ledger says them. Nobody has approved anything yet: per made second it is known, per usable one it is not. */
function costOf({ currency, all, by, estimates, notes }: CostReport, videoSeconds: number): object {
  return {
    currency,
    ...pieces(all),
    workSeconds: all.workSeconds,
    usableSeconds: all.usableSeconds,
    perUsableSecond: all.perUsableSecond,
    perMadeSecond: videoSeconds > 0 ? all.total / videoSeconds : null,
    byEngine: by.engine.map((group) => ({ engine: group.name, ...pieces(group) })),
    /** Over the takes that could be estimated: the three reasons add up to the difference. */
    expectedAndActual: estimates,
    notes,
  };
}

/** The run as plain JSON data. Files are named as they lie on disk, absolute. */
export function resultOfRun(run: Run): object {
  const made = run.shots.filter((item) => item.take !== undefined);
  const videoSeconds = made.reduce((sum, item) => sum + framesToSeconds(item.shot.frames, run.rate), 0);
  const workSeconds = run.shots.reduce((sum, item) => sum + (item.take?.seconds ?? 0), 0);
  return {
    version: run.version,
    title: run.title,
    fps: run.rate,
    dropFrame: run.dropFrame,
    size: run.size,
    shots: run.shots.map((item) => ({
      name: item.shot.name,
      state: item.state,
      file: item.clip ?? null,
      startFrame: item.shot.startFrame,
      timecode: formatTimecode(run.startTimecodeFrame + item.shot.startFrame, run.rate, run.dropFrame),
      frames: item.take?.frames ?? item.shot.frames,
      fps: run.rate,
      size: item.take?.size ?? item.shot.size,
      codec: item.take?.codec ?? null,
      bytes: item.take?.bytes ?? null,
      sha256: item.take?.sha256 ?? null,
      engine: item.take?.engine ?? null,
      provider: item.take?.provider ?? null,
      seed: item.take?.seed ?? null,
      take: item.takeNumber,
      handles: item.take?.handles ?? null,
      otherTakes: (item.others ?? []).map(({ takeNumber, take, clip }) => ({
        ...{ take: takeNumber, file: clip, seed: take.seed, seconds: take.seconds, checks: take.checks },
      })),
      notes: item.shot.notes,
      moves: item.moves,
      movesInWords: formatMovesForPeople(item.moves),
      seconds: item.take?.seconds ?? null,
      checks: item.take?.checks ?? [],
      warnings: item.take?.warnings ?? [],
      cost: item.take
        ? {
            workSeconds: item.take.seconds,
            workSecondsPerVideoSecond: item.take.seconds / framesToSeconds(item.shot.frames, run.rate),
            ...ofShot(run, item.shot.name),
          }
        : null,
      problem: item.problem ?? null,
    })),
    totals: {
      shots: run.shots.length,
      made: made.length,
      frames: made.reduce((sum, item) => sum + item.shot.frames, 0),
      videoSeconds,
      workSeconds,
      timesRealTime: workSeconds > 0 ? videoSeconds / workSeconds : null,
    },
    estimate: run.cost?.estimate ?? null,
    cost: run.cost ? costOf(run.cost.report, videoSeconds) : null,
  };
}
