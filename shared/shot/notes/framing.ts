/** Shot sizes the note starts and ends on, and the move a change of size implies. */
import type { Clause } from './clauses';
import { has, headOf, isUnknown, sense } from './items';
import type { Part } from './parts';
import { SHOT_SIZES, type ShotSize } from './types';

export interface FramingRead {
  readonly start?: ShotSize;
  readonly end?: ShotSize;
  /** Parts that name the change, when the note joins two sizes into one. */
  readonly change: readonly Part[];
  /** Clause of the end size. */
  readonly clause: number;
}

interface Named {
  readonly size: ShotSize;
  readonly part: Part;
  readonly clause: number;
  readonly mark: 'start' | 'end' | undefined;
  readonly arrow: boolean;
}

/** Reads the sizes of all clauses in order. */
export function readFraming(clauses: readonly Clause[], parts: readonly Part[]): FramingRead {
  const named: Named[] = [];
  for (const [c, clause] of clauses.entries()) {
    if (clause.refused) continue;
    for (const [i, part] of clause.parts.entries()) {
      const size = sense(part, 'size')?.size;
      if (size === undefined || !standsAsSize(clause.parts, i)) continue;
      named.push({
        size,
        part,
        clause: c,
        mark: markOf(clause, i) ?? labelOf(clauses[c - 1], i),
        arrow: arrowBefore(parts, part),
      });
    }
  }
  const [first] = named;
  if (!first) return { change: [], clause: 0 };
  const second =
    named.slice(1).find((size) => size.arrow || size.mark === 'end') ??
    (named.length > 1 && first.mark === 'start' ? named[1] : undefined);
  if (second) return { start: first.size, end: second.size, change: [first.part, second.part], clause: second.clause };
  return first.mark === 'end' || moved(clauses[first.clause], first.part)
    ? { end: first.size, change: [], clause: first.clause }
    : { start: first.size, change: [], clause: first.clause };
}

/** "wide" and "close" are sizes only where no noun follows ("wide eyes", "close the door"). */
function standsAsSize(parts: readonly Part[], i: number): boolean {
  const part = parts[i];
  if (!part) return false;
  const everyday =
    /^(wide|close|medium|mid|full|tight|cu|single|profile|large|serre|fest|groß|gross|nah|nahe|insert|master)$/.test(
      part.text,
    );
  if (!everyday) return true;
  const before = parts[i - 1];
  if (headOf(before)?.family === 'pull' || before?.text === 'go') return true;
  if (has(parts[i + 1], 'det', 'poss') || isUnknown(parts[i + 1])) return false;
  return !(isUnknown(before) && !has(before, 'on'));
}

function markOf(clause: Clause, i: number): 'start' | 'end' | undefined {
  for (let j = i - 1; j >= 0; j--) {
    const part = clause.parts[j];
    if (part && sense(part, 'size')) return has(clause.parts[i - 1], 'to', 'until', 'end') ? 'end' : undefined;
    if (has(part, 'end')) return 'end';
    if (has(part, 'to') && !has(part, 'from')) return 'end';
    if (has(part, 'start', 'from')) return 'start';
  }
  return undefined;
}

/** "Start: WS. End: CU.": the mark stands alone before a colon. */
function labelOf(before: Clause | undefined, i: number): 'start' | 'end' | undefined {
  const [only, more] = before?.parts ?? [];
  if (i > 0 || !only || more) return undefined;
  return has(only, 'end') ? 'end' : has(only, 'start') ? 'start' : undefined;
}

function arrowBefore(parts: readonly Part[], part: Part): boolean {
  const at = parts.indexOf(part);
  const before = parts[at - 1];
  return (
    before !== undefined &&
    (['->', '>', '-', '~'].includes(before.text) ||
      before.text === '→' ||
      (before.kind === 'word' && sense(before, 'size')?.size !== undefined && !part.spaced))
  );
}

/** A camera word in the same clause goes to this size ("push to MCU"). */
function moved(clause: Clause | undefined, part: Part): boolean {
  if (!clause) return false;
  const at = clause.parts.indexOf(part);
  return clause.parts.slice(0, at).some((p) => headOf(p) !== undefined);
}

/** Which way a change of size goes. */
export function tighter(start: ShotSize, end: ShotSize): number {
  return Math.sign(SHOT_SIZES.indexOf(end) - SHOT_SIZES.indexOf(start));
}
