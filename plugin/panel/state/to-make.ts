/** What a press of Animate would have made, as an estimate is asked for it. Pure. */
import type { BatchQuestion } from '../../../shared/protocol';
import { shotsAlike, type ShotToMake } from '../../../shared/protocol/pages/batch-shots';
import { framesToSeconds } from '../../../shared/shot';
import { nightShots } from './choose';
import { rowsOf } from './rows';
import type { PanelState } from './state';

export interface ToMake {
  readonly question: BatchQuestion & { readonly shots: NonNullable<BatchQuestion['shots']> };
  readonly shots: number;
  /** On the timeline. */
  readonly seconds: number;
}

export interface Presses {
  /** Null where none is chosen. */
  readonly chosen: ToMake | null;
  readonly night: ToMake | null;
}

/** As the desk submits them: what somebody waits for has a preview, and one shot alone comes first. */
export function toMake(state: PanelState): Presses {
  const rows = rowsOf(state);
  const chosen = rows.filter((row) => row.chosen).map((row) => row.id);
  return {
    chosen: asked(state, chosen, { preview: true, place: chosen.length === 1 ? 'front' : 'behind' }),
    night: asked(state, nightShots(rows), { preview: false, place: 'behind' }),
  };
}

interface How {
  readonly preview: boolean;
  readonly place: NonNullable<BatchQuestion['place']>;
}

function asked({ timeline }: PanelState, ids: readonly string[], { preview, place }: How): ToMake | null {
  const wanted = new Set(ids);
  const shots = (timeline?.reading.shots ?? [])
    .filter(({ draft }) => wanted.has(draft.id))
    .map(({ draft, boards }): ShotToMake => {
      const engine = timeline?.sheet.shots[draft.id]?.engine ?? 'auto';
      const { size, frames, rate } = draft;
      return { engine, size, frames, rate, boards: boards.length, preview };
    });
  if (shots.length === 0) return null;
  const seconds = shots.reduce((sum, { frames, rate }) => sum + framesToSeconds(frames, rate), 0);
  const alike = shotsAlike(shots);
  return alike.length === 0 ? null : { question: { shots: alike, place }, shots: shots.length, seconds };
}
