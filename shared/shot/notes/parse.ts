/** The notes grammar: text to camera moves. Deterministic, never throws, time grows with the text's length. */
import type { CameraMove, Ease } from '../camera-move';
import { amountOf } from './amounts';
import { splitClauses } from './clauses';
import type { Draft } from './drafts';
import { readFraming } from './framing';
import { itemise, type Item } from './items';
import { lex, type Token } from './lexer';
import { languagesOf, lexiconFor, type Lexicon } from './lexicon/build';
import { marks, type Work } from './marks';
import { readParts } from './parts';
import { inMinutes, type ShotClock } from './quantity';
import { imply, once, readAll } from './reading';
import { findRepeats, groupsOf, repeated, type Repeat } from './repeats';
import { schedule } from './schedule';
import { cover, textsOf } from './spans';
import { labelled, quotes, type Range } from './speech';
import { Mender } from './typo';
import type { NotesOptions, ParsedNotes } from './types';

/** More moves than this in one shot are left unread. */
const MOST_MOVES = 64;
const LONGEST_SUBJECT = 120;

const menders = new WeakMap<Lexicon, Mender>();

function menderFor(lexicon: Lexicon): Mender {
  let mender = menders.get(lexicon);
  if (!mender) menders.set(lexicon, (mender = new Mender(lexicon.vocabulary)));
  return mender;
}

/**
 * Reads a board's note. Frames of the moves count from the shot's first frame, half-open, within [0, options.frames].
 * Never throws for any text; what it does not understand is in `unread`.
 */
export function parseNotes(text: string, options: NotesOptions): ParsedNotes {
  const said = quotes(text);
  const repeats = findRepeats(text).filter((one) =>
    said.every(({ start, end }) => one.end <= start || one.start >= end),
  );
  const tokens = without(mute(lex(text), said), repeats);
  const shot: ShotClock = { ...options, frames: Math.max(0, Math.floor(options.frames)) };
  const times = tokens.filter((token) => token.kind === 'clock').map((token) => token.text);
  const clock = { ...shot, minutes: inMinutes(times, shot) };
  const lexicon = lexiconFor(languagesOf(tokens, options.language));
  const mender = menderFor(lexicon);
  const all = itemise(tokens, lexicon, (token) => mender.mend(token));
  const lines = labelled(all, said);
  const parts = readParts(mute(all, lines), clock);
  const clauses = splitClauses(parts);
  const readings = readAll(clauses, clock);
  const framing = readFraming(clauses, parts);
  const drafts = imply(once(readings.flatMap((reading) => reading.drafts)), framing, clauses, clock);
  const work = { parts, clauses, readings, drafts, framing, speech: [...said, ...lines] };
  return settle(text, work, repeats, clock);
}

/** Takes the tokens inside the ranges away, leaving a line end in each one's place. */
function mute<T extends Token | Item>(list: readonly T[], ranges: readonly Range[]): T[] {
  if (ranges.length === 0) return [...list];
  const out: T[] = [];
  let r = 0;
  for (const token of list) {
    while (r < ranges.length && (ranges[r]?.end ?? 0) <= token.start) r += 1;
    const range = ranges[r];
    if (!range || token.end <= range.start) out.push(token);
  }
  return out;
}

/** Takes the tokens of repetitions away; of "back and forth" the first stays, it says which way. */
function without(list: readonly Token[], repeats: readonly Repeat[]): Token[] {
  return list.filter((token, i) =>
    repeats.every(({ start, end, alternate, closed }) => {
      const inside = token.start < end && token.end > start;
      return !inside || closed === true || (alternate && (list[i - 1]?.start ?? -1) < start);
    }),
  );
}

function settle(text: string, work: Work, repeats: readonly Repeat[], clock: ShotClock): ParsedNotes {
  const slots = schedule(work.drafts, clock);
  const sizes =
    work.framing.start && work.framing.end ? { start: work.framing.start, end: work.framing.end } : undefined;
  const taken: { move: CameraMove; drafts: readonly Draft[] }[] = [];
  const order = work.drafts.map((draft, i) => ({ draft, slot: slots[i] }));
  order.sort((a, b) => (a.slot?.from ?? 0) - (b.slot?.from ?? 0));
  const groups = groupsOf(work.drafts, repeats, text);
  const made = new Map<Draft, CameraMove>();
  for (const { draft, slot } of order) {
    if (!slot) continue;
    const group = groups.find(({ drafts }) => drafts.includes(draft));
    const subject =
      draft.subject &&
      text.slice(draft.subject.start, draft.subject.end).replace(/\s+/gu, ' ').trim().slice(0, LONGEST_SUBJECT);
    const move: CameraMove = {
      kind: draft.kind,
      from: slot.from,
      to: slot.to,
      amount: amountOf(draft, sizes),
      ease: easeOf(draft),
      confidence: Math.round(Math.min(1, draft.sure) * 100) / 100,
      text: words(text, draft),
      ...(subject === undefined || subject === '' ? {} : { subject }),
    };
    made.set(draft, move);
    if (group && group.drafts.at(-1) !== draft) continue;
    const own = group?.drafts.flatMap((one) => made.get(one) ?? []) ?? [move];
    const next = order.find((other) => (other.slot?.from ?? 0) >= slot.to)?.slot?.from ?? clock.frames;
    const drafts = group?.drafts ?? [draft];
    taken.push(...(group ? repeated(group, own, next) : own).map((one) => ({ move: one, drafts })));
  }
  taken.sort((a, b) => a.move.from - b.move.from);
  taken.splice(MOST_MOVES);
  const moves = taken.map(({ move }) => move);
  const numbers = new Map<Draft, number>();
  taken.forEach(({ drafts }, i) => drafts.forEach((draft) => numbers.has(draft) || numbers.set(draft, i)));
  const spans = cover(text.length, marks(work, numbers));
  const { start, end } = work.framing;
  const paces = new Set(work.drafts.map((draft) => draft.pace));
  const [pace] = paces;
  return {
    moves,
    spans,
    unread: textsOf(text, spans, 'unread'),
    dialogue: textsOf(text, spans, 'speech'),
    action: textsOf(text, spans, 'action'),
    framing: { ...(start ? { start } : {}), ...(end ? { end } : {}) },
    ...(paces.size === 1 && (pace === 'slow' || pace === 'fast') ? { speed: pace } : {}),
  };
}

function easeOf(draft: Draft): Ease {
  if (draft.ease !== undefined) return draft.ease;
  const flat = ['hold', 'static', 'handheld', 'shake'].includes(draft.kind);
  return flat ? 'linear' : 'ease-in-out';
}

/** The very words, from the first of the move to its last within the clause. */
function words(text: string, draft: Draft): string {
  const start = Math.min(...draft.parts.map((part) => part.start));
  const end = Math.max(...draft.parts.map((part) => part.end));
  const slice = text.slice(start, end);
  const cut = slice.lastIndexOf('(') > slice.lastIndexOf(')') && text.charAt(end) === ')';
  return cut ? `${slice})` : slice;
}
