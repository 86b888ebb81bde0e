/** The shots there are to open, read off the queue. */
import { InbetweenError } from '../../../../shared/problem';
import type { JobRow } from '../../../../shared/protocol';
import type { EditorEntry, EditorTake } from '../../../../shared/protocol/pages/editor';

/** Jobs of the same shot: the same id in the same sequence of the same project. */
export function shotKey({ spec }: Pick<JobRow, 'spec'>): string {
  return JSON.stringify([spec.sequence.projectId, spec.sequence.sequenceId, spec.shot.id]);
}

/** Higher take numbers are newer; of the same number, what was sent later. */
export const newerFirst = (a: JobRow, b: JobRow): number => b.spec.take - a.spec.take || b.submittedAt - a.submittedAt;

/** The newest job of every shot, in the order of the timeline. */
export function entriesOf(rows: readonly JobRow[]): EditorEntry[] {
  const newest = new Map<string, JobRow>();
  const pictured = new Map<string, string>();
  for (const row of [...rows].sort(newerFirst)) {
    const key = shotKey(row);
    if (!newest.has(key)) newest.set(key, row);
    if (row.take && row.take.thumbnails.length > 0 && !pictured.has(key)) pictured.set(key, row.spec.id);
  }
  const order = (a: JobRow, b: JobRow): number =>
    a.spec.sequence.name.localeCompare(b.spec.sequence.name) || a.spec.shot.startFrame - b.spec.shot.startFrame;
  return [...newest.values()].sort(order).map((row) => {
    const picture = pictured.get(shotKey(row));
    return {
      jobId: row.spec.id,
      sequenceId: row.spec.sequence.sequenceId,
      sequenceName: row.spec.sequence.name,
      shotName: row.spec.shot.name,
      notes: row.spec.shot.notes,
      take: row.spec.take,
      state: row.state,
      ...(picture === undefined ? {} : { picture }),
    };
  });
}

/** The finished takes among these jobs, newest first. */
export function takesOf(rows: readonly JobRow[]): EditorTake[] {
  return [...rows].sort(newerFirst).flatMap(({ spec, take }) =>
    take === undefined
      ? []
      : [
          {
            jobId: spec.id,
            take: spec.take,
            size: take.size,
            rate: take.rate,
            frames: take.frames,
            plays: take.proxy !== undefined || take.codec === 'h264',
            pictures: Math.min(3, take.thumbnails.length),
          },
        ],
  );
}

/** Throws "not-found". */
export function required(row: JobRow | undefined): JobRow {
  if (row) return row;
  throw new InbetweenError({
    code: 'not-found',
    message: 'The companion does not know this shot any more.',
    safe: 'Other shots and all takes are untouched.',
    action: 'Choose a shot from the list.',
  });
}
