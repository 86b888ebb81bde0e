/** The list of shots and its keys: arrows go, Space chooses, Enter animates, right and left open and close. */
import { useMemo, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { panel as words } from '../../../shared/words';
import { chosenAfterClick, filtered } from '../state/choose';
import type { ShotRow } from '../state/rows';
import { useDesk, usePanel, useProblemLine, useWords } from './context';
import { ShotRowView } from './shot-row';
import { Body } from './widgets';

/** The row next to this one, to have the focus. UXP has no list widget that would do it. */
function focusNeighbour(row: EventTarget & Element, step: 1 | -1): void {
  const next = step === 1 ? row.nextElementSibling : row.previousElementSibling;
  if (next instanceof HTMLElement) next.focus();
}

export function ShotList({ rows }: { readonly rows: readonly ShotRow[] }): ReactElement {
  const say = useWords();
  const line = useProblemLine();
  const desk = useDesk();
  const filter = usePanel((state) => state.filter);
  const open = usePanel((state) => state.open);
  const hostProblem = usePanel((state) => state.hostProblem);
  const anchor = useRef<string | null>(null);
  const shown = useMemo(() => filtered(rows, filter), [rows, filter]);
  const choose = (id: string, how: 'alone' | 'toggle' | 'range'): void => {
    desk.choose(chosenAfterClick(shown, id, how, anchor.current));
    if (how !== 'range') anchor.current = id;
  };
  const key = (row: ShotRow) => (event: KeyboardEvent) => {
    // Keys typed into a field of the row are the field's.
    if (event.target !== event.currentTarget) return;
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => focusNeighbour(event.currentTarget, 1),
      ArrowUp: () => focusNeighbour(event.currentTarget, -1),
      ArrowRight: () => desk.unfold(row.id),
      ArrowLeft: () => desk.unfold(null),
      ' ': () => choose(row.id, 'toggle'),
      Enter: () => desk.animateShots([row.id]),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  if (shown.length === 0) {
    const empty = hostProblem ? line(hostProblem) : '';
    return (
      <Body className="empty">{empty !== '' ? empty : say(rows.length === 0 ? words.noBoards : words.noneMatch)}</Body>
    );
  }
  return (
    <div role="grid" aria-label={say(words.shotsOf)} aria-multiselectable="true" className="list">
      {shown.map((row) => (
        <ShotRowView
          key={row.id}
          row={row}
          open={open === row.id}
          onChoose={(how) => choose(row.id, how)}
          onKey={key(row)}
        />
      ))}
    </div>
  );
}
