/** Items to parts: times ("over 2s", "from f12 to f30", "last 12 frames") and amounts ("20 %", "to 150%") read as wholes. */
import { has, headOf, sense, type Item } from './items';
import { readQuantity, type Quantity, type ShotClock } from './quantity';

/** When: frames from the shot's first, not yet rounded or clipped. */
export interface TimeSpec {
  readonly from?: number;
  readonly to?: number;
  readonly length?: number;
}

export interface AmountSpec {
  readonly unit: 'percent' | 'times' | 'degrees' | 'widths' | 'heights';
  readonly value: number;
  /** `to`: the framing reached ("to 150 %"); `by`: the change. */
  readonly mode: 'by' | 'to';
  /** "3 times" in words, which never means frames as "12x" does. */
  readonly spelt?: boolean;
}

export type Part = Item & { readonly time?: TimeSpec; readonly amount?: AmountSpec; readonly bare?: number };

interface Read {
  readonly length: number;
  readonly time?: TimeSpec;
  readonly amount?: AmountSpec;
  readonly bare?: number;
}

/** Replaces every time and amount phrase by one part. */
export function readParts(items: readonly Item[], clock: ShotClock): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < items.length;) {
    const item = items[i];
    if (!item) break;
    const read =
      readRange(items, i, clock) ??
      readPortion(items, i, clock) ??
      readPlain(items, i, clock) ??
      readAnchor(items, i, clock);
    if (!read) {
      parts.push(item);
      i += 1;
      continue;
    }
    const last = items[i + read.length - 1] ?? item;
    const { length, ...found } = read;
    parts.push({ ...item, end: last.end, kind: 'number', senses: [], text: '', ...found });
    i += length;
  }
  return parts;
}

const inFrames = (q: Quantity, clock: ShotClock): number | undefined =>
  q.frames ?? (q.unit === 'percent' ? (q.value / 100) * clock.frames : undefined);

/** Skips "about", "the", "of the shot" around a quantity. */
const skip = (items: readonly Item[], at: number, ...roles: Parameters<typeof has>[1][]): number => {
  let i = at;
  while (items[i] && has(items[i], ...roles) && i - at < 3) i += 1;
  return i;
};

const isDash = (item: Item | undefined): boolean => item?.text === '-';
const isArrow = (item: Item | undefined): boolean => item?.text === '->' || item?.text === '>';

/** "from f12 to f30", "f12-30", "between 1s and 2s", "25% to 75%", "over 2-3 s". */
function readRange(items: readonly Item[], at: number, clock: ShotClock): Read | undefined {
  const first = items[at];
  const directs = sense(first, 'dir') !== undefined && headOf(items[at - 1]) !== undefined;
  const lead = has(first, 'from', 'between') ? 'from' : has(first, 'over') ? 'over' : undefined;
  if (directs) return undefined;
  let i = lead === undefined ? at : skip(items, at + 1, 'about', 'det');
  const a = readQuantity(items, i, clock);
  if (!a) return undefined;
  i += a.length;
  if (!isDash(items[i]) && !isArrow(items[i]) && !has(items[i], 'to', 'and', 'until')) return undefined;
  const word = items[i];
  const b = readQuantity(items, i + 1, clock);
  if (!b) return undefined;
  const length = i + 1 + b.length - at;
  const unit = a.unit === 'bare' ? b.unit : a.unit;
  const scale = (q: Quantity): number | undefined => {
    if (q.unit !== 'bare') return inFrames(q, clock);
    if (unit === 'bare' || unit === 'frames') return q.value;
    if (unit === 'seconds') return (q.value * clock.rate.num) / clock.rate.den;
    return unit === 'percent' ? (q.value / 100) * clock.frames : undefined;
  };
  if (unit === 'percent' && (a.value >= 100 || b.value > 100) && a.value > 0 && b.value > 0) {
    return {
      length,
      amount: { unit: 'times', value: Math.max(a.value, b.value) / Math.min(a.value, b.value), mode: 'by' },
    };
  }
  // Field sizes of the animation stand: "12 field to 8 field".
  if (unit === 'widths' && a.value > 0 && b.value > 0) {
    const ratio = Math.max(a.value, b.value) / Math.min(a.value, b.value);
    return { length, amount: { unit: 'times', value: ratio, mode: 'by' } };
  }
  if (unit === 'times' && a.value > 0)
    return { length, amount: { unit: 'times', value: b.value / a.value, mode: 'by' } };
  const [from, to] = [scale(a), scale(b)];
  if (from === undefined || to === undefined) return undefined;
  if (isArrow(word) && !(a.point && b.point)) return undefined;
  const clocks = items[i - a.length]?.kind === 'clock' && items[i + 1]?.kind === 'clock';
  const pointed = a.point || b.point || lead === 'from' || (clocks && lead === undefined);
  if (!pointed && (lead === 'over' || has(word, 'and') || (unit === 'seconds' && isDash(word)))) {
    return unit === 'bare' ? undefined : { length, time: { length: (from + to) / 2 } };
  }
  if (!pointed && unit === 'bare' && !(to > from && opensMove(items, at, at + length))) return undefined;
  if (has(word, 'and') && !pointed) return undefined;
  return to >= from ? { length, time: { from, to } } : { length, time: { from: to, to: from } };
}

/** "0-24 push in": two bare numbers at the start of a statement, a camera word right after. */
function opensMove(items: readonly Item[], at: number, end: number): boolean {
  const before = items[at - 1];
  const next = items[end]?.text === ':' ? items[end + 1] : items[end];
  const free = before === undefined || before.kind === 'line' || before.kind === 'mark';
  return free && (headOf(next) !== undefined || sense(next, 'pace') !== undefined);
}

/** "the last 12 frames", "first second", "second half", "for the final third". */
function readPortion(items: readonly Item[], at: number, clock: ShotClock): Read | undefined {
  let i = skip(items, at, 'over', 'at', 'det', 'on', 'from', 'until');
  if (i - at > 0 && !has(items[i], 'first', 'last', 'middle')) return undefined;
  const where = has(items[i], 'first')
    ? 'first'
    : has(items[i], 'last')
      ? 'last'
      : has(items[i], 'middle')
        ? 'middle'
        : undefined;
  if (where === undefined) return undefined;
  i += 1;
  const part = has(items[i], 'half')
    ? 1 / 2
    : has(items[i], 'third')
      ? 1 / 3
      : has(items[i], 'quarter')
        ? 1 / 4
        : undefined;
  const frames = clock.frames;
  const done = (length: number, amount: number): Read => {
    if (where === 'first') return { length, time: { from: 0, to: amount } };
    if (where === 'last') return { length, time: { from: frames - amount, to: frames } };
    return { length, time: { from: (frames - amount) / 2, to: (frames + amount) / 2 } };
  };
  if (part !== undefined) {
    const end = ofTheShot(items, i + 1);
    if (where === 'middle' && part === 1 / 2 && items[i - 1]?.text === 'second')
      return { length: end - at, time: { from: frames / 2, to: frames } };
    return done(end - at, part * frames);
  }
  if (items[i - 1]?.text === 'second') return undefined;
  const q = readQuantity(items, i, clock);
  const amount = q && inFrames(q, clock);
  if (q && amount !== undefined) return done(ofTheShot(items, i + q.length) - at, amount);
  const unit = sense(items[i], 'unit')?.unit;
  if (unit === 'seconds' || unit === 'beats') {
    const one = ((unit === 'seconds' ? 1 : 0.5) * clock.rate.num) / clock.rate.den;
    return done(i + 1 - at, one);
  }
  return undefined;
}

function ofTheShot(items: readonly Item[], at: number): number {
  let i = at;
  if (!has(items[i], 'of', 'over')) return at;
  i += 1;
  if (has(items[i], 'det')) i += 1;
  return has(items[i], 'shotword', 'label') ? i + 1 : at;
}

/** "over 2s", "at f12", "until 50%", "2s", "by 20 %", "to 150 %". */
function readPlain(items: readonly Item[], at: number, clock: ShotClock): Read | undefined {
  const first = items[at];
  const bareQuantity = readQuantity(items, at, clock);
  if (bareQuantity) return plain(items, at, at, bareQuantity, undefined, clock);
  if (sense(first, 'dir') && headOf(items[at - 1])) return undefined;
  const lead = (['after', 'until', 'over', 'at', 'from', 'to', 'by', 'about'] as const).filter((role) =>
    has(first, role),
  );
  if (lead.length === 0) return undefined;
  const i = skip(items, at + 1, 'about', 'at', 'over', 'det', 'from');
  const q = readQuantity(items, i, clock) ?? readQuantity(items, at + 1, clock);
  if (!q) return undefined;
  const start = readQuantity(items, i, clock) ? i : at + 1;
  return plain(items, at, start, q, lead, clock);
}

function plain(
  items: readonly Item[],
  at: number,
  start: number,
  q: Quantity,
  lead: readonly string[] | undefined,
  clock: ShotClock,
): Read | undefined {
  let length = start + q.length - at;
  const says = (role: string): boolean => lead?.includes(role) ?? false;
  const after = items[at + length];
  if (q.unit === 'bare') {
    if (says('over') && !says('at'))
      return { length, time: { length: q.value >= 5 ? q.value : (q.value * clock.rate.num) / clock.rate.den } };
    return lead === undefined ? { length, bare: q.value } : undefined;
  }
  if (q.unit === 'times' && (says('over') || says('until') || says('at')) && !says('to'))
    return { length, time: { length: q.value } };
  if (
    q.unit === 'percent' &&
    (says('at') || says('after') || says('over') || (says('until') && !says('to') && !says('by')))
  ) {
    const frames = (q.value / 100) * clock.frames;
    length = ofTheShot(items, at + length) - at;
    return {
      length,
      time: says('over') && !says('at') ? { length: frames } : says('until') ? { to: frames } : { from: frames },
    };
  }
  if (q.frames === undefined) {
    if (
      q.unit === 'frames' ||
      q.unit === 'seconds' ||
      q.unit === 'milliseconds' ||
      q.unit === 'minutes' ||
      q.unit === 'beats'
    )
      return undefined;
    return {
      length,
      amount: {
        unit: q.unit,
        value: q.value,
        mode: says('to') || says('from') || says('at') ? 'to' : 'by',
        ...(items[start + q.length - 1]?.text === 'times' ? { spelt: true } : {}),
      },
    };
  }
  if (has(after, 'before', 'from') && has(items[at + length + 1], 'end'))
    return { length: length + 2, time: { from: clock.frames - q.frames } };
  length = ofTheShot(items, at + length) - at;
  if (says('after')) return { length, time: { from: q.frames } };
  if (says('from')) return { length, time: { from: q.frames } };
  if (says('over') && !q.point) return { length, time: { length: q.frames } };
  if (says('at') || says('over'))
    return { length, time: q.point || says('at') ? { from: q.frames } : { length: q.frames } };
  if (says('until') || says('to') || says('by')) return { length, time: { to: q.frames } };
  return { length, time: q.point ? { from: q.frames } : { length: q.frames } };
}

/** "halfway", "at the end", "until the end", "throughout". Bare "start" and "end" stay words: they also name framings. */
function readAnchor(items: readonly Item[], at: number, clock: ShotClock): Read | undefined {
  const item = items[at];
  if (has(item, 'whole')) return { length: 1, time: { from: 0, to: clock.frames } };
  const until = has(item, 'until', 'to') && !has(item, 'end', 'start');
  const from = has(item, 'from', 'at', 'over') && !has(item, 'end', 'start');
  const next = until || from ? skip(items, at + 1, 'at', 'det') : at;
  const target = items[next];
  if (target && has(target, 'halfway'))
    return { length: next + 1 - at, time: until ? { to: clock.frames / 2 } : { from: clock.frames / 2 } };
  if (next === at) return undefined;
  if (until && has(target, 'end') && !sense(items[next + 1], 'size'))
    return { length: next + 1 - at, time: { to: clock.frames } };
  if (from && has(item, 'from') && has(target, 'start') && !sense(items[next + 1], 'size'))
    return { length: next + 1 - at, time: { from: 0 } };
  return undefined;
}
