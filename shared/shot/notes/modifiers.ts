/** Hands every time, amount, pace, ease and target of a clause to the move it belongs to. */
import { AMOUNT_UNIT } from '../camera-move';
import type { Clause } from './clauses';
import type { Draft } from './drafts';
import { has, headOf, isUnknown, sense } from './items';
import type { Part, TimeSpec } from './parts';

const ON = ['on', 'to', 'from', 'of'] as const;

/** True where a clause says only how or when: its words belong to the neighbouring move. */
export function onlyModifies(clause: Clause): boolean {
  return (
    clause.parts.length > 0 &&
    clause.parts.every(
      (part) => !isUnknown(part) && !headOf(part) && !has(part, 'person', 'poss') && (modifies(part) || filler(part)),
    ) &&
    clause.parts.some(modifies)
  );
}

export function modifies(part: Part): boolean {
  return (
    part.time !== undefined ||
    part.amount !== undefined ||
    part.senses.some((s) => s.t === 'pace' || s.t === 'ease' || s.t === 'extent') ||
    anchors(part)
  );
}

const anchors = (part: Part): boolean =>
  has(part, 'end', 'start') &&
  /\b(at|on|the|tail|top|head|beginning|end|début|fin|final|inicio|anfang|ende)\b|最/.test(part.text);
const filler = (part: Part): boolean => part.kind !== 'word' || part.senses.length > 0;

/** Adds what one part says to a draft; the first statement of each sort stays. Returns true when it took it. */
export function apply(draft: Draft, part: Part, frames: number): boolean {
  if (part.time) {
    draft.time = merge(draft.time, part.time);
    draft.parts.push(part);
    return true;
  }
  if (part.amount) {
    if (
      part.amount.unit === 'times' &&
      part.amount.spelt !== true &&
      (AMOUNT_UNIT[draft.kind] !== 'scale' || part.amount.value > 8) &&
      !draft.time
    ) {
      draft.time = { length: part.amount.value };
      draft.parts.push(part);
      return true;
    }
    if (draft.amount) return false;
    draft.amount = part.amount;
    draft.parts.push(part);
    return true;
  }
  const tone = sense(part, 'ease');
  const pace = sense(part, 'pace');
  const extent = sense(part, 'extent');
  if (tone && (!draft.head.ease || tone.ease !== 'snap'))
    draft.ease =
      draft.ease !== undefined && draft.ease !== tone.ease && both(draft.ease, tone.ease) ? 'ease-in-out' : tone.ease;
  if (pace) draft.pace = pace.pace;
  if (pace?.pace === 'snap' && draft.ease === undefined) draft.ease = 'snap';
  if (extent) draft.extent = extent.size;
  const anchored =
    !tone && !pace && !extent && anchors(part) && draft.time?.from === undefined && draft.time?.to === undefined;
  if (anchored) draft.time = merge(draft.time, has(part, 'end') ? { to: frames } : { from: 0 });
  if (!tone && !pace && !extent && !anchored) return false;
  draft.parts.push(part);
  return true;
}

const both = (a: string, b: string): boolean =>
  (a === 'ease-in' && b === 'ease-out') || (a === 'ease-out' && b === 'ease-in');

function merge(old: TimeSpec | undefined, more: TimeSpec): TimeSpec {
  return { ...more, ...old };
}

/** Gives the modifiers of a clause to its drafts: those before the first go to it, the others to the one before them. */
export function attach(clause: Clause, drafts: readonly Draft[], frames: number): void {
  const places = drafts.map((draft) => clause.parts.indexOf(draft.parts[0] ?? (clause.parts[0] as Part)));
  for (const [i, part] of clause.parts.entries()) {
    if (drafts.some((draft) => draft.parts.includes(part))) continue;
    let owner = 0;
    for (const [d, place] of places.entries()) if (place >= 0 && place <= i) owner = d;
    const joint = lastJoint(clause.parts, i);
    if (owner + 1 < drafts.length && joint > (places[owner] ?? 0)) owner += 1;
    const draft = drafts[owner];
    if (!draft) continue;
    if (part.bare !== undefined) {
      takeBare(draft, part, clause.parts[i - 1]);
      continue;
    }
    if (afterAction(clause.parts, places[owner] ?? 0, i)) continue;
    apply(draft, part, frames);
  }
  for (const [d, draft] of drafts.entries())
    target(clause, draft, places[d] ?? 0, places[d + 1] ?? clause.parts.length);
}

/** Index of the last "and" or "while" before `end`; -1 without one. */
function lastJoint(parts: readonly Part[], end: number): number {
  for (let i = end - 1; i >= 0; i--) if (has(parts[i], 'and', 'sim')) return i;
  return -1;
}

/** A person acts between the camera word and here: what follows is about the person ("as he slowly turns"). */
function afterAction(parts: readonly Part[], from: number, to: number): boolean {
  return parts.slice(from, to).some((part) => has(part, 'person'));
}

/** "hold 12", "orbit 180": numbers only their neighbour explains. */
function takeBare(draft: Draft, part: Part, before: Part | undefined): void {
  if (draft.family === 'hold' || draft.family === 'static') {
    draft.bare = part.bare ?? 0;
  } else if ((draft.family === 'orbit' || draft.family === 'roll') && part.bare !== undefined && part.bare >= 15) {
    draft.amount = { unit: 'degrees', value: part.bare, mode: 'by' };
  } else return;
  draft.parts.push(part);
  if (before && has(before, 'over') && !draft.parts.includes(before)) draft.parts.push(before);
}

/** "on Anna", "to the door": the words after the preposition, as far as they go on naming. */
function target(clause: Clause, draft: Draft, at: number, end: number): void {
  const { parts } = clause;
  for (let i = at + 1; i < end; i++) {
    const part = parts[i];
    if (!part || !has(part, ...ON) || part.kind !== 'word' || part.time) continue;
    let j = i + 1;
    while (has(parts[j], 'on', 'det', 'poss') && j < end) j += 1;
    const first = j;
    while (j < end && (isUnknown(parts[j]) || (j > first && has(parts[j], 'poss', 'det') && isUnknown(parts[j + 1]))))
      j += 1;
    const [a, b] = [parts[first], parts[j - 1]];
    if (j === first || !a || !b) continue;
    draft.subject = { start: a.start, end: b.end };
    for (let k = i; k < j; k++) {
      const own = parts[k];
      if (own && !draft.parts.includes(own)) draft.parts.push(own);
    }
    if (!has(part, 'from')) return;
  }
}
