/** What the artist sets for shots, and for all takes of a sequence: kept with the sequence, one Undo step a change. */
import type { JobSpec } from '../../../shared/protocol';
import type { BurnIns, CameraMove, Handles } from '../../../shared/shot';
import type { PremiereHost, ShotReading, ShotSetting, ShotSheet, TimelineView } from '../../premiere/host';
import type { OwnWish, TakeWish } from '../job-from-shot';
import { fitted } from '../state/changes';
import type { PanelState } from '../state/state';
import type { Store } from '../state/store';

export interface SheetParts {
  readonly host: PremiereHost;
  readonly store: Store<PanelState>;
  /** Reads the timeline afresh. */
  readonly look: () => Promise<void>;
  /** Runs what a widget asked for; nothing it throws gets out. */
  readonly guard: (work: () => Promise<void>) => void;
}

export class SheetActions {
  constructor(private readonly parts: SheetParts) {}

  readonly setMoves = (shotId: string, name: string, moves: readonly CameraMove[] | null): void =>
    this.setShot(shotId, moves ? `Change the move of ${name}` : `Read the move of ${name} from its note`, (setting) => {
      const { moves: _moves, ...rest } = setting;
      return moves ? { ...rest, moves } : rest;
    });

  readonly setEngine = (shotId: string, name: string, engine: JobSpec['engine']): void =>
    this.setShot(shotId, `Choose the engine of ${name}`, (setting) => ({ ...setting, engine }));

  /** Words for the model in place of the note's; none: the note's again. */
  readonly setPrompt = (shotId: string, name: string, prompt: string): void =>
    this.setShot(shotId, `Change the prompt of ${name}`, ({ prompt: _prompt, ...rest }) =>
      prompt.trim() === '' ? rest : { ...rest, prompt: prompt.trim() },
    );

  // What is set for all takes of the sequence

  readonly setBurnIns = (burnIns: BurnIns): void =>
    this.setSheet('Change what is burnt in', (sheet) => ({ ...sheet, burnIns }));

  readonly setHandles = (handles: Handles): void =>
    this.setSheet('Change the handles of takes', (sheet) => ({ ...sheet, handles }));

  readonly setStyleLine = (text: string): void =>
    this.setSheet('Change the style line', ({ styleLine: _line, ...rest }) =>
      text.trim() === '' ? rest : { ...rest, styleLine: text.trim() },
    );

  readonly setNegative = (text: string): void =>
    this.setSheet('Change the negative prompt', ({ negative: _negative, ...rest }) =>
      text.trim() === '' ? rest : { ...rest, negative: text.trim() },
    );

  private setSheet(undoName: string, change: (sheet: ShotSheet) => ShotSheet): void {
    this.parts.guard(async () => {
      const view = this.parts.store.get().timeline;
      if (!view) return;
      await this.parts.host.changeSheet(view.reading, undoName, change);
      await this.parts.look();
    });
  }

  private setShot(shotId: string, undoName: string, change: (setting: ShotSetting) => ShotSetting): void {
    this.setSheet(undoName, (sheet) => ({
      ...sheet,
      shots: { ...sheet.shots, [shotId]: change(sheet.shots[shotId] ?? {}) },
    }));
  }
}

/** What is set for all takes of a sequence, as its jobs want it. */
export function ofSequence(sheet: ShotSheet): Pick<TakeWish, 'burnIns' | 'handles' | 'styleLine' | 'negative'> {
  const { burnIns, handles, styleLine, negative } = sheet;
  return {
    ...(burnIns ? { burnIns } : {}),
    ...(handles ? { handles } : {}),
    ...(styleLine === undefined ? {} : { styleLine }),
    ...(negative === undefined ? {} : { negative }),
  };
}

/** What is set for one shot, as its job wants it. */
export function ownWish({ sheet }: TimelineView, { draft }: ShotReading): OwnWish {
  const { moves, engine, prompt } = sheet.shots[draft.id] ?? {};
  return {
    ...(moves ? { moves: fitted(moves, draft.frames) } : {}),
    ...(engine ? { engine } : {}),
    ...(prompt === undefined ? {} : { prompt }),
  };
}
