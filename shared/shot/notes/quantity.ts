/** Numbers with units: "2s", "1 1/2 sec", "f12", "1s12f", "00:00:01:05", "20 %", "half a frame". */
import { nominalRate, type FrameRate } from '../time/rate';
import { parseTimecode } from '../time/smpte';
import { has, sense, type Item } from './items';
import type { Unit } from './senses';

/** The shot the note belongs to. */
export interface ShotClock {
  readonly rate: FrameRate;
  readonly frames: number;
  readonly timelineStart?: number;
  readonly dropFrame?: boolean;
  /** "0:03" is three seconds in this note, not three frames. */
  readonly minutes?: boolean;
}

/** Fewer frames than any move is given. */
const NO_MOVE = 6;

/**
 * Whether times of two numbers are minutes and seconds here, not seconds and frames: where some would be shorter than any move, and all
 * lie within the shot.
 */
export function inMinutes(times: readonly string[], clock: ShotClock): boolean {
  const pairs = times.map((text) => text.split(/[:;.]/).map(Number)).filter((parts) => parts.length === 2);
  const tiny = pairs.some(([a = 0, b = 0]) => a === 0 && b > 0 && b < NO_MOVE);
  return tiny && pairs.every(([a = 0, b = 0]) => b < 60 && (a * 60 + b) * fps(clock) <= clock.frames);
}

export interface Quantity {
  /** Items it takes. */
  readonly length: number;
  readonly value: number;
  /** `bare`: a number without a unit. */
  readonly unit: Unit | 'bare';
  /** Frames, where it is a time. */
  readonly frames?: number;
  /** Names a moment rather than a length (f12, frame 12, a timecode). */
  readonly point: boolean;
}

const fps = (clock: ShotClock): number => clock.rate.num / clock.rate.den;

function framesOf(value: number, unit: Unit | 'bare', clock: ShotClock): number | undefined {
  switch (unit) {
    case 'frames':
      return value;
    case 'seconds':
      return value * fps(clock);
    case 'milliseconds':
      return (value * fps(clock)) / 1000;
    case 'minutes':
      return value * 60 * fps(clock);
    case 'beats':
      return (value * fps(clock)) / 2;
    default:
      return undefined;
  }
}

const withFrames = (length: number, value: number, unit: Unit | 'bare', clock: ShotClock, point = false): Quantity => {
  const frames = framesOf(value, unit, clock);
  return frames === undefined ? { length, value, unit, point } : { length, value, unit, frames, point };
};

/** A plain number: digits, a fraction, a number word. */
function readNumber(items: readonly Item[], at: number): { value: number; length: number } | undefined {
  const item = items[at];
  if (!item) return undefined;
  if (item.text === '½') return { value: 0.5, length: 1 };
  if (item.kind !== 'number') {
    const word = sense(item, 'number');
    return word && { value: word.value, length: 1 };
  }
  const value = digits(item.text);
  if (value === undefined) return undefined;
  const half = items[at + 1];
  if (half?.text === '½') return { value: value + 0.5, length: 2 };
  const below = fraction(items, at);
  if (below !== undefined) return { value: below, length: 3 };
  const mixed = items[at + 1]?.kind === 'number' ? fraction(items, at + 1) : undefined;
  if (mixed !== undefined && mixed < 1) return { value: value + mixed, length: 4 };
  return { value, length: 1 };
}

function fraction(items: readonly Item[], at: number): number | undefined {
  const [top, slash, bottom] = items.slice(at, at + 3);
  if (top?.kind !== 'number' || slash?.text !== '/' || bottom?.kind !== 'number' || slash.spaced || bottom.spaced)
    return undefined;
  const [a, b] = [digits(top.text), digits(bottom.text)];
  return a === undefined || b === undefined || b === 0 || b > 16 || a >= b ? undefined : a / b;
}

/** Digits with at most one decimal point; undefined for "1.2.3". Digits of every script count. */
function digits(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function clockQuantity(text: string, clock: ShotClock): Quantity | undefined {
  const parts = text.split(/[:;.]/).map(Number);
  if (parts.length === 2) {
    const [seconds = 0, frames = 0] = parts;
    if (clock.minutes === true || frames >= nominalRate(clock.rate))
      return withFrames(1, seconds * 60 + frames, 'seconds', clock);
    return { length: 1, value: seconds, unit: 'seconds', frames: seconds * fps(clock) + frames, point: false };
  }
  try {
    const frame = parseTimecode(text, clock.rate, clock.dropFrame);
    const start = clock.timelineStart;
    const inside = start !== undefined && frame >= start && frame <= start + clock.frames;
    return { length: 1, value: frame, unit: 'frames', frames: inside ? frame - start : frame, point: true };
  } catch {
    return undefined;
  }
}

/** The quantity that starts at item `at`, if one does. */
export function readQuantity(items: readonly Item[], at: number, clock: ShotClock): Quantity | undefined {
  const first = items[at];
  if (!first) return undefined;
  if (first.kind === 'clock') return clockQuantity(first.text, clock);
  const unitFirst = sense(first, 'unit')?.unit;
  const after = items[at + 1];
  if (unitFirst === 'frames' && after?.kind === 'number') {
    const value = digits(after.text);
    if (value !== undefined) return { length: 2, value, unit: 'frames', frames: value, point: true };
  }
  if (unitFirst === 'times' && after?.kind === 'number' && !after.spaced) {
    const value = digits(after.text);
    if (value !== undefined) return { length: 2, value, unit: 'times', point: false };
  }
  return halfOf(items, at, clock) ?? counted(items, at, clock) ?? oneOf(items, at, clock);
}

/** "half a second", "a half second", "half frame", "a third of a frame width". */
function halfOf(items: readonly Item[], at: number, clock: ShotClock): Quantity | undefined {
  let i = at;
  if (has(items[i], 'det') && !has(items[i], 'half')) i += 1;
  const part = has(items[i], 'half')
    ? 0.5
    : has(items[i], 'third')
      ? 1 / 3
      : has(items[i], 'quarter')
        ? 0.25
        : undefined;
  if (part === undefined) return undefined;
  i += 1;
  if (has(items[i], 'of')) i += 1;
  if (has(items[i], 'det')) i += 1;
  const unit = sense(items[i], 'unit')?.unit;
  if (unit === undefined) return undefined;
  const length = i + 1 - at;
  if (unit === 'frames') return { length, value: part, unit: 'widths', point: false };
  if (unit === 'widths' || unit === 'heights' || unit === 'seconds' || unit === 'beats' || unit === 'minutes')
    return withFrames(length, part, unit, clock);
  return undefined;
}

/** "2s", "1s 12f", "2+12", "2\"12", "12 frames", "20 %", "12". */
function counted(items: readonly Item[], at: number, clock: ShotClock): Quantity | undefined {
  const number = readNumber(items, at);
  if (!number) return undefined;
  let i = at + number.length;
  const next = items[i];
  if (next?.text === '+' && !next.spaced && items[i + 1]?.kind === 'number' && items[i + 1]?.spaced === false) {
    const extra = digits(items[i + 1]?.text ?? '');
    if (extra !== undefined)
      return {
        length: number.length + 2,
        value: number.value,
        unit: 'seconds',
        frames: number.value * fps(clock) + extra,
        point: false,
      };
  }
  if (next?.text === "'" && items[i + 1]?.text === "'" && items[i + 1]?.spaced === false) {
    return withFrames(number.length + 2, number.value, 'seconds', clock);
  }
  const ofFrame = number.value < 1 && has(next, 'of') ? partOfFrame(items, i) : 0;
  if (ofFrame > 0) return withFrames(number.length + ofFrame, number.value, 'widths', clock);
  const unit = sense(next, 'unit')?.unit;
  const inches = next?.text === '"' && next.spaced;
  if (unit === undefined || inches) return { length: number.length, value: number.value, unit: 'bare', point: false };
  i += 1;
  // Less than one frame is no time: "1/2 frame" is half the picture.
  if (unit === 'frames' && number.value > 0 && number.value < 1)
    return { length: number.length + 1, value: number.value, unit: 'widths', point: false };
  const base = withFrames(number.length + 1, number.value, unit, clock);
  if (unit !== 'seconds' && unit !== 'minutes') return base;
  const more = andAHalf(items, i);
  if (more > 0) return withFrames(number.length + 1 + more, number.value + 0.5, unit, clock);
  const j = has(items[i], 'and') || items[i]?.text === '+' ? i + 1 : i;
  const rest = readNumber(items, j);
  const restUnit = rest && sense(items[j + rest.length], 'unit')?.unit;
  const glued = rest !== undefined && j === i && items[j]?.spaced === false;
  if (
    rest &&
    (restUnit === 'frames' || (unit === 'minutes' && restUnit === 'seconds') || (restUnit === undefined && glued))
  ) {
    const more = framesOf(rest.value, restUnit ?? 'frames', clock) ?? 0;
    return {
      ...base,
      length: j + rest.length + (restUnit === undefined ? 0 : 1) - at,
      frames: (base.frames ?? 0) + more,
    };
  }
  return base;
}

/** "a second", "a beat", "one frame width", "a sec and a half". */
function oneOf(items: readonly Item[], at: number, clock: ShotClock): Quantity | undefined {
  if (!has(items[at], 'det')) return undefined;
  const unit = sense(items[at + 1], 'unit')?.unit;
  if (unit !== 'seconds' && unit !== 'beats' && unit !== 'minutes' && unit !== 'widths' && unit !== 'heights')
    return undefined;
  const more = andAHalf(items, at + 2);
  return withFrames(2 + more, more > 0 ? 1.5 : 1, unit, clock);
}

/** Items that "and a half" takes at `at`; 0 where it does not stand. */
function andAHalf(items: readonly Item[], at: number): number {
  if (!has(items[at], 'and')) return 0;
  if (sense(items[at + 1], 'number')?.value === 0.5) return 2;
  return has(items[at + 1], 'det') && has(items[at + 2], 'half') ? 3 : 0;
}

/** Items that "of the frame" takes at `at`; 0 where it does not stand. */
function partOfFrame(items: readonly Item[], at: number): number {
  const i = has(items[at + 1], 'det') ? at + 2 : at + 1;
  const unit = sense(items[i], 'unit')?.unit;
  return unit === 'frames' || unit === 'widths' ? i + 1 - at : 0;
}
