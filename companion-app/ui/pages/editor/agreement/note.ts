/** The note beside the drawing: its camera words replaced by what was drawn, everything else it says kept. */
import {
  formatMoves,
  parseNotes,
  type CameraMove,
  type NoteSpan,
  type NotesOptions,
  type SpanKind,
} from '../../../../../shared/shot';

export interface Written {
  readonly note: string;
  /** What of the note would have been read as camera words in any place; belongs in the action field. */
  readonly besides?: string;
}

/** What is taken out to make room, least first. */
const TAKEN: readonly ReadonlySet<SpanKind>[] = [
  new Set<SpanKind>(['move', 'still']),
  new Set<SpanKind>(['move', 'still', 'timing']),
  new Set<SpanKind>(['move', 'still', 'timing', 'unread', 'framing']),
];
/** Marks and spaces that joined camera words to their neighbours. */
const JOINTS = /^[\s,;:.→>~&+–—-]+|[\s,;:→>~&+–—-]+$/gu;

/** True when two lists of moves are the same to the camera: kinds, frames, amounts, eases. */
export function sameMoves(a: readonly CameraMove[], b: readonly CameraMove[]): boolean {
  const lines = (moves: readonly CameraMove[]): string[] =>
    moves.map(({ kind, from, to, amount, ease }) => JSON.stringify([kind, from, to, amount.toFixed(3), ease])).sort();
  return JSON.stringify(lines(a)) === JSON.stringify(lines(b));
}

/**
 * The note with its camera words replaced by these moves, so that parseNotes of it gives them back. Dialogue, action and
 * sizes stay where they are read as such.
 */
export function written(note: string, moves: readonly CameraMove[], options: NotesOptions): Written {
  const words = formatMoves(moves, options);
  const { spans } = parseNotes(note, options);
  const good = (text: string): boolean => sameMoves(parseNotes(text, options).moves, moves);
  for (const taken of TAKEN) {
    const { before, after } = rest(note, spans, taken);
    const rests = [before, after].filter((part) => part !== '');
    const places = [joined([before, words, after]), joined([words, ...rests]), joined([words, ...rests], '\n')];
    const found = places.find(good);
    if (found !== undefined) return { note: found };
  }
  const left = TAKEN[0] ? rest(note, spans, TAKEN[0]) : { before: '', after: '' };
  const besides = joined([left.before, left.after]);
  return besides === '' ? { note: words } : { note: words, besides };
}

function rest(
  note: string,
  spans: readonly NoteSpan[],
  taken: ReadonlySet<SpanKind>,
): { readonly before: string; readonly after: string } {
  const takes = ({ kind, move }: NoteSpan): boolean => taken.has(kind) || (kind === 'timing' && move !== undefined);
  const first = spans.findIndex(takes);
  const text = (some: readonly NoteSpan[]): string =>
    some
      .filter((span) => !takes(span))
      .map(({ start, end }) => note.slice(start, end).replace(JOINTS, ''))
      .filter((part) => part !== '')
      .join(' ');
  return first < 0
    ? { before: text(spans), after: '' }
    : { before: text(spans.slice(0, first)), after: text(spans.slice(first)) };
}

/** Parts as sentences; an end mark is put only where there is none. */
function joined(parts: readonly string[], between = ' '): string {
  return parts
    .filter((part) => part !== '')
    .map((part, i, all) => (i < all.length - 1 && !/[.!?。！？"”»」]$/u.test(part) ? `${part}.` : part))
    .join(between);
}
