/** Boards that were moved or trimmed, and what their takes should do about it. Pure. */
import type { JobRow } from '../../../shared/protocol';
import type { PlacedTake, RelayTarget, ShotReading, TimelineView } from '../../premiere/host';

/** Where a take and its board lay when they last agreed. */
export interface Agreed {
  readonly startFrame: number;
  readonly frames: number;
}

export interface Follow {
  readonly jobId: string;
  readonly shotId: string;
  readonly shotName: string;
  readonly kind: 'move' | 'trim' | 'open' | 'longer';
  readonly target: RelayTarget;
  /** Frames that the board moved by. */
  readonly by: number;
  /** Tells the same wish from another one. */
  readonly key: string;
}

const same = (a: Agreed, b: Agreed): boolean => a.startFrame === b.startFrame && a.frames === b.frames;

/** `own`: frames that the take was made for. `length`: those of the clip from where it begins on the timeline, which may show fewer: its handle behind the shot counts. */
function wish(
  take: PlacedTake,
  shot: ShotReading,
  agreed: Agreed,
  { own, length }: { readonly own: number; readonly length: number },
): Follow | null {
  const { startFrame, frames, id, name } = shot.draft;
  const key = `${take.jobId}@${startFrame}+${frames}`;
  const common = { jobId: take.jobId, shotId: id, shotName: name, by: startFrame - agreed.startFrame, key };
  const target = { startFrame, frames };
  // One that is hidden is not made again: the take that is shown speaks for its shot.
  if (frames > length) return take.enabled ? { ...common, kind: 'longer', target } : null;
  if (startFrame !== agreed.startFrame) return { ...common, kind: 'move', target };
  return { ...common, kind: frames > own ? 'open' : 'trim', target };
}

/** The only shot of this id, or of this name where ids have shifted. */
function shotOf(view: TimelineView, take: PlacedTake, row: JobRow | undefined): ShotReading | null {
  const { shots } = view.reading;
  const byId = shots.find(({ draft }) => draft.id === row?.spec.shot.id);
  if (byId) return byId;
  const byName = shots.filter(({ draft }) => draft.name === take.shotName);
  return byName.length === 1 ? (byName[0] ?? null) : null;
}

/**
 * What takes should do, by time. A take that somebody moved or trimmed by hand is left alone: only one that still lies
 * where it last agreed with its board follows it.
 */
export function followsOf(
  view: TimelineView,
  jobs: ReadonlyMap<string, JobRow>,
  agreed: ReadonlyMap<string, Agreed>,
): readonly Follow[] {
  return view.takes.flatMap((take) => {
    const row = jobs.get(take.jobId);
    const shot = shotOf(view, take, row);
    const before = agreed.get(take.jobId) ?? row?.placement;
    if (!shot || !before || same(take, shot.draft) || !same(take, before)) return [];
    const own = row?.spec.shot.frames ?? take.frames;
    return wish(take, shot, before, { own, length: own + (row?.spec.handles?.after ?? 0) }) ?? [];
  });
}

/** Takes that agree with their boards now, by job; what was known of the others stays. */
export function agreeing(
  view: TimelineView,
  jobs: ReadonlyMap<string, JobRow>,
  known: ReadonlyMap<string, Agreed>,
): ReadonlyMap<string, Agreed> {
  const next = new Map(known);
  for (const take of view.takes) {
    const shot = shotOf(view, take, jobs.get(take.jobId));
    if (shot && same(take, shot.draft)) next.set(take.jobId, { startFrame: take.startFrame, frames: take.frames });
  }
  return next;
}
