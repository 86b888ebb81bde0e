/** What the notes grammar takes and gives. */
import type { CameraMove } from '../camera-move';
import type { FrameRate } from '../time/rate';

/** Languages the lexicon knows. English is always read; the others join in when the note uses their words. */
export type NoteLanguage = 'en' | 'fr' | 'es' | 'de' | 'ja';

export interface NotesOptions {
  readonly rate: FrameRate;
  /** Length of the shot in frames; 0 is allowed. */
  readonly frames: number;
  /**
   * First frame of the shot on the timeline, counted from the sequence's zero. A timecode in the note that falls inside
   * the shot on the timeline is then read as timeline time; every other one counts from the shot's first frame.
   */
  readonly timelineStart?: number;
  /** The timeline counts drop-frame: decides how timecodes written with ":" are read. */
  readonly dropFrame?: boolean;
  /** Reads this language's words too, even where nothing in the note gives it away. */
  readonly language?: NoteLanguage;
}

/**
 * What a stretch of the note was taken for:
 * - `move`: names a camera move (or says the camera stays);
 * - `timing`: when, how long, how fast, in which order;
 * - `speech`: dialogue and sounds;
 * - `action`: what happens in front of the camera, and description;
 * - `framing`: shot sizes and angles;
 * - `still`: refuses a move ("don't pan");
 * - `unread`: speaks of the camera but was not understood.
 */
export type SpanKind = 'move' | 'timing' | 'speech' | 'action' | 'framing' | 'still' | 'unread';

/** A stretch [start, end) of the note in UTF-16 units. */
export interface NoteSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: SpanKind;
  /** Index into `moves`, for spans that belong to one. */
  readonly move?: number;
}

/** Shot sizes from widest to tightest. */
export const SHOT_SIZES = ['EWS', 'WS', 'FS', 'MWS', 'MS', 'MCU', 'CU', 'ECU'] as const;
export type ShotSize = (typeof SHOT_SIZES)[number];

export interface ParsedNotes {
  /** By their first frame, then in the order of the note. Frames count from the shot's first; 0 <= from < to <= frames (0, 0 in a shot of no frames). */
  readonly moves: readonly CameraMove[];
  /** Covers the whole text, in order, without gaps or overlaps. */
  readonly spans: readonly NoteSpan[];
  /** The words that spoke of the camera and were not understood. */
  readonly unread: readonly string[];
  readonly dialogue: readonly string[];
  readonly action: readonly string[];
  /** Shot sizes the note starts and ends on. */
  readonly framing: { readonly start?: ShotSize; readonly end?: ShotSize };
  /** The pace of the whole note, where it names one. */
  readonly speed?: 'slow' | 'fast';
}
