/** Parts to clauses: where one statement ends, how the next one is joined to it, and whether it is refused or only suggested. */
import { has, headOf, sense } from './items';
import type { Part } from './parts';

/** How a clause follows the one before it. */
export type Link = 'first' | 'seq' | 'sim' | 'or' | 'after' | 'before' | 'aside';

export interface Clause {
  readonly parts: readonly Part[];
  readonly link: Link;
  /** Counts sentences: a subject named in one does not reach the next. */
  readonly sentence: number;
  /** Refused: "don't pan", "instead of a push". */
  readonly refused: boolean;
  /** Suggested only: "maybe push in?". */
  readonly hedged: boolean;
}

const ENDS = new Set(['.', '!', '?', '\n']);
const SOFT = new Set([',', ';', ':', '->', '/', '|', '*', '-', '(', ')', '[', ']', '>', '=', '{', '}']);

/** Japanese refuses what it has named: 「ズームしない」. */
const REFUSED_BEFORE = new Set(['なし', '無し', 'しない', '不要', 'せず', '無く', 'なく']);

/** Words after which another subject acts. */
const SUBORDINATE = new Set([
  ...['while', 'whilst', 'as', 'meanwhile', 'during', 'when', 'simultaneously', 'at the same time'],
  ...['pendant que', 'tandis que', 'alors que', 'mientras', 'mientras que'],
]);

interface Boundary {
  readonly link: Link;
  readonly ends: boolean;
  /** The word itself is dropped (a mark, "then"). */
  readonly refuses: boolean | undefined;
}

export function splitClauses(parts: readonly Part[]): Clause[] {
  const clauses: Clause[] = [];
  let held: Part[] = [];
  let link: Link = 'first';
  let sentence = 0;
  let refused = false;
  let hedged = false;
  const flush = (next: Link): void => {
    if (held.length > 0) {
      clauses.push({ parts: held, link, sentence, refused, hedged });
      held = [];
      link = next;
    } else if (link === 'first' || link === 'seq' || next !== 'seq') {
      link = clauses.length === 0 && next !== 'before' && next !== 'after' ? 'first' : next;
    }
  };
  for (const [i, part] of parts.entries()) {
    if (has(part, 'hedge') && !(part.text === 'try' && held.length > 0)) {
      hedged = true;
      if (part.text === '?') {
        flush('seq');
        sentence += 1;
        [refused, hedged] = [false, false];
      }
      continue;
    }
    if (REFUSED_BEFORE.has(part.text) && held.some((one) => headOf(one))) {
      refused = true;
      held.push(part);
      flush('seq');
      refused = false;
      continue;
    }
    if (refuses(parts, i)) {
      if (!refused && held.length > 0) flush('seq');
      refused = true;
      held.push(part);
      continue;
    }
    const boundary = boundaryAt(parts, i, held);
    if (!boundary) {
      held.push(part);
      continue;
    }
    flush(boundary.link);
    if (boundary.ends) {
      sentence += 1;
      hedged = false;
    }
    refused = boundary.refuses ?? refused;
    if (boundary.ends) refused = false;
  }
  flush('seq');
  return clauses;
}

/** "no", "don't", "without", "instead of" — but not "no" as the start of a phrase the lexicon reads whole. */
function refuses(parts: readonly Part[], i: number): boolean {
  const part = parts[i];
  if (has(part, 'instead')) return true;
  if (!has(part, 'no')) return false;
  return !headOf(part) || part?.text !== 'stop';
}

function boundaryAt(parts: readonly Part[], i: number, held: readonly Part[]): Boundary | undefined {
  const part = parts[i];
  if (!part) return undefined;
  const seq = { link: 'seq', ends: false, refuses: false } as const;
  if (part.kind === 'line' || ENDS.has(part.text)) return { link: 'seq', ends: true, refuses: false };
  if (part.text === 'next' && held.length > 0 && parts[i + 1]?.text !== ',') return undefined;
  if (has(part, 'seq')) return arrowDirection(parts, i) ? undefined : seq;
  if (/^(to|into)$/.test(part.text) && held.some((p) => headOf(p)) && leadsToMove(parts, i)) return seq;
  if (has(part, 'but')) return headAhead(parts, i) || part.text === 'but' ? seq : undefined;
  if (part.text === '+' || part.text === '&') return { link: 'sim', ends: false, refuses: undefined };
  if (part.kind === 'mark' && SOFT.has(part.text)) {
    if (part.text === '(' || part.text === ')' || part.text === '[' || part.text === ']')
      return { link: 'aside', ends: false, refuses: undefined };
    if (part.text === '/' && !part.spaced && direction(parts[i - 1]) && direction(parts[i + 1])) return undefined;
    if (part.text === '/' && refusedList(parts, i)) return { link: 'seq', ends: false, refuses: undefined };
    return part.text === ',' && refusedList(parts, i) ? { link: 'seq', ends: false, refuses: undefined } : seq;
  }
  if (has(part, 'or'))
    return headAhead(parts, i) || direction(parts[i + 1]) ? { link: 'or', ends: false, refuses: undefined } : undefined;
  if (has(part, 'before', 'after') && (headAhead(parts, i) || held.length === 0)) {
    return { link: has(part, 'after') ? 'after' : 'before', ends: false, refuses: undefined };
  }
  if (has(part, 'sim')) {
    const subordinate = SUBORDINATE.has(part.text) || !/^[a-z&+ ]+$/.test(part.text);
    if (subordinate || headAhead(parts, i) || (has(part, 'and') && !direction(parts[i + 1])))
      return { link: 'sim', ends: false, refuses: subordinate ? false : undefined };
  }
  return undefined;
}

/** "no pan, tilt or zoom": the list goes on, so does the refusal — when only bare move words follow. */
function refusedList(parts: readonly Part[], i: number): boolean {
  const next = parts[i + 1];
  const later = parts[i + 2];
  return headOf(next) !== undefined && (has(later, 'or') || (has(next, 'or') && headOf(later) !== undefined));
}

/** "pan →": an arrow that gives the direction instead of the order. */
function arrowDirection(parts: readonly Part[], i: number): boolean {
  return (
    parts[i]?.text === '->' &&
    sense(parts[i], 'dir') !== undefined &&
    headOf(parts[i - 1]) !== undefined &&
    headOf(parts[i + 1]) === undefined
  );
}

const direction = (part: Part | undefined): boolean => sense(part, 'dir') !== undefined;

/** "whip pan right into push in", "pan left to a tilt up": the next word is the next move. */
function leadsToMove(parts: readonly Part[], i: number): boolean {
  let j = i + 1;
  while (j < i + 4 && (has(parts[j], 'det') || sense(parts[j], 'pace') || sense(parts[j], 'extent'))) j += 1;
  const head = headOf(parts[j]);
  return (
    head !== undefined &&
    head.shy !== true &&
    head.family !== 'follow' &&
    !sense(parts[j], 'dir') &&
    !sense(parts[j], 'size')
  );
}

/** A camera word comes before the next mark or joining word. */
function headAhead(parts: readonly Part[], i: number): boolean {
  for (let j = i + 1; j < Math.min(parts.length, i + 12); j++) {
    const part = parts[j];
    if (!part || part.kind === 'line' || ENDS.has(part.text) || SOFT.has(part.text) || has(part, 'seq')) return false;
    const head = headOf(part);
    if (head && (head.shy !== true || j === i + 1)) return true;
    if (has(part, 'person')) return false;
  }
  return false;
}
