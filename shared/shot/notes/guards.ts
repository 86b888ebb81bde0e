/** Who acts: the camera, or somebody in front of it? Everyday words become moves only where the camera can be meant. */
import type { Clause } from './clauses';
import { has, headOf, isUnknown, sense } from './items';
import type { Part } from './parts';
import type { Family, Form, HeadSense } from './senses';

/** 0: no camera move; 1: surely one; between: how much less sure than the words alone. */
export type Trust = number;

const PLURALS = new Set([
  'men',
  'women',
  'people',
  'children',
  'kids',
  'crowd',
  'police',
  'cops',
  'folk',
  'guys',
  'team',
  'mice',
  'everybody',
  'both',
]);
/** Abbreviations that are everyday words when written without dots. */
const PREPOSITIONS = new Set(['to', 'do']);
const COMPOUNDS = new Set(
  'frying sauce dust food pickup fire tow garbage delivery monster ice ufo toy big-rig tanker semi milk mail army water baking bed railway railroad train sound race running cake dance egg spring drum bread sushi kitchen toilet steam bomb gun wine dish clothes tv radio whooping paper construction building mobile cherry pan tape'.split(
    ' ',
  ),
);

const modifier = (part: Part | undefined): boolean =>
  part !== undefined &&
  (part.time !== undefined ||
    part.amount !== undefined ||
    (has(part, 'aux') && !has(part, 'to', 'on')) ||
    has(part, 'intensifier', 'hedge', 'fill') ||
    ['pace', 'extent', 'ease'].some((t) => part.senses.some((s) => s.t === t)) ||
    (isUnknown(part) && part.text.endsWith('ly')));

/** The item after `i` that is neither adverb nor time. */
export function nextContent(parts: readonly Part[], i: number): Part | undefined {
  let j = i + 1;
  while (j < parts.length && modifier(parts[j])) j += 1;
  return parts[j];
}

export type Actor = 'camera' | 'character' | 'nobody' | 'noun';

/** Looks left from a camera word for the one who does it. */
export function actorOf(clause: Clause, at: number, form?: Form): { actor: Actor; article: boolean; modal: boolean } {
  let article = false;
  let modal = false;
  for (let i = at - 1; i >= 0; i--) {
    const part = clause.parts[i];
    if (!part) break;
    if (has(part, 'camera', 'we')) return { actor: 'camera', article, modal };
    if (part.kind !== 'word') {
      if (modifier(part) || part.bare !== undefined) continue;
      break;
    }
    // "the truck pulls away": the rig's name is an ordinary thing here, and it acts.
    if (form === 's' && i === at - 1 && headOf(part)?.thing === true && headOf(part)?.form !== 's') {
      return { actor: 'noun', article, modal };
    }
    if (headOf(part) && i < at - 1 && !sense(part, 'pace')) return { actor: 'nobody', article, modal };
    if (has(part, 'aux'))
      modal = modal || /^(will|should|must|can|to|does|has|have|needs to|wants to|is|are)$/.test(part.text);
    if (has(part, 'person') || has(part, 'it'))
      return { actor: hasCamera(clause, i) ? 'camera' : 'character', article, modal };
    if (has(part, 'poss')) return { actor: 'noun', article: true, modal };
    if (has(part, 'det')) article = true;
    if (isUnknown(part) && !part.text.endsWith('ly'))
      return {
        actor: hasCamera(clause, i) ? 'camera' : 'noun',
        article: article || has(clause.parts[i - 1], 'det'),
        modal,
      };
  }
  return { actor: 'nobody', article, modal };
}

function hasCamera(clause: Clause, before: number): boolean {
  return clause.parts.slice(0, before).some((part) => has(part, 'camera', 'we'));
}

/** The words before the acting noun make it part of a place ("on Anna's face push in"), not a subject. */
function afterPreposition(clause: Clause, at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    const part = clause.parts[i];
    if (sense(part, 'size') || has(part, 'on', 'of', 'cut')) return true;
    if (part?.kind !== 'word') return false;
  }
  return false;
}

/** How far a camera word in a clause may be believed. `carried`: who acted in the clause before, same sentence. */
export function trust(clause: Clause, at: number, head: HeadSense, carried: Actor | undefined): Trust {
  const part = clause.parts[at];
  if (!part) return 0;
  if (head.shy === true && !part.dotted && !aloneEnough(clause, at)) return 0;
  const { actor, article, modal } = actorOf(clause, at, head.form);
  // "with the falling leaf": an adjective before its noun.
  if (head.risk === 'camera' && article && isUnknown(clause.parts[at + 1])) return 0;
  // "Her focus shifts to the letter": what somebody owns does it.
  if (head.family === 'rack' && has(clause.parts[at - 1], 'poss')) return 0;
  if (head.risk === 'none') return actor === 'character' && head.form !== 'noun' ? 0 : 1;
  if (actor === 'camera') return 1;
  if (actor === 'character') return 0;
  if (head.risk === 'camera') return carried === 'camera' && actor === 'nobody' ? 0.9 : 0;
  if (actor === 'noun' && carried === 'character' && clause.link === 'sim') return 0;
  if (actor === 'noun') return afterNoun(clause, at, head, { article, modal });
  if (carried === 'character' && goesOn(clause, at, head)) return 0;
  if (carried === 'character' && (head.form === 's' || clause.link === 'sim'))
    return head.form === 'base' || head.form === 'noun' ? 0.7 : 0;
  if (head.form === 'ed' && head.family !== 'static' && head.family !== 'roll') return 0;
  if (article && head.thing === true && !nounMove(clause, at)) return 0;
  if (article && head.family === 'static' && head.shy === true) return 0;
  return head.form === 's' && carried !== 'camera' ? 0.85 : 1;
}

/** What bodies do as well as cameras. */
const BODILY: ReadonlySet<Family> = new Set([
  ...(['push', 'pull', 'roll', 'shake', 'tilt', 'hold', 'orbit', 'follow'] as const),
  ...(['widen', 'tighten', 'move', 'static'] as const),
]);

/** "She backs away, shaking", "kids push the cart, push again": whoever acted goes on acting. */
function goesOn(clause: Clause, at: number, head: HeadSense): boolean {
  const rest = clause.parts.slice(at + 1);
  // "The car speeds off, tracking mud."
  const object = isUnknown(rest[0]) && !rest[0]?.text.endsWith('ly');
  if (!BODILY.has(head.family)) return head.form === 'ing' && object;
  if (rest.some((part) => has(part, 'camera', 'shotword') || sense(part, 'size'))) return false;
  if (head.form === 'ing') return !rest.some((part) => has(part, 'sim'));
  const plain = head.family === 'push' || head.family === 'pull';
  return plain && head.form === 'base' && !rest.some((part) => sense(part, 'dir') || has(part, 'to', 'on'));
}

function afterNoun(clause: Clause, at: number, head: HeadSense, seen: { article: boolean; modal: boolean }): Trust {
  const before = clause.parts[at - 1];
  if (before && COMPOUNDS.has(before.text)) return 0;
  if (head.form === 's' || head.form === 'ed' || seen.modal) return 0;
  const placed = afterPreposition(clause, at);
  if (head.form === 'ing') return placed ? 0.6 : 0;
  if (seen.article && (head.thing === true || !placed)) return 0;
  const word = before?.text ?? '';
  if (!placed && (PLURALS.has(word) || (/[^s]s$/.test(word) && head.form === 'base'))) return 0;
  return head.thing === true ? 0.6 : 0.75;
}

/** "a slow truck in" names a move, "a truck in the street" a lorry: nothing but a target or a time may follow. */
function nounMove(clause: Clause, at: number): boolean {
  let i = at + 1;
  while (i < clause.parts.length && (sense(clause.parts[i], 'dir') || modifier(clause.parts[i]))) i += 1;
  if (i === at + 1) return has(clause.parts[i], 'shotword');
  const next = clause.parts[i];
  return !next || has(next, 'on', 'to', 'over', 'from', 'until', 'sim', 'and', 'at', 'fill') || next.time !== undefined;
}

/** The clause holds little besides this word: other camera words, times, adverbs, a target. */
function aloneEnough(clause: Clause, at: number): boolean {
  const before = clause.parts.slice(0, at);
  const next = nextContent(clause.parts, at);
  const freeBefore = before.every(
    (p) =>
      modifier(p) ||
      headOf(p) ||
      sense(p, 'size') ||
      has(p, 'camera', 'we', 'det', 'label', 'shotword', 'and', 'start', 'end', 'no') ||
      p.kind !== 'word',
  );
  if (!freeBefore) return false;
  if (!next) return !PREPOSITIONS.has(clause.parts[at]?.text ?? '') || before.length === 0;
  if (PREPOSITIONS.has(clause.parts[at]?.text ?? '')) return false;
  return (
    has(next, 'on', 'shotword', 'camera', 'and', 'sim', 'from', 'to', 'until', 'at') ||
    headOf(next) !== undefined ||
    sense(next, 'size') !== undefined ||
    sense(next, 'dir') !== undefined ||
    next.kind !== 'word'
  );
}
