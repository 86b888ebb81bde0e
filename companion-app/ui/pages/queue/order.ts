/** The rows as they are shown, and where a moved one goes. Pure. */
import type { JobRow, JobState, OrderPlace } from '../../../../shared/protocol';

/** What is at work first, then what waits in its order, then what needs a person, then what is over. */
const RANK: Readonly<Record<JobState, number>> = {
  rendering: 0,
  queued: 1,
  failed: 2,
  rendered: 3,
  delivered: 3,
  placed: 4,
  cancelled: 5,
};

/** Within the states that are over the newest comes first; the others keep the queue's order. */
export function shown(rows: readonly JobRow[], state: JobState | 'all'): JobRow[] {
  return rows
    .filter((row) => state === 'all' || row.state === state)
    .sort((a, b) => RANK[a.state] - RANK[b.state] || (RANK[a.state] >= 2 ? b.changedAt - a.changedAt : 0));
}

/** Where to put the waiting jobs `ids` one place higher or lower; null where they are at that end already. */
export function nudged(waiting: readonly string[], ids: ReadonlySet<string>, by: 'up' | 'down'): OrderPlace | null {
  const first = waiting.findIndex((id) => ids.has(id));
  const last = waiting.findLastIndex((id) => ids.has(id));
  if (first < 0) return null;
  if (by === 'up') {
    const before = waiting.slice(0, first).at(-1);
    return before === undefined ? null : { before };
  }
  const rest = waiting.slice(last + 1);
  if (rest.length === 0) return null;
  const after = rest[1];
  return after === undefined ? 'back' : { before: after };
}

/** Where to put jobs dropped before or after the waiting job `target`. */
export function dropped(
  waiting: readonly string[],
  ids: ReadonlySet<string>,
  target: { readonly id: string; readonly side: 'before' | 'after' },
): OrderPlace | null {
  const at = waiting.indexOf(target.id);
  if (at < 0) return null;
  const next = waiting.slice(target.side === 'before' ? at : at + 1).find((id) => !ids.has(id));
  return next === undefined ? 'back' : { before: next };
}
