/** What a shot's own words tell a model that happens. */
import type { Shot } from '../shot';
import { parseNotes } from './parse';
import { notesOptions } from './resolve';

/** Words without the dashes, colons and spaces that were left around them. */
export function tidyWords(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .replace(/^[\s,.;:–-]+|[\s,;:–-]+$/g, '')
    .trim();
}

/** What happens and how it is framed, in the artist's words and order; camera words, speech and timing are left out. */
export function promptWords(
  shot: Pick<Shot, 'notes' | 'action' | 'rate' | 'frames' | 'startFrame' | 'dropFrame'>,
): readonly string[] {
  const parsed = parseNotes(shot.notes, notesOptions(shot));
  const framing = parsed.spans
    .filter((span) => span.kind === 'framing')
    .map((span) => shot.notes.slice(span.start, span.end));
  return [shot.action ?? '', ...parsed.action, ...framing].map(tidyWords).filter((each) => each !== '');
}
