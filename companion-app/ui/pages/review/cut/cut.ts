/** The queue's rows as cuts: sequences, their shots in order, the takes of each. Pure. */
import type { JobRow } from '../../../../../shared/protocol';
import { framesToSeconds } from '../../../../../shared/shot';

export interface CutShot {
  /** The shot's id in its sequence. */
  readonly key: string;
  readonly name: string;
  readonly notes: string;
  readonly startFrame: number;
  readonly frames: number;
  readonly seconds: number;
  /** Seconds from the beginning of the first shot of the sequence. */
  readonly begins: number;
  readonly board: string | undefined;
  readonly size: JobRow['spec']['shot']['size'];
  /** Rows with a take, in the order they were asked for. */
  readonly takes: readonly JobRow[];
}

export interface CutSequence {
  readonly id: string;
  readonly name: string;
  readonly shots: readonly CutShot[];
}

/** Sequences by name; shots as they lie on the timeline, by what was last said of them. */
export function sequencesOf(rows: readonly JobRow[]): CutSequence[] {
  const sequences = new Map<string, Map<string, JobRow[]>>();
  for (const row of rows) {
    if (row.state === 'cancelled' && !row.take) continue;
    const { sequence, shot } = row.spec;
    const shots = sequences.get(sequence.sequenceId) ?? new Map<string, JobRow[]>();
    sequences.set(sequence.sequenceId, shots);
    shots.set(shot.id, [...(shots.get(shot.id) ?? []), row]);
  }
  return [...sequences]
    .map(([id, shots]) => {
      const newest = [...shots.values()].flat().reduce((a, b) => (b.submittedAt > a.submittedAt ? b : a));
      return { id, name: newest.spec.sequence.name, shots: ordered([...shots.values()].flatMap(shotOf)) };
    })
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

function shotOf(rows: readonly JobRow[]): Omit<CutShot, 'begins'>[] {
  const inOrder = [...rows].sort((a, b) => a.submittedAt - b.submittedAt || a.spec.take - b.spec.take);
  const shot = inOrder.at(-1)?.spec.shot;
  if (!shot || shot.frames < 1) return [];
  const { id: key, name, notes, startFrame, frames, size, rate, boards } = shot;
  return [
    {
      ...{ key, name, notes, startFrame, frames, size, board: boards[0]?.board },
      seconds: framesToSeconds(frames, rate),
      takes: inOrder.filter(({ take }) => take),
    },
  ];
}

function ordered(shots: Omit<CutShot, 'begins'>[]): CutShot[] {
  const sorted = shots.sort((a, b) => a.startFrame - b.startFrame);
  const first = sorted[0]?.startFrame ?? 0;
  return sorted.map((shot) => ({ ...shot, begins: ((shot.startFrame - first) * shot.seconds) / shot.frames }));
}

/** The take that is shown unless a person chose one: the approved, else the newest full one not rejected, else the newest. */
export function bestTake({ takes }: Pick<CutShot, 'takes'>): JobRow | undefined {
  const newest = [...takes].reverse();
  return (
    newest.find(({ verdict }) => verdict?.verdict === 'approved') ??
    newest.find(({ spec, verdict }) => spec.quality === 'full' && verdict?.verdict !== 'rejected') ??
    newest.find(({ verdict }) => verdict?.verdict !== 'rejected') ??
    newest[0]
  );
}
