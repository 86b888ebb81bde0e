/** Words that say a move is made several times, or there and back: "x3", "twice", "back and forth", 3回, hin und her. */
import type { CameraMove, MoveKind } from '../camera-move';
import type { Draft } from './drafts';
import type { Slot } from './schedule';
import type { Range } from './speech';

export interface Repeat extends Range {
  readonly times: number;
  /** Every other time the other way. */
  readonly alternate: boolean;
  /** Says what it goes between: what follows is no part of the move. */
  readonly closed?: boolean;
}

const MOST = 24;
const NUMBERS: Readonly<Record<string, number>> = {
  ...{ two: 2, three: 3, four: 4, five: 5, six: 6, deux: 2, trois: 3, quatre: 4, cinq: 5, dos: 2, tres: 3, cuatro: 4 },
  ...{ zwei: 2, drei: 3, vier: 4, fünf: 5, 二: 2, 三: 3, 四: 4, twice: 2, thrice: 3, zweimal: 2, dreimal: 3, viermal: 4 },
}; // prettier-ignore
const WORDS = Object.keys(NUMBERS).filter((word) => !/(mal|ice)$/.test(word));
const COUNT = `(?:[2-9]|1\\d|2[0-4]|${WORDS.join('|')})`;

/** Counted: the number in group 1, 2 or 3, or the whole word. */
const COUNTED = new RegExp(
  `(?<![\\p{L}\\d.,:])(?:[x×]\\s?(${COUNT})(?![\\d.,]*\\d)|(${COUNT})[\\s-]?(?:times|fois|veces|mal)(?!\\p{L})|(twice|thrice|zweimal|dreimal|viermal))(?![\\p{L}\\d%°])|(?<=[\\p{L}\\s])(${COUNT})\\s?回`,
  'giu',
);
/** "3x" is a count only for what has no scale and is no length in frames: up to four. */
const LOOSE = /(?<![\p{L}\d.,:])([2-4])\s?x(?![\p{L}\d])/giu;
const THERE_AND_BACK =
  /back (?:and|&|n) forth|to and fro|(?:from )?side to side|there and back|aller[\s-]retours?|allers[\s-]retours|ida y vuelta|de un lado a(?:l)? otro|de lado a lado|hin und (?:her|zurück)|往復|左右に|上下に/giu;
const BETWEEN = /^\s*(?:between|across|among|entre|zwischen)(?!\p{L})/iu;
/** Sizes ("2 times closer") and lengths ("hold x12") are none. */
const SIZE_AFTER = /^\s*(?:as|closer|tighter|wider|bigger|larger|smaller|the|plus|más|so|näher|größer)(?!\p{L})/iu;
const HOLD_BEFORE = /(?:hold|holds|pause|freeze|beat|settle|halten|tenir|止め)[^.;,\n]*$/iu;
/** "zoom in x2" is a size. */
const ZOOM_BEFORE = /zoom\p{L}*\s*(?:in|out|avant|arrière|adelante|atrás)?\s*$/iu;
const SCALE_BEFORE = /(?:zoom|push|pull|truck|dolly|t\.?[io]|closer|tight\p{L}*|scale)[^.;,\n]*$/iu;

/** All of them, in order, not overlapping. */
export function findRepeats(text: string): Repeat[] {
  const found: Repeat[] = [];
  for (const match of text.matchAll(COUNTED)) {
    const word = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').toLowerCase();
    const times = NUMBERS[word] ?? Number(word);
    const sized = /^[x×]/iu.test(match[0]) && ZOOM_BEFORE.test(text.slice(0, match.index));
    if (
      sized ||
      SIZE_AFTER.test(text.slice(match.index + match[0].length)) ||
      HOLD_BEFORE.test(text.slice(0, match.index))
    )
      continue;
    found.push({ ...place(match), times, alternate: false });
  }
  for (const match of text.matchAll(LOOSE)) {
    const before = text.slice(0, match.index);
    if (!HOLD_BEFORE.test(before) && !SCALE_BEFORE.test(before))
      found.push({ ...place(match), times: Number(match[1]), alternate: false });
  }
  for (const match of text.matchAll(THERE_AND_BACK)) {
    const closed = BETWEEN.test(text.slice(match.index + match[0].length));
    found.push({ ...place(match), times: 1, alternate: true, closed });
  }
  return found
    .sort((a, b) => a.start - b.start)
    .filter((one, i, all) => i === 0 || one.start >= (all[i - 1]?.end ?? 0));
}

const place = (match: RegExpExecArray): Range => ({ start: match.index, end: match.index + match[0].length });

/** Kinds and what undoes them. */
const OPPOSITE: Readonly<Partial<Record<MoveKind, MoveKind>>> = Object.fromEntries(
  (
    [
      ['push-in', 'pull-out'],
      ['zoom-in', 'zoom-out'],
      ['pan-left', 'pan-right'],
      ['whip-pan-left', 'whip-pan-right'],
      ['tilt-up', 'tilt-down'],
      ['truck-left', 'truck-right'],
      ['crane-up', 'crane-down'],
      ['orbit-left', 'orbit-right'],
      ['roll-cw', 'roll-ccw'],
    ] as const
  ).flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]),
);

/** A draft with everything that is made again with it, in order: "left and right x2" is one group of two. */
export interface Group {
  readonly drafts: readonly Draft[];
  readonly times: number;
  readonly alternate: boolean;
}

/** Letters between a move and the words that repeat it, at most, with no mark or joining word among them. */
const NEAR = 24;
const APART = /[.;:!?\n,]|(?<!\p{L})(?:as|while|when|he|she|they|it|then|and|wenn|quand|cuando)(?!\p{L})/iu;

/** Which drafts the words repeat. Words that stand beside no move repeat nothing. */
export function groupsOf(drafts: readonly Draft[], repeats: readonly Repeat[], text: string): Group[] {
  const groups = new Map<Draft, Group>();
  for (const repeat of repeats) {
    const last = drafts.filter((draft) => beside(draft, repeat, repeats, text)).at(-1);
    if (!last || last.kind === 'hold' || last.kind === 'static') continue;
    const before = drafts[drafts.indexOf(last) - 1];
    const pair = before && before.clause === last.clause && OPPOSITE[before.kind] === last.kind;
    const known = groups.get(last);
    groups.set(last, {
      drafts: pair ? [before, last] : [last],
      times: Math.min(MOST, (known?.times ?? 1) * repeat.times),
      alternate: (known?.alternate ?? false) || (repeat.alternate && !pair && OPPOSITE[last.kind] !== undefined),
    });
  }
  return [...groups.values()].filter(({ times, alternate }) => times > 1 || alternate);
}

function beside(draft: Draft, repeat: Repeat, repeats: readonly Repeat[], text: string): boolean {
  const start = Math.min(...draft.parts.map((part) => part.start));
  const end = Math.max(...draft.parts.map((part) => part.end));
  if (start >= repeat.end) return start - repeat.end <= 4 && !APART.test(text.slice(repeat.end, start));
  let between = text.slice(Math.min(end, repeat.start), repeat.start);
  for (const other of repeats) {
    if (other !== repeat && other.start >= end && other.end <= repeat.start)
      between = between.replace(text.slice(other.start, other.end), '');
  }
  return between.trim().length <= NEAR && !APART.test(between);
}

/** The moves of a group in place of its drafts' own: its time in equal parts, each a frame at least. */
export function repeated(group: Group, moves: readonly CameraMove[], until: number): CameraMove[] {
  const [first] = moves;
  const last = moves.at(-1);
  if (!first || !last) return [...moves];
  const own = last.to - first.from;
  const snap = group.drafts.every((draft) => draft.head.pace === 'snap' && draft.time === undefined);
  const cycle = group.alternate ? moves.flatMap((move) => [move, undone(move)]) : moves;
  const count = cycle.length * group.times;
  const length = snap ? Math.min(Math.max(own, until - first.from), (own * count) / moves.length) : own;
  const parts = Math.min(count, Math.max(1, Math.floor(length)));
  return Array.from({ length: parts }, (_, i) => {
    const slot = slotOf(first.from, length, i, parts);
    return { ...(cycle[i % cycle.length] ?? first), ...slot };
  });
}

const slotOf = (from: number, length: number, i: number, parts: number): Slot => ({
  from: from + Math.round((length * i) / parts),
  to: from + Math.round((length * (i + 1)) / parts),
});

const undone = (move: CameraMove): CameraMove => ({ ...move, kind: OPPOSITE[move.kind] ?? move.kind });
