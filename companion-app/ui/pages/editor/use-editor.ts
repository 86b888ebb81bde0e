/** What is being edited: a shot with its history, kept in this browser until it is sent. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import { zJobId, zShot, type JobSpec } from '../../../../shared/protocol';
import type { Shot } from '../../../../shared/shot';
import { begun, done, redone, undone, type History } from './shot/history';

/** The way back and forth. */
export interface Steps {
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  /** Back to the shot as it was sent. */
  readonly restart: () => void;
  /** True when it differs from the shot as it was sent. */
  readonly edited: boolean;
}

export interface Editing {
  /** As it is seen, what is being dragged included. */
  readonly shot: Shot;
  /** As it is kept: a drag changes it when it ends. */
  readonly kept: Shot;
  readonly change: (change: (shot: Shot) => Shot, joins?: string) => void;
  /** What is being dragged: seen, not yet done. Null gives it up. */
  readonly drag: (change: ((shot: Shot) => Shot) | null) => void;
  readonly steps: Steps;
}

const keyOf = ({ sequence, shot }: JobSpec): string =>
  `inbetween.editor.${JSON.stringify([sequence.projectId, sequence.sequenceId, shot.id])}`;

export function useEditor(spec: JobSpec): Editing {
  const [history, setHistory] = useState<History<Shot>>(() => opened(spec));
  const [dragged, setDragged] = useState<Shot | null>(null);
  const { now } = history;
  const edited = now !== spec.shot && JSON.stringify(now) !== JSON.stringify(spec.shot);
  useEffect(() => keep(spec, edited ? now : null), [spec, now, edited]);
  const change = useCallback((make: (shot: Shot) => Shot, joins?: string) => {
    setDragged(null);
    setHistory((before) => done(before, make(before.now), joins));
  }, []);
  const drag = useCallback(
    (make: ((shot: Shot) => Shot) | null) => setDragged(make === null ? null : make(now)),
    [now],
  );
  const steps = useMemo(
    () => ({
      undo: history.past.length > 0 ? () => setHistory(undone) : null,
      redo: history.future.length > 0 ? () => setHistory(redone) : null,
      restart: () => setHistory((before) => done(before, spec.shot)),
      edited,
    }),
    [history, spec, edited],
  );
  return useMemo(() => ({ shot: dragged ?? now, kept: now, change, drag, steps }), [dragged, now, change, drag, steps]);
}

const zKept = z.object({ jobId: zJobId, shot: zShot });

/** The shot as sent, or with the changes that were left here unsent; those can be taken back. */
function opened(spec: JobSpec): History<Shot> {
  const first = begun(spec.shot);
  try {
    const kept = zKept.parse(JSON.parse(localStorage.getItem(keyOf(spec)) ?? '{}'));
    return kept.jobId === spec.id ? done(first, kept.shot) : first;
  } catch {
    return first;
  }
}

function keep(spec: JobSpec, shot: Shot | null): void {
  try {
    if (shot === null) localStorage.removeItem(keyOf(spec));
    else localStorage.setItem(keyOf(spec), JSON.stringify({ jobId: spec.id, shot }));
  } catch {
    // A browser without room keeps the shot only as long as the page is open.
  }
}
