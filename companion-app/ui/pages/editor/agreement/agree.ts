/**
 * The two-way agreement of note and drawing. What was drawn writes the shot's framing, its moves and their words in the
 * note. The note is read as long as nothing was drawn; after that the drawing is the artist's own word: it is kept whatever
 * the note says, until the artist lets the note rule again.
 */
import { notesOptions, parseNotes, resolveMoves, type CameraMove, type Shot } from '../../../../../shared/shot';
import { framingOf, ordered, type Key } from './keys';
import { besideFraming, movesOf } from './moves';
import { sameMoves, written } from './note';

/** Text in the shot's action field at most. */
const MOST_ACTION = 8000;

/** What the note says by itself. */
export const readNote = (shot: Shot): readonly CameraMove[] => parseNotes(shot.notes, notesOptions(shot)).moves;

/** True when the camera was corrected by hand: boxes drawn, or moves that are not the note's own. */
export function corrected(shot: Shot): boolean {
  if (shot.framing && shot.framing.length > 0) return true;
  return shot.moves !== undefined && !sameMoves(shot.moves, readNote(shot));
}

/** True when the note says something else than the camera does. */
export function disagrees(shot: Shot): boolean {
  return corrected(shot) && !sameMoves(shot.moves ?? [], readNote(shot));
}

/** The shot with these boxes for its camera, and its note saying so. */
export function drawn(shot: Shot, keys: readonly Key[]): Shot {
  const aspect = shot.size.width / shot.size.height;
  const inOrder = ordered(keys, shot.frames);
  const before = resolveMoves(shot);
  const moves = [...movesOf(inOrder, shot.frames, before, aspect), ...besideFraming(before)];
  const { note, besides } = written(shot.notes, moves, notesOptions(shot));
  const action = [shot.action, besides].filter((part) => part !== undefined && part !== '').join(' ');
  return {
    ...shot,
    notes: note,
    ...(action === '' ? {} : { action: action.slice(0, MOST_ACTION) }),
    // What the note is read as, its words included, so that both say the same to the letter.
    moves: agreed(note, moves, shot),
    framing: framingOf(inOrder),
  };
}

/** The moves in the note's order where it says the same. */
function agreed(note: string, moves: readonly CameraMove[], shot: Shot): readonly CameraMove[] {
  const read = parseNotes(note, notesOptions(shot)).moves;
  return sameMoves(read, moves) ? read.map((move) => ({ ...move, confidence: 1 })) : moves;
}

/** The shot with another note. A camera corrected by hand stays; else the note is read. */
export function noted(shot: Shot, notes: string): Shot {
  const next = { ...shot, notes };
  return corrected(shot) ? next : followed(next);
}

/** The shot whose camera does what its note says. */
export function followed({ framing: _framing, moves: _moves, ...shot }: Shot): Shot {
  return shot;
}
