/** The queue's rows as shots of a report: one for each shot of a sequence, whatever number of takes it has. */
import type { JobRow, JobState, ReportShot } from '../../../../shared/protocol';
import { formatTimecode, framesToSeconds, resolveMoves } from '../../../../shared/shot';
import type { Language } from '../../../../shared/words';
import { takeChecks, takePictures } from '../../report-pictures';
import { movesIn } from './moves';

/** What the facts tell of a job. */
export interface Spent {
  readonly money: number;
  readonly seconds: number;
}

/** What a report says beside the rows. */
export interface Telling {
  readonly language: Language;
  readonly spent: ReadonlyMap<string, Spent>;
  /** Jobs whose takes are in the cut; null where nobody has looked. */
  readonly inCut: ReadonlySet<string> | null;
  /** The report is about more than one sequence, so each shot says which is its. */
  readonly several: boolean;
}

const STATES: Readonly<Record<JobState, ReportShot['state']>> = {
  queued: 'waiting',
  rendering: 'waiting',
  rendered: 'rendered',
  delivered: 'rendered',
  placed: 'placed',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** A shot's rows and the one of them that stands for it. */
export interface ShotRows {
  readonly key: string;
  readonly rows: readonly JobRow[];
  /** The approved one; else the newest full one, else the newest. */
  readonly lead: JobRow;
  /** Whose pictures are shown: the lead, or the newest that has a take. */
  readonly pictured: JobRow | undefined;
}

/** Shots in the order of their sequences' names and their places in them. */
export function shotsOf(rows: readonly JobRow[]): ShotRows[] {
  const groups = new Map<string, JobRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.spec.sequence.sequenceId, row.spec.shot.id]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups]
    .flatMap(([key, unsorted]) => {
      const newest = unsorted.sort((a, b) => b.submittedAt - a.submittedAt || b.spec.take - a.spec.take);
      const full = newest.filter(({ spec }) => spec.quality === 'full');
      const lead =
        newest.find(({ verdict, take }) => take && verdict?.verdict === 'approved') ??
        full.find(({ state }) => state !== 'cancelled') ??
        newest[0];
      if (!lead) return [];
      const pictured = lead.take ? lead : newest.find(({ take }) => take);
      return [{ key, rows: newest, lead, pictured }];
    })
    .sort(
      ({ lead: { spec: a } }, { lead: { spec: b } }) =>
        a.sequence.name.localeCompare(b.sequence.name, 'en', { numeric: true }) ||
        a.shot.startFrame - b.shot.startFrame,
    );
}

export async function reportShot(
  { key, rows, lead, pictured }: ShotRows,
  { language, spent, inCut, several }: Telling,
): Promise<ReportShot> {
  const { spec, state, problem, verdict } = lead;
  const { shot, sequence } = spec;
  const take = lead.take ?? pictured?.take;
  const used = rows.map((row) => spent.get(row.spec.id) ?? { money: 0, seconds: row.take?.seconds ?? 0 });
  const sum = (value: (each: Spent) => number): number => used.reduce((all, each) => all + value(each), 0);
  const checks = await takeChecks(take);
  const motion = checks.find(({ name }) => name === 'motion');
  return {
    ...{ key, name: shot.name, sequenceId: sequence.sequenceId, notes: shot.notes },
    ...(several && { sequence: sequence.name }),
    moves: movesIn(language, resolveMoves(shot)),
    ...(motion && { measured: motion.detail }),
    timecode: formatTimecode((shot.timecodeZero ?? 0) + shot.startFrame, shot.rate, shot.dropFrame),
    frames: shot.frames,
    state: STATES[state],
    engine: take?.engine ?? '',
    provider: take?.provider ?? '',
    seed: take?.seed ?? 0,
    take: (lead.take ? lead : pictured)?.spec.take ?? 0,
    takes: rows.reduce((all, row) => all + (row.take ? 1 : 0) + (row.tries?.length ?? 0), 0),
    seconds: sum(({ seconds }) => seconds),
    videoSeconds: framesToSeconds(shot.frames, shot.rate),
    cost: sum(({ money }) => money),
    ...(verdict && { verdict: verdict.verdict }),
    ...(inCut && { inCut: rows.some((row) => inCut.has(row.spec.id)) }),
    ...(verdict?.reason !== undefined && { reason: verdict.reason }),
    checks,
    warnings: [...(take?.warnings ?? [])],
    ...(state === 'failed' &&
      problem && {
        problem: { code: problem.code, message: problem.message, safe: problem.safe, action: problem.action },
      }),
    pictures: await takePictures(take),
  };
}
