/** The list of shots as it is shown: one row a shot. Pure. */
import type { Problem } from '../../../shared/problem';
import type { JobSpec } from '../../../shared/protocol';
import { formatTimecode, promptWords, type CameraMove } from '../../../shared/shot';
import type { ShotReading } from '../../premiere/host';
import { changesSince, movesNow, type Change } from './changes';
import type { PanelState } from './state';
import { jobsOfShot, takesOf, type TakeView } from './takes';

export type RowState = 'none' | 'waiting' | 'rendering' | 'coming' | 'preview' | 'done' | 'away' | 'failed' | 'stopped';

export interface ShotRow {
  readonly id: string;
  readonly name: string;
  readonly timecode: string;
  readonly startFrame: number;
  readonly frames: number;
  readonly note: string;
  readonly moves: readonly CameraMove[];
  /** True where the moves are the artist's own. */
  readonly corrected: boolean;
  readonly engine: JobSpec['engine'];
  /** What the artist has written for the model, and what it is told otherwise; for the diffusion engine alone. */
  readonly prompt: { readonly own: string; readonly ofNote: string } | null;
  readonly takes: readonly TakeView[];
  readonly state: RowState;
  /** 0–1 while something of it renders. */
  readonly done: number | null;
  readonly problem: Problem | null;
  readonly changed: readonly Change[];
  /** Keys of pictures that may stand for it, the best first. */
  readonly pictures: readonly string[];
  readonly chosen: boolean;
}

export const boardPicture = (sha256: string): string => `board/${sha256}`;
export const takePicture = (jobId: string, n: number): string => `take/${jobId}/${n}`;

function rowState(takes: readonly TakeView[]): RowState {
  const newest = takes[takes.length - 1];
  if (!newest) return 'none';
  if (newest.state === 'rendering') return 'rendering';
  if (newest.state === 'queued') return 'waiting';
  if (newest.state === 'coming') return 'coming';
  if (newest.state === 'failed') return 'failed';
  const shown = takes.find((take) => take.inUse);
  if (shown) return shown.quality === 'preview' ? 'preview' : 'done';
  return newest.state === 'stopped' ? 'stopped' : newest.state === 'away' ? 'away' : 'done';
}

function rowOf(state: PanelState, shot: ShotReading): ShotRow {
  const { draft } = shot;
  const sheet = state.timeline?.sheet;
  const setting = sheet?.shots[draft.id];
  const takes = takesOf(shot, state.jobs, state.timeline?.takes ?? [], state.waiting, sheet?.deleted);
  const gone = new Set(sheet?.deleted);
  const rows = jobsOfShot(state.jobs.values(), draft.id).filter(
    ({ spec }) => !gone.has(spec.id) || takes.some(({ jobId }) => jobId === spec.id),
  );
  const last = rows.filter((row) => row.state !== 'cancelled').pop();
  const active = rows.find((row) => row.state === 'rendering');
  const progress = active && state.progress.get(active.spec.id);
  const newest = takes[takes.length - 1];
  const sha = shot.boards.map((board) =>
    board.mediaPath === null ? undefined : state.boards.get(board.mediaPath)?.sha256,
  );
  return {
    id: draft.id,
    name: draft.name,
    timecode: formatTimecode(draft.startFrame + (draft.timecodeZero ?? 0), draft.rate, draft.dropFrame),
    startFrame: draft.startFrame,
    frames: draft.frames,
    note: draft.notes,
    moves: movesNow(shot, setting),
    corrected: setting?.moves !== undefined,
    engine: setting?.engine ?? 'auto',
    prompt:
      setting?.engine === 'diffusion'
        ? { own: setting.prompt ?? '', ofNote: [...new Set(promptWords(draft))].join(', ') }
        : null,
    takes,
    state: active ? 'rendering' : rowState(takes),
    done: progress && progress.of > 0 ? Math.min(1, progress.done / progress.of) : active ? 0 : null,
    problem: newest?.problem ?? null,
    changed: changesSince(last, shot, setting, state),
    pictures: [
      ...(sha[0] === undefined ? [] : [boardPicture(sha[0])]),
      ...rows.filter((row) => row.take).map((row) => takePicture(row.spec.id, 0)),
    ],
    chosen: state.chosen.includes(draft.id),
  };
}

/** One row for each shot of the sequence in front, in order of time. */
export function rowsOf(state: PanelState): readonly ShotRow[] {
  return (state.timeline?.reading.shots ?? []).map((shot) => rowOf(state, shot));
}
