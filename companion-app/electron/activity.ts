/** What the queue does, told as the tray and notifications tell it. Pure. */
import type { TrayState } from './desktop';

/** How many jobs are where. */
export interface Activity {
  readonly rendering: number;
  readonly waiting: number;
  /** Ended well: rendered, fetched or placed. */
  readonly done: number;
  readonly failed: number;
  /** No job is begun: a person paused, or the night's rules say so. */
  readonly paused: boolean;
}

/** A stretch of work: from the first job after quiet until nothing renders or waits. */
export interface Batch {
  readonly doneBefore: number;
  readonly failedBefore: number;
}

export interface Told {
  readonly state: TrayState;
  readonly tooltip: string;
  /** Present when a stretch of work has just ended. */
  readonly news?: { readonly title: string; readonly body: string };
}

const shots = (n: number): string => `${n} ${n === 1 ? 'shot' : 'shots'}`;

function tooltip(activity: Activity, batch: Batch | null): string {
  const { rendering, waiting, done, failed, paused } = activity;
  if (!batch) return failed > 0 ? `Inbetween: ${shots(failed)} failed` : 'Inbetween';
  const ended = done - batch.doneBefore + (failed - batch.failedBefore);
  const all = ended + rendering + waiting;
  if (paused && rendering === 0) return `Inbetween: paused, ${shots(waiting)} waiting`;
  const trouble = failed > batch.failedBefore ? `, ${failed - batch.failedBefore} failed` : '';
  return `Inbetween: rendering ${Math.min(ended + 1, all)} of ${all}${trouble}`;
}

/** What to show now, and the batch to remember for the next time. */
export function tell(activity: Activity, before: Batch | null): { told: Told; batch: Batch | null } {
  const { rendering, waiting, done, failed, paused } = activity;
  const working = rendering + waiting > 0;
  const batch = working ? (before ?? { doneBefore: done, failedBefore: failed }) : null;
  const text = tooltip(activity, batch);
  if (working) {
    const state: TrayState = rendering > 0 ? 'rendering' : paused ? 'paused' : 'rendering';
    return { told: { state, tooltip: text }, batch };
  }
  const state: TrayState = failed > 0 ? 'attention' : paused ? 'paused' : 'idle';
  const made = before ? done - before.doneBefore : 0;
  const lost = before ? failed - before.failedBefore : 0;
  if (made + lost <= 0) return { told: { state, tooltip: text }, batch: null };
  const news = {
    title: lost > 0 ? `${shots(made)} ready, ${lost} failed` : `${shots(made)} ready`,
    body: lost > 0 ? 'Open Inbetween to see what to do about the failed ones.' : 'Open the panel to place them.',
  };
  return { told: { state, tooltip: text, news }, batch: null };
}
