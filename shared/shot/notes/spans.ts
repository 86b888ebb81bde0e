/** Which part of the note was taken for what: a gapless cover of the text. */
import type { NoteSpan, SpanKind } from './types';

export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: SpanKind;
  readonly move?: number;
}

/** Marks (in any order, not overlapping) to spans; what lies between joins the span before it, the very start the first one. */
export function cover(length: number, marks: readonly Mark[]): NoteSpan[] {
  if (length === 0) return [];
  const ordered = [...marks].filter((mark) => mark.end > mark.start).sort((a, b) => a.start - b.start || a.end - b.end);
  const spans: NoteSpan[] = [];
  let at = 0;
  for (const mark of ordered) {
    const start = Math.max(mark.start, at);
    if (mark.end <= start) continue;
    const last = spans.at(-1);
    if (last) spans[spans.length - 1] = { ...last, end: start };
    const same = last?.kind === mark.kind && last.move === mark.move;
    if (same) spans[spans.length - 1] = { ...last, end: mark.end };
    else
      spans.push({
        start: last ? start : 0,
        end: mark.end,
        kind: mark.kind,
        ...(mark.move === undefined ? {} : { move: mark.move }),
      });
    at = mark.end;
  }
  const last = spans.at(-1);
  if (!last) return [{ start: 0, end: length, kind: 'action' }];
  spans[spans.length - 1] = { ...last, end: length };
  return spans;
}

/** The texts of all spans of one kind, trimmed of space and joining marks. */
export function textsOf(text: string, spans: readonly NoteSpan[], kind: SpanKind): string[] {
  return spans
    .filter((span) => span.kind === kind)
    .map((span) => text.slice(span.start, span.end).replace(/^[\s,;:.\-–—/→>|*()+]+|[\s,;:.\-–—/→>|*(+]+$/gu, ''))
    .filter((words) => words !== '');
}
