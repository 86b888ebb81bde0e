/** When a batch will be there: after what is ahead of it, in the hours in which shots may be begun. */
import type { BatchFinish, Hold, Settings, Spread } from '../../../shared/protocol';
import { isInside, nextTime, type WallClock } from '../../queue';

export interface FinishQuestion {
  /** Seconds of work before the batch's own; null where they cannot be told. */
  readonly ahead: Spread | null;
  /** Seconds of the batch; null where they cannot be told. */
  readonly batch: Spread | null;
  readonly holds: readonly Hold[];
  readonly night: Pick<Settings['night'], 'window' | 'deadline'>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly wall: WallClock;
}

/** Nights that are looked at; work that takes longer is not told of. */
const NIGHTS = 60;
/** What ends by itself, and what nobody would wait for: hours, a pause of the hands, a film that plays. */
const PASSING: ReadonlySet<string> = new Set(['window', 'in-use', 'premiere']);

type Window = NonNullable<Settings['night']['window']>;

/** Pure. */
export function finishOf({ ahead, batch, holds, night, now, wall }: FinishQuestion): BatchFinish {
  // Equal ends are the whole day.
  const window = night.window && night.window.from !== night.window.to ? night.window : null;
  const opens = (at: number): number => (window && !isInside(window, at, wall) ? nextTime(at, window.from, wall) : at);
  const work = (from: number, seconds: number): number | null => {
    const start = opens(from);
    return window ? throughNights(start, seconds * 1000, window, wall) : start + seconds * 1000;
  };
  const from = ahead && work(now, ahead.likely);
  const ends = (which: keyof Spread): number | null => (ahead && batch ? work(now, ahead[which] + batch[which]) : null);
  const [low, likely, high] = [ends('low'), ends('likely'), ends('high')];
  return {
    at: low !== null && likely !== null && high !== null ? { low, likely, high } : null,
    from: from === null ? null : opens(from),
    window: window && { ...window, ends: nextTime(opens(from ?? now), window.to, wall) },
    deadline: night.deadline === null ? null : nextTime(now, night.deadline, wall),
    holds: holds.filter(({ kind }) => !PASSING.has(kind)),
  };
}

/** The moment at which so many milliseconds of work are done that go on in these hours alone. Null past the last night looked at. */
function throughNights(start: number, ms: number, window: Window, wall: WallClock): number | null {
  let [at, left] = [start, ms];
  for (let night = 0; night < NIGHTS; night++) {
    const closes = nextTime(at, window.to, wall);
    if (left <= closes - at) return at + left;
    left -= closes - at;
    at = nextTime(closes, window.from, wall);
  }
  return null;
}
