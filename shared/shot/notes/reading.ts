/** Clauses to drafts, in order: what carries over from one clause to the next, and what the framing implies. */
import type { Clause } from './clauses';
import { readClause, turn, type ClauseReading, type Draft } from './drafts';
import { tighter, type FramingRead } from './framing';
import type { Actor } from './guards';
import { has, headOf, isUnknown, sense } from './items';
import { attach, onlyModifies } from './modifiers';
import type { ShotClock } from './quantity';

/** Reads every clause; modifiers that stand alone go to their neighbour. One reading a clause, in the clauses' order. */
export function readAll(clauses: readonly Clause[], clock: ShotClock): ClauseReading[] {
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
export function once(drafts: readonly Draft[]): Draft[] {
  const kept: Draft[] = [];
  for (const draft of drafts) {
    const last = kept.at(-1);
    const said = SAID_TWICE.has(draft.kind) || draft.link === 'aside';
    const again = last?.kind === draft.kind && said && (!last.time || !draft.time);
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
export function imply(
  drafts: readonly Draft[],
  framing: FramingRead,
  clauses: readonly Clause[],
  clock: ShotClock,
): Draft[] {
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
