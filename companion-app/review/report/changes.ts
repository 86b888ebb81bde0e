/** What is remembered of a report, so that the next one can tell what has changed. */
import { z } from 'zod';
import { REPORT_STATES, VERDICTS, type Change, type Report, type ReportShot } from '../../../shared/protocol';

export const zRemembered = z.object({
  /** When that report was made, in words. */
  made: z.string(),
  /** The same as milliseconds since 1970, so that it can be said in another language. */
  at: z.number().exactOptional(),
  shots: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      state: z.enum(REPORT_STATES),
      takes: z.number(),
      verdict: z.enum(VERDICTS),
      sound: z.boolean(),
      inCut: z.boolean().exactOptional(),
    }),
  ),
});
export type Remembered = z.output<typeof zRemembered>;
type Shot = Remembered['shots'][number];

const shotOf = ({ key, name, state, takes, verdict = 'none', checks, inCut }: ReportShot): Shot => ({
  ...{ key, name, state, takes, verdict, ...(inCut !== undefined && { inCut }) },
  sound: checks.every(({ ok }) => ok),
});

export const remembered = ({ made, shots }: Pick<Report, 'made' | 'shots'>): Remembered => ({
  made,
  shots: shots.map(shotOf),
});

const made = ({ state }: Shot): boolean => state === 'placed' || state === 'rendered';

/** Shot by shot in the new report's order, those that are gone last. Shots that are as they were are left out. */
export function changesSince(before: Remembered, shots: readonly ReportShot[]): NonNullable<Report['changes']> {
  const known = new Map(before.shots.map((shot) => [shot.key, shot]));
  const rows = shots.map(shotOf).map((now) => {
    const then = known.get(now.key);
    known.delete(now.key);
    return { name: now.name, changes: then ? between(then, now) : fresh(now) };
  });
  const gone = [...known.values()].map(({ name }) => ({ name, changes: ['gone' as const] }));
  return { since: before.made, rows: [...rows, ...gone].filter(({ changes }) => changes.length > 0) };
}

function fresh(now: Shot): Change[] {
  return ['new', ...(now.state === 'failed' ? ['failed' as const] : []), ...(now.sound ? [] : ['flagged' as const])];
}

function between(then: Shot, now: Shot): Change[] {
  const changes: Change[] = [];
  if (made(now) && !made(then)) changes.push('made');
  else if (now.takes > then.takes && made(now)) changes.push('take');
  if (now.state === 'failed' && then.state !== 'failed') changes.push('failed');
  if (now.state === 'cancelled' && then.state !== 'cancelled') changes.push('cancelled');
  if (now.verdict !== then.verdict) changes.push(now.verdict === 'none' ? 'undecided' : now.verdict);
  if (now.sound !== then.sound) changes.push(now.sound ? 'mended' : 'flagged');
  // Where nobody had looked nothing is known to have left; what has come is.
  if (now.inCut === true && then.inCut !== true) changes.push('cut');
  if (now.inCut === false && then.inCut === true) changes.push('uncut');
  return changes;
}
