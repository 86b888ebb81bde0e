/** The takes of a shot: what the companion knows of them and what lies on the timeline, put together. Pure. */
import type { Problem } from '../../../shared/problem';
import type { JobRow } from '../../../shared/protocol';
import type { Handles } from '../../../shared/shot';
import type { PlacedTake, ShotReading, TakeLabel } from '../../premiere/host';

export type TakeState =
  | 'queued'
  | 'rendering'
  /** Rendered, on its way to the timeline or waiting for it. */
  | 'coming'
  | 'on-timeline'
  /** It was on the timeline and is not any more: an Undo, or somebody's hand. */
  | 'away'
  | 'failed'
  | 'stopped';

export interface TakeView {
  readonly jobId: string;
  readonly take: number;
  readonly quality: 'preview' | 'full';
  readonly state: TakeState;
  /** Shown on the timeline now. */
  readonly inUse: boolean;
  /** Colour on the timeline, else the verdict the companion keeps. */
  readonly label: TakeLabel;
  readonly reason?: string;
  readonly frames: number;
  readonly handles?: Handles;
  readonly startFrame: number;
  readonly engine: string;
  /** Pictures the companion has of it: first, middle and last frame. */
  readonly pictures: number;
  readonly playable: boolean;
  readonly problem?: Problem;
  readonly warnings: readonly string[];
  /** The job of the preview that stands in for this take meanwhile. */
  readonly standIn?: string;
}

/** Jobs of this shot: its id, which is stable while names and order are. */
export function jobsOfShot(jobs: Iterable<JobRow>, shotId: string): JobRow[] {
  return [...jobs]
    .filter((row) => row.spec.shot.id === shotId)
    .sort((a, b) => a.spec.take - b.spec.take || a.submittedAt - b.submittedAt);
}

function stateOf(row: JobRow, placed: PlacedTake | undefined): TakeState {
  if (placed) return 'on-timeline';
  switch (row.state) {
    case 'queued':
    case 'rendering':
    case 'failed':
      return row.state;
    case 'cancelled':
      return 'stopped';
    case 'placed':
      return 'away';
    default:
      return 'coming';
  }
}

const labelOf = (row: JobRow | undefined, placed: PlacedTake | undefined): TakeLabel =>
  placed?.label ?? row?.verdict?.verdict ?? 'open';

function viewOf(row: JobRow, placed: PlacedTake | undefined, waiting: Problem | undefined): TakeView {
  const { spec, take } = row;
  const problem = row.problem ?? waiting;
  return {
    jobId: spec.id,
    take: spec.take,
    quality: spec.quality,
    state: stateOf(row, placed),
    inUse: placed?.enabled ?? false,
    label: labelOf(row, placed),
    ...(row.verdict?.reason === undefined ? {} : { reason: row.verdict.reason }),
    frames: placed?.frames ?? spec.shot.frames,
    ...(spec.handles ? { handles: spec.handles } : {}),
    startFrame: placed?.startFrame ?? spec.shot.startFrame,
    engine: take?.engine ?? spec.engine,
    pictures: take?.thumbnails.length ?? 0,
    playable: take?.proxy !== undefined,
    ...(problem && !placed ? { problem } : {}),
    warnings: take?.warnings ?? [],
  };
}

/** A take that the companion has forgotten and the timeline still has. */
function strangerView(placed: PlacedTake): TakeView {
  return {
    jobId: placed.jobId,
    take: placed.take,
    quality: 'full',
    state: 'on-timeline',
    inUse: placed.enabled,
    label: labelOf(undefined, placed),
    frames: placed.frames,
    startFrame: placed.startFrame,
    engine: '',
    pictures: 0,
    playable: false,
    warnings: [],
  };
}

/** By take number. A preview is folded into the take that replaces it, once that has been asked for; one that was deleted is left out. */
export function takesOf(
  shot: ShotReading,
  jobs: ReadonlyMap<string, JobRow>,
  placed: readonly PlacedTake[],
  waiting: ReadonlyMap<string, Problem>,
  deleted: readonly string[] = [],
): readonly TakeView[] {
  const lying = new Map(placed.map((take) => [take.jobId, take]));
  const all = jobsOfShot(jobs.values(), shot.draft.id);
  const replaced = new Map(
    all.flatMap((row) => (row.spec.replaces === undefined ? [] : [[row.spec.replaces, row] as const])),
  );
  const gone = new Set(deleted);
  // With a take goes its preview.
  const isGone = (id: string): boolean => gone.has(id) || gone.has(replaced.get(id)?.spec.id ?? '');
  const rows = all.filter(({ spec }) => lying.has(spec.id) || !isGone(spec.id));
  const views = rows.flatMap((row): TakeView[] => {
    const full = replaced.get(row.spec.id);
    // The preview of a take that failed or was stopped is all there is of it: it stays.
    if (full && full.state !== 'failed' && full.state !== 'cancelled') return [];
    const view = viewOf(row, lying.get(row.spec.id), waiting.get(row.spec.id));
    if (full && view.state !== 'on-timeline') return [];
    const preview = row.spec.replaces === undefined ? undefined : lying.get(row.spec.replaces);
    return [preview && view.state !== 'on-timeline' ? { ...view, standIn: preview.jobId } : view];
  });
  const known = new Set(all.map((row) => row.spec.id));
  const strangers = placed
    .filter((take) => !known.has(take.jobId) && take.shotName === shot.draft.name)
    .map((take) => strangerView(take));
  return [...views, ...strangers].sort((a, b) => a.take - b.take);
}
