export { formatMoves } from './format';
export { parseNotes } from './parse';
export { promptWords, tidyWords } from './prompt';
export { notesOptions, resolveMoves } from './resolve';
export { SHOT_SIZES } from './types';
export type { NoteLanguage, NoteSpan, NotesOptions, ParsedNotes, ShotSize, SpanKind } from './types';
