/** Undo and redo of a value that is replaced as a whole. */
export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
  /** What made the last step; another one of the same kind joins it. */
  readonly last?: string;
}

/** Steps that can be taken back. */
const MOST = 200;

export const begun = <T>(now: T): History<T> => ({ past: [], now, future: [] });

/** @param joins a step of the same name as the one before is one step with it (typing, arrow keys) */
export function done<T>(history: History<T>, now: T, joins?: string): History<T> {
  if (now === history.now) return history;
  const together = joins !== undefined && joins === history.last && history.future.length === 0;
  const past = together ? history.past : [...history.past, history.now].slice(-MOST);
  return { past, now, future: [], ...(joins === undefined ? {} : { last: joins }) };
}

export function undone<T>({ past, now, future }: History<T>): History<T> {
  const before = past.at(-1);
  return before === undefined
    ? { past, now, future }
    : { past: past.slice(0, -1), now: before, future: [now, ...future] };
}

export function redone<T>({ past, now, future }: History<T>): History<T> {
  const [next, ...rest] = future;
  return next === undefined ? { past, now, future } : { past: [...past, now], now: next, future: rest };
}
