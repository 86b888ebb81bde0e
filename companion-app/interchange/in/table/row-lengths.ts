/** How long each row of a shot list is: by one column, by two for seconds and frames, by times of begin and end. */
import { nominalRate, type FrameRate } from '../../../../shared/shot';
import type { Warnings } from '../file/warnings';
import type { Column } from './columns';
import { bareLength, guessUnit, parseLength, shortClock, type Clock, type Length } from './lengths';

type Row = readonly string[];

interface RowLengths {
  /** Milliseconds of row `i`, told as `line` where its text is none; undefined where the table does not say. */
  of(i: number, line: number): number | undefined;
}

const LONGEST = 86_400_000;
/** So many times that follow each other are no lengths. */
const TIMES = 3;

const textAt = (row: Row | undefined, at: Column | undefined): string =>
  at === undefined ? '' : (row?.[at.index] ?? '');

/** "1:12" everywhere, with frames that the rate has, and most of them a minute and more if they were minutes. */
function clockOf(texts: readonly string[], column: Column | undefined, rate: FrameRate): Clock {
  if (column?.both === true) return 'frames';
  const short = texts.map(shortClock);
  const pairs = short.flatMap((m) => (m === null ? [] : [{ first: Number(m[1]), second: Number(m[2]) }]));
  const long = pairs.filter(({ first }) => first >= 1).length;
  const counts = pairs.every(({ second }) => second < nominalRate(rate));
  return pairs.length > 1 && pairs.length === texts.length && counts && long > pairs.length / 2 ? 'frames' : 'minutes';
}

/** Times that only grow from nothing are when shots begin. */
function areStarts(texts: readonly string[], rate: FrameRate): boolean {
  const times = texts.map((text) => (text.includes(':') ? parseLength(text, rate) : null));
  const ms = times.flatMap((time) => (time && 'milliseconds' in time ? [time.milliseconds] : []));
  return (
    ms.length === texts.length &&
    ms.length >= TIMES &&
    ms[0] === 0 &&
    ms.every((t, i) => i === 0 || t > (ms[i - 1] ?? 0))
  );
}

/** Reads what the columns say of lengths; what was assumed is told. */
export function rowLengths(
  rows: readonly Row[],
  columns: readonly Column[],
  rate: FrameRate,
  warnings: Warnings,
): RowLengths {
  const [lengths, part] = columns
    .filter((c) => c.field === 'duration')
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  const texts = rows.map((row) => textAt(row, lengths)).filter((text) => text !== '');
  const starts = lengths !== undefined && areStarts(texts, rate);
  if (starts) warnings.add('The times in the table only grow: they were read as when shots begin.');
  const column = starts ? undefined : lengths;
  const start = starts ? lengths : columns.find((c) => c.field === 'start');
  const end = columns.find((c) => c.field === 'end');
  const clock = clockOf(texts, column, rate);
  if (clock === 'frames' && column?.both === false)
    warnings.add('The lengths in the table like 1:12 were read as seconds and frames.');
  const read = (row: Row | undefined, at: Column | undefined): Length => parseLength(textAt(row, at), rate, clock);
  const bare = rows.flatMap((row) => {
    const length = read(row, column);
    return length && 'bare' in length ? [length.bare] : [];
  });
  const unit = column?.unit ?? guessUnit(bare);
  if (column?.unit === null && bare.some((n) => n >= 0.01))
    warnings.add(`The lengths in the table do not say what they count; they were read as ${unit}.`);
  const spans = rows.flatMap((row) => {
    const [from, to] = [read(row, start), read(row, end)];
    return from && to && 'bare' in from && 'bare' in to ? [to.bare - from.bare] : [];
  });
  const timeUnit = spans.length > 0 ? guessUnit(spans) : unit;
  const milliseconds = (length: Length, counted = unit): number | undefined =>
    length === null ? undefined : 'bare' in length ? bareLength(length.bare, counted, rate) : length.milliseconds;
  const time = (i: number, at: Column | undefined): number | undefined => milliseconds(read(rows[i], at), timeUnit);
  const sums = column && part ? sumsOf(rows, [column, part], rate) : null;
  return {
    of: (i, line) => {
      const text = textAt(rows[i], column);
      const found = read(rows[i], column);
      if (text !== '' && !found) warnings.add(`Row ${line}: "${text}" is no length; the usual one was taken.`);
      if (found?.middle) warnings.add(`Row ${line}: "${text}" is from one length to another; the middle was taken.`);
      const from = time(i, start);
      const to = time(i, end) ?? (end === undefined ? time(i + 1, start) : undefined);
      const between = from !== undefined && to !== undefined && to > from ? to - from : undefined;
      const own = sums?.[i] ?? milliseconds(found) ?? between;
      return own !== undefined && own > 0 && own <= LONGEST ? own : undefined;
    },
  };
}

/** Columns of seconds and of frames: one length written twice, or in two parts. Null where they are neither. */
function sumsOf(rows: readonly Row[], columns: readonly Column[], rate: FrameRate): (number | undefined)[] | null {
  const seconds = columns.find((c) => c.unit === 'seconds');
  const frames = columns.find((c) => c.unit === 'frames');
  if (!seconds || !frames) return null;
  const number = (row: Row, at: Column): number => {
    const length = parseLength(textAt(row, at), rate);
    return length && 'bare' in length ? length.bare : 0;
  };
  const pairs = rows.map((row) => ({ s: number(row, seconds), f: number(row, frames) }));
  const fps = rate.num / rate.den;
  const full = pairs.filter(({ s, f }) => s > 0 && f > 0);
  const twice = full.length > 0 && full.every(({ s, f }) => Math.abs(s * fps - f) <= 1);
  const inParts = pairs.every(({ s, f }) => Number.isInteger(s) && Number.isInteger(f) && f < nominalRate(rate));
  if (!twice && !inParts) return null;
  const ofFrames = (n: number): number => (n * 1000) / fps;
  return pairs.map(({ s, f }) => {
    const length = twice ? (f > 0 ? ofFrames(f) : s * 1000) : ofFrames(s * nominalRate(rate) + f);
    return length > 0 ? length : undefined;
  });
}
