/** Which moves a shot has: the artist's own, else what its note says. */
import type { CameraMove } from '../camera-move';
import type { Shot } from '../shot';
import { parseNotes } from './parse';
import type { NotesOptions } from './types';

/** From the action field only moves at least this sure are taken: it describes people more often than cameras. */
const SURE_ENOUGH = 0.75;

/** How parseNotes reads this shot's note. */
export function notesOptions(shot: Pick<Shot, 'rate' | 'frames' | 'startFrame' | 'dropFrame'>): NotesOptions {
  return { rate: shot.rate, frames: shot.frames, timelineStart: shot.startFrame, dropFrame: shot.dropFrame };
}

/**
 * The camera moves of a shot, in frames from its first. The artist's own win over any text, an empty list included
 * ("nothing moves"); then the note; then, where the note names no move, sure ones of the action field. Dialogue is never read.
 */
export function resolveMoves(shot: Shot): readonly CameraMove[] {
  if (shot.moves) return shot.moves;
  const options = notesOptions(shot);
  const noted = parseNotes(shot.notes, options).moves;
  if (noted.length > 0 || shot.action === undefined) return noted;
  return parseNotes(shot.action, options).moves.filter((move) => move.confidence >= SURE_ENOUGH);
}
