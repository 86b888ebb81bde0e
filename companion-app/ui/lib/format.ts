/** Numbers, times and sizes in the person's language. */
import { useMemo } from 'react';
import type { Hold } from '../../../shared/protocol';
import { durationText, queueWords, rangeText, say, type Language } from '../../../shared/words';
import { useLanguage } from './preferences';

export interface SecondsRange {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

export interface Format {
  /** "45 s", "12 min", "3 h 20 min". */
  duration(seconds: number): string;
  /** "about 12 min (10–15 min)". */
  left(range: SecondsRange): string;
  /** "done about 06:10 (05:50–06:40)", counted from `now`, milliseconds since 1970. */
  doneAt(range: SecondsRange, now: number): string;
  /**
   * The same for work that waits: counted from when the last hold ends by itself, or as a length of time where one does not say when.
   */
  doneAfter(range: SecondsRange, holds: readonly Pick<Hold, 'until'>[], now: number): string;
  /** "3.2 GB". */
  bytes(bytes: number): string;
  /** "42 %". */
  percent(part: number): string;
  number(value: number, most?: number): string;
  /** Day and time of milliseconds since 1970. */
  date(at: number): string;
  clock(at: number): string;
}

function formatIn(language: Language): Format {
  const duration = (seconds: number): string => durationText(language, seconds);
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const left = (range: SecondsRange): string =>
    rangeText(range, duration, (entry, values) => say(language, entry, values));
  const doneAt = ({ low, likely, high }: SecondsRange, now: number): string =>
    say(language, queueWords.doneAbout, { low: later(now, low), likely: later(now, likely), high: later(now, high) });
  const later = (now: number, seconds: number): string => time.format(now + seconds * 1000);
  return {
    duration,
    left,
    doneAt,
    doneAfter: (range, holds, now) =>
      holds.some(({ until }) => until === undefined)
        ? left(range)
        : doneAt(range, Math.max(now, ...holds.map(({ until = now }) => until))),
    bytes: (bytes) => {
      const [value, name] =
        bytes >= 1e9 ? [bytes / 1e9, 'gigabyte'] : bytes >= 1e6 ? [bytes / 1e6, 'megabyte'] : [bytes / 1e3, 'kilobyte'];
      const digits = value >= 100 ? 0 : 1;
      return new Intl.NumberFormat(language, { style: 'unit', unit: name, maximumFractionDigits: digits }).format(
        value,
      );
    },
    percent: (part) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(part),
    number: (value, most = 0) => new Intl.NumberFormat(language, { maximumFractionDigits: most }).format(value),
    date: (at) => day.format(at),
    clock: (at) => time.format(at),
  };
}

/** `const format = useFormat(); format.duration(90)`. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => formatIn(language), [language]);
}
