/** What the queue does, told as the tray and notifications tell it. Pure. */
import { say, trayWords, type Language } from '../../shared/words';
import type { TrayState } from './desktop';

/** How many jobs are where. */
export interface Activity {
  readonly rendering: number;
  readonly waiting: number;
  /** Ended well: rendered, fetched or placed. */
  readonly done: number;
  readonly failed: number;
  /** A person has paused the queue. */
  readonly paused: boolean;
  /** No job is begun: a person paused, or the night's rules say so. */
  readonly held: boolean;
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

function tooltip(activity: Activity, batch: Batch | null, language: Language): string {
  const { rendering, waiting, done, failed, paused, held } = activity;
  if (!batch) return failed > 0 ? say(language, trayWords.failed, { n: failed }) : 'Inbetween';
  const ended = done - batch.doneBefore + (failed - batch.failedBefore);
  const all = ended + rendering + waiting;
  if (paused && rendering === 0) return say(language, trayWords.paused, { n: waiting });
  if (held && rendering === 0) return say(language, trayWords.waiting, { n: waiting });
  const lost = failed - batch.failedBefore;
  const trouble = lost > 0 ? say(language, trayWords.andFailed, { n: lost }) : '';
  return `${say(language, trayWords.rendering, { n: Math.min(ended + 1, all), all })}${trouble}`;
}

/** What to show now, and the batch to remember for the next time. */
export function tell(
  activity: Activity,
  before: Batch | null,
  language: Language,
): { readonly told: Told; readonly batch: Batch | null } {
  const { rendering, waiting, done, failed, paused, held } = activity;
  const working = rendering + waiting > 0;
  const batch = working ? (before ?? { doneBefore: done, failedBefore: failed }) : null;
  const text = tooltip(activity, batch, language);
  if (working) {
    const state: TrayState = rendering === 0 && (paused || held) ? 'paused' : 'rendering';
    return { told: { state, tooltip: text }, batch };
  }
  const state: TrayState = failed > 0 ? 'attention' : paused ? 'paused' : 'idle';
  const made = before ? done - before.doneBefore : 0;
  const lost = before ? failed - before.failedBefore : 0;
  if (made + lost <= 0) return { told: { state, tooltip: text }, batch: null };
  const trouble = lost > 0 ? say(language, trayWords.andFailed, { n: lost }) : '';
  const news = {
    title: `${say(language, trayWords.ready, { n: made })}${trouble}`,
    body: say(language, lost > 0 ? trayWords.lookAtFailed : trayWords.placeThem),
  };
  return { told: { state, tooltip: text, news }, batch: null };
}
