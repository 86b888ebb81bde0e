/** The room's sentences: what happened in Premiere, what is safe, and the one thing for the artist to do. */
import { InbetweenError, type ErrorCode } from '../../shared/problem';

const CLIP_SAFE = 'The clip is safe on disk and nothing was changed on the timeline.';
const TIMELINE_SAFE = 'Nothing was changed on the timeline.';

function make(code: ErrorCode, message: string, safe: string, action: string, retry: boolean): InbetweenError {
  // The host's own words may end with a full stop.
  return new InbetweenError({ code, message: message.replace(/\.+$/, '.'), safe, action, retry });
}

/** Problems of binding to a project and a sequence. */
export const noProject = (): InbetweenError =>
  make(
    'host-unavailable',
    'No project is open in Premiere.',
    'Finished takes wait.',
    'Open the project with your storyboard.',
    true,
  );

export const noSequence = (): InbetweenError =>
  make(
    'host-unavailable',
    'No sequence of this project is open.',
    'Finished takes wait.',
    'Open the storyboard sequence in the Timeline panel.',
    true,
  );

export const projectChanged = (openName: string): InbetweenError =>
  make(
    'host-project-changed',
    `Another project is active in Premiere now${openName === '' ? '' : ` (${openName})`}.`,
    'Nothing was placed there; takes wait for their own project.',
    'Go back to the project you animated in; the takes follow by themselves.',
    true,
  );

export const sequenceGone = (): InbetweenError =>
  make(
    'host-sequence-gone',
    'The sequence this belongs to is no longer in the project.',
    'Nothing was placed in another sequence; the clips stay on disk.',
    'Undo the deletion of the sequence and press Retry, or animate the shots again where they are now.',
    false,
  );

/** Problems of boards. */
export const boardOffline = (name: string): InbetweenError =>
  make(
    'board-missing',
    `The picture of ${name} is offline.`,
    'The other boards are not affected.',
    'Relink it in Premiere (Clip > Link Media), then press Retry.',
    true,
  );

export const boardEmpty = (name: string): InbetweenError =>
  make(
    'board-unreadable',
    `The picture file of ${name} is empty.`,
    'The other boards are not affected.',
    'Save or export the board again, then press Retry.',
    true,
  );

export const boardMoved = (name: string): InbetweenError =>
  make(
    'host-board-changed',
    `${name} is no longer where it was read on the timeline.`,
    TIMELINE_SAFE,
    'Refresh the list of shots and animate it again.',
    false,
  );

export const exportFailed = (name: string, why: string): InbetweenError =>
  make(
    'host-export-failed',
    `Premiere did not export a picture of ${name}${why === '' ? '' : `: ${why}`}.`,
    TIMELINE_SAFE,
    'Check that the disk has space, then press Retry; or save the board as a PNG and replace it on the timeline.',
    true,
  );

export const takesLeftHidden = (names: string, cause: string): InbetweenError =>
  make(
    'host-transaction-failed',
    `Takes were hidden to export a board and Premiere did not show them again (${cause}): ${names}.`,
    'No clip was moved or removed.',
    'Select these takes on the timeline and choose Clip > Enable.',
    true,
  );

/** Problems of importing. */
export const clipMissing = (name: string): InbetweenError =>
  make(
    'host-import-failed',
    `The clip ${name} is not on disk.`,
    TIMELINE_SAFE,
    'Press Retry; if it stays missing, animate the shot again.',
    true,
  );

export const clipFormat = (name: string): InbetweenError =>
  make(
    'host-import-failed',
    `${name} is not a .mov or .mp4 clip.`,
    TIMELINE_SAFE,
    'Choose ProRes, DNxHR or H.264 in the settings and animate the shot again.',
    false,
  );

export const importFailed = (name: string, why: string): InbetweenError =>
  make(
    'host-import-failed',
    `Premiere did not import ${name}${why === '' ? '' : `: ${why}`}.`,
    CLIP_SAFE,
    'Close any dialog that is open in Premiere, then press Retry.',
    true,
  );

export const binFailed = (name: string, why: string): InbetweenError =>
  make(
    'host-import-failed',
    `Premiere did not make the bin "${name}" (${why}).`,
    CLIP_SAFE,
    `Make a bin named "${name}" in the Project panel, then press Retry.`,
    true,
  );

export const clipLength = (name: string, has: number, needs: number): InbetweenError =>
  make(
    'host-import-failed',
    `Premiere reads ${has} frames in ${name}, but the shot has ${needs}.`,
    'The clip is in the bin; nothing was changed on the timeline.',
    'Animate the shot again; if you interpreted the clip at another frame rate, undo that first.',
    false,
  );

export const handlesRefused = (name: string, why: string): InbetweenError =>
  make(
    'host-import-failed',
    `Premiere did not set in and out points of ${name} (${why}), so that its handles would cover other clips.`,
    'The clip is in the bin; nothing was changed on the timeline.',
    'Press Retry; if it fails again, set the handles to 0 and animate the shot again.',
    true,
  );

/** Problems of placing. */
export const trackMissing = (why: string): InbetweenError =>
  make(
    'host-track-missing',
    `There is no free video track above the board, and Premiere did not make one${why === '' ? '' : ` (${why})`}.`,
    "The clip is in the bin; nobody's clip was touched.",
    'Add a video track (Sequence > Add Tracks), then press Retry.',
    true,
  );

export const rangeOccupied = (shot: string): InbetweenError =>
  make(
    'host-range-occupied',
    `The timeline above ${shot} was being edited, so the take was not placed.`,
    "The clip is in the bin; nobody's clip was touched.",
    'Finish the edit, then press Retry.',
    true,
  );

export const placeFailed = (shot: string, why: string): InbetweenError =>
  make(
    'host-transaction-failed',
    `Premiere did not place the take of ${shot}: ${why}.`,
    "The clip is in the bin; nobody's clip was touched.",
    'Unlock the tracks above the board, then press Retry.',
    true,
  );

export const placedWrong = (shot: string, why: string, undoName: string): InbetweenError =>
  make(
    'host-transaction-failed',
    `Premiere placed the take of ${shot} otherwise than asked: ${why}.`,
    `One Undo ("${undoName}") brings the timeline back; the clip stays in the bin.`,
    'Press Undo once in Premiere, add a video track (Sequence > Add Tracks), then press Retry.',
    true,
  );

export const takeAbsent = (jobId: string): InbetweenError =>
  make(
    'not-found',
    `The take ${jobId} is not on the timeline.`,
    'Its clip is still in the bin.',
    'Place it again from the list of takes.',
    false,
  );

export const editFailed = (what: string, why: string): InbetweenError =>
  make('host-transaction-failed', `Premiere did not ${what}: ${why}.`, TIMELINE_SAFE, 'Press Retry.', true);

export const hostFailed = (what: string, why: string): InbetweenError =>
  make(
    'host-unavailable',
    `Premiere could not ${what}: ${why}.`,
    TIMELINE_SAFE,
    'Wait until Premiere has finished what it is doing, then press Retry.',
    true,
  );

/** Why a take is kept in the bin. */
export const shotTrimmed = (shot: string, now: number, was: number): InbetweenError =>
  make(
    'host-board-changed',
    `${shot} is ${now} frames long now; the take was made for ${was}.`,
    'The take is in the bin "Animatics"; the timeline was not changed.',
    'Animate the shot again at its new length, or place the take from the bin by hand.',
    false,
  );

export const shotGone = (shot: string): InbetweenError =>
  make(
    'host-board-changed',
    `${shot} is no longer on this sequence.`,
    'The take is in the bin "Animatics"; the timeline was not changed.',
    'Undo the deletion and press Retry, or place the take from the bin by hand.',
    false,
  );

export const shotAmbiguous = (shot: string): InbetweenError =>
  make(
    'host-board-changed',
    `${shot} moved, and several shots bear that name, so there is no telling which one the take belongs to.`,
    'The take is in the bin "Animatics"; the timeline was not changed.',
    'Place the take from the bin by hand, or give each shot a name of its own and animate it again.',
    false,
  );

export const rateChanged = (shot: string, now: string, was: string): InbetweenError =>
  make(
    'host-board-changed',
    `The sequence runs at ${now} fps now; the take of ${shot} was made for ${was}.`,
    'The take is in the bin "Animatics"; the timeline was not changed.',
    'Animate the shot again at the new rate.',
    false,
  );

export const takeTrimmed = (shot: string, now: number, was: number): InbetweenError =>
  make(
    'host-board-changed',
    `The take of ${shot} is on the timeline already, trimmed to ${now} of its ${was} frames.`,
    'It was left as it is.',
    'Animate the shot again if it should have another length.',
    false,
  );
