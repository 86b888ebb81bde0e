/** What each part of the note was taken for. */
import type { Clause } from './clauses';
import type { ClauseReading, Draft } from './drafts';
import type { FramingRead } from './framing';
import { has, headOf, isUnknown, sense } from './items';
import { modifies } from './modifiers';
import type { Part } from './parts';
import type { Mark } from './spans';
import type { Range } from './speech';

/** Everything that was read from one note. */
export interface Work {
  readonly parts: readonly Part[];
  readonly clauses: readonly Clause[];
  readonly readings: readonly ClauseReading[];
  readonly drafts: readonly Draft[];
  readonly framing: FramingRead;
  readonly speech: readonly Range[];
}

/** Marks for all parts; `numbers`: place of each draft among the moves. */
export function marks(work: Work, numbers: ReadonlyMap<Draft, number>): Mark[] {
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
