/** The notes grammar: text to camera moves. Deterministic, never throws, time grows with the text's length. */
import type { CameraMove, Ease } from '../camera-move';
import { amountOf } from './amounts';
import { splitClauses, type Clause } from './clauses';
import { readClause, turn, type ClauseReading, type Draft } from './drafts';
import { readFraming, tighter, type FramingRead } from './framing';
import type { Actor } from './guards';
import { has, headOf, isUnknown, itemise, sense, type Item } from './items';
import { lex, type Token } from './lexer';
import { languagesOf, lexiconFor, type Lexicon } from './lexicon/build';
import { attach, modifies, onlyModifies } from './modifiers';
import { readParts, type Part } from './parts';
import type { ShotClock } from './quantity';
import { schedule } from './schedule';
import { cover, textsOf, type Mark } from './spans';
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
  const clock: ShotClock = { ...options, frames: Math.max(0, Math.floor(options.frames)) };
  const said = quotes(text);
  const tokens = mute(lex(text), said);
  const lexicon = lexiconFor(languagesOf(tokens, options.language));
  const mender = menderFor(lexicon);
  const all = itemise(tokens, lexicon, (token) => mender.mend(token));
  const lines = labelled(all, said);
  const parts = readParts(mute(all, lines), clock);
  const clauses = splitClauses(parts);
  const readings = readAll(clauses, clock);
  const framing = readFraming(clauses, parts);
  const drafts = imply(once(readings.flatMap((reading) => reading.drafts)), framing, clauses, clock);
  return settle(text, { parts, clauses, readings, drafts, framing, speech: [...said, ...lines] }, clock);
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

function readAll(clauses: readonly Clause[], clock: ShotClock): ClauseReading[] {
  const readings: ClauseReading[] = [];
  let carried: Actor | undefined;
  let sentence = 0;
  let previous: Draft | undefined;
  let waiting: Clause[] = [];
  for (const [c, clause] of clauses.entries()) {
    if (clause.sentence !== sentence) carried = undefined;
    sentence = clause.sentence;
    const reading = clause.refused
      ? { drafts: [], actor: carried ?? 'nobody', doubted: [] }
      : readClause(clause, c, carried);
    if (reading.drafts.length === 0 && !clause.refused) {
      const turned = previous && inherited(clause, c, previous);
      if (turned) reading.drafts.push(turned);
    }
    for (const draft of reading.drafts) if (clause.hedged) draft.sure *= 0.6;
    if (clause.link === 'sim' && reading.drafts.length === 0 && previous) sideOf(clause, previous);
    if (clause.link === 'or' && previous) reading.drafts.length = 0;
    if (reading.drafts.length > 0) {
      attach(clause, reading.drafts, clock.frames);
      const [first] = reading.drafts;
      for (const held of waiting) if (first) attach(held, [first], clock.frames);
      waiting = [];
      previous = reading.drafts.at(-1);
    } else if (!clause.refused && onlyModifies(clause)) {
      if (previous) attach(clause, [previous], clock.frames);
      else waiting.push(clause);
    }
    if (reading.actor !== 'nobody') carried = reading.actor;
    readings.push(reading);
  }
  return swapped(readings, clauses);
}

/** "Before panning left, push in": a clause that begins with "before" comes after the next one. */
function swapped(readings: readonly ClauseReading[], clauses: readonly Clause[]): ClauseReading[] {
  const out = [...readings];
  for (let c = 0; c + 1 < out.length; c++) {
    const [a, b] = [out[c], out[c + 1]];
    const opens = clauses[c]?.link === 'before' && (c === 0 || clauses[c - 1]?.sentence !== clauses[c]?.sentence);
    if (!opens || !a || !b || a.drafts.length === 0 || b.drafts.length === 0) continue;
    [out[c], out[c + 1]] = [
      { ...a, drafts: [] },
      { ...b, drafts: [...b.drafts, ...a.drafts] },
    ];
  }
  return out;
}

/** "pan left, then right": a clause of directions only goes on with the move before. */
function inherited(clause: Clause, index: number, previous: Draft): Draft | undefined {
  const free = clause.parts.every(
    (part) => (!headOf(part) || sense(part, 'dir')) && !isUnknown(part) && !has(part, 'person', 'poss'),
  );
  if (!free) return undefined;
  for (const part of clause.parts) {
    const dir = sense(part, 'dir');
    const reading = dir && turn(previous.head, dir.dir);
    if (!dir || !reading) continue;
    if (dir.near === true && clause.parts.length > 2) continue;
    if (open(previous)) {
      previous.kind = reading.kind;
      previous.dir = dir.dir;
      previous.sure = Math.max(previous.sure, reading.sure * 0.9);
      previous.parts.push(part);
      return undefined;
    }
    return {
      kind: reading.kind,
      family: previous.family,
      dir: dir.dir,
      sure: reading.sure * 0.9,
      link: clause.link,
      clause: index,
      parts: [part],
      head: previous.head,
    };
  }
  return undefined;
}

/** "track Anna as she runs left": where the figure goes tells an open move which way. */
function sideOf(clause: Clause, draft: Draft): void {
  if (!open(draft) || !['truck', 'follow', 'pan', 'move'].includes(draft.family)) return;
  for (const part of clause.parts) {
    const dir = sense(part, 'dir');
    const reading = dir && (dir.dir === 'left' || dir.dir === 'right') ? turn(draft.head, dir.dir) : undefined;
    if (!dir || !reading) continue;
    draft.kind = reading.kind;
    draft.dir = dir.dir;
    draft.sure = Math.max(draft.sure, reading.sure * 0.75);
    return;
  }
}

/** A move whose side is not settled yet: "tracking shot, left to right" is one move. */
function open(draft: Draft): boolean {
  return draft.head.kind === undefined && (draft.dir === undefined || draft.dir === 'past' || draft.dir === 'around');
}

const SAID_TWICE = new Set(['shake', 'handheld', 'static', 'dolly-zoom']);

/** "Dolly zoom (vertigo)", "static, locked off": the same thing said twice without another time is one move. */
function once(drafts: readonly Draft[]): Draft[] {
  const kept: Draft[] = [];
  for (const draft of drafts) {
    const last = kept.at(-1);
    const again = last?.kind === draft.kind && SAID_TWICE.has(draft.kind) && (!last.time || !draft.time);
    if (!again) {
      kept.push(draft);
      continue;
    }
    last.sure = Math.max(last.sure, draft.sure);
    if (draft.time) last.time = draft.time;
    if (!last.amount && draft.amount) last.amount = draft.amount;
    if (!last.extent && draft.extent) last.extent = draft.extent;
    last.parts.push(...draft.parts);
  }
  return kept;
}

/** Adds the push or pull that "WS → CU" implies, unless the note already names how the framing changes. */
function imply(drafts: readonly Draft[], framing: FramingRead, clauses: readonly Clause[], clock: ShotClock): Draft[] {
  const { start, end, change } = framing;
  if (!start || !end || change.length === 0) return [...drafts];
  const way = tighter(start, end);
  const scaled = drafts.some((draft) => /^(push|pull|zoom|dolly)-/.test(draft.kind));
  if (way === 0 || scaled) return [...drafts];
  const made: Draft = {
    kind: way > 0 ? 'push-in' : 'pull-out',
    family: 'push',
    sure: 0.75,
    link: drafts.length > 0 ? 'sim' : 'first',
    clause: framing.clause,
    parts: [...change],
    head: { t: 'head', family: 'push', form: 'noun', risk: 'none' },
  };
  for (const clause of clauses) {
    const mine = clause.parts.some((part) => change.includes(part));
    if (mine || (drafts.length === 0 && onlyModifies(clause))) attach(clause, [made], clock.frames);
  }
  if (drafts.length > 0 && made.time === undefined) made.time = { from: 0, to: clock.frames };
  return [...drafts, made];
}

interface Work {
  readonly parts: readonly Part[];
  readonly clauses: readonly Clause[];
  readonly readings: readonly ClauseReading[];
  readonly drafts: readonly Draft[];
  readonly framing: FramingRead;
  readonly speech: readonly Range[];
}

function settle(text: string, work: Work, clock: ShotClock): ParsedNotes {
  const slots = schedule(work.drafts, clock);
  const sizes =
    work.framing.start && work.framing.end ? { start: work.framing.start, end: work.framing.end } : undefined;
  const moves: CameraMove[] = [];
  const numbers = new Map<Draft, number>();
  const order = work.drafts.map((draft, i) => ({ draft, slot: slots[i] }));
  order.sort((a, b) => (a.slot?.from ?? 0) - (b.slot?.from ?? 0));
  for (const { draft, slot } of order) {
    if (!slot || moves.length >= MOST_MOVES) continue;
    numbers.set(draft, moves.length);
    const subject =
      draft.subject &&
      text.slice(draft.subject.start, draft.subject.end).replace(/\s+/gu, ' ').trim().slice(0, LONGEST_SUBJECT);
    moves.push({
      kind: draft.kind,
      from: slot.from,
      to: slot.to,
      amount: amountOf(draft, sizes),
      ease: easeOf(draft),
      confidence: Math.round(Math.min(1, draft.sure) * 100) / 100,
      text: words(text, draft),
      ...(subject === undefined || subject === '' ? {} : { subject }),
    });
  }
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

function marks(work: Work, numbers: ReadonlyMap<Draft, number>): Mark[] {
  const out: Mark[] = work.speech.map((range) => ({ ...range, kind: 'speech' }));
  const owner = new Map<Part, number>();
  for (const [draft, number] of numbers) for (const part of draft.parts) if (!owner.has(part)) owner.set(part, number);
  const inClause = new Set<Part>();
  for (const [c, clause] of work.clauses.entries()) {
    const reading = work.readings[c];
    for (const part of clause.parts) inClause.add(part);
    out.push(...clauseMarks(clause, reading, owner, work.framing));
  }
  const any = numbers.size > 0;
  for (const part of work.parts) {
    if (inClause.has(part) || part.kind === 'line' || part.kind === 'mark') continue;
    out.push({ start: part.start, end: part.end, kind: any ? 'timing' : 'action' });
  }
  return out;
}

function clauseMarks(
  clause: Clause,
  reading: ClauseReading | undefined,
  owner: ReadonlyMap<Part, number>,
  framing: FramingRead,
): Mark[] {
  const mine = clause.parts.map((part) => owner.get(part)).find((number) => number !== undefined);
  const camera = clause.parts.some((part) => has(part, 'camera'));
  const refusesMove = clause.refused && clause.parts.some((part) => headOf(part) !== undefined);
  const doubtful =
    mine === undefined && (camera || ((reading?.doubted.length ?? 0) > 0 && reading?.actor !== 'character'));
  const lost =
    mine === undefined &&
    clause.parts.every((part) => !isUnknown(part)) &&
    clause.parts.some((part) => part.amount !== undefined || part.time !== undefined);
  return clause.parts.map((part): Mark => {
    const place = { start: part.start, end: part.end };
    const number = owner.get(part);
    if (number !== undefined)
      return { ...place, kind: modifies(part) && !headOf(part) ? 'timing' : 'move', move: number };
    if (framing.change.includes(part) || sense(part, 'size')) return { ...place, kind: 'framing' };
    if (refusesMove) return { ...place, kind: 'still' };
    if (mine === undefined) return { ...place, kind: doubtful || lost ? 'unread' : 'action' };
    if (part.amount ?? part.time ?? part.bare) return { ...place, kind: 'unread' };
    if (isUnknown(part)) return { ...place, kind: part.text.endsWith('ly') ? 'unread' : 'action' };
    return { ...place, kind: 'move', move: mine };
  });
}
