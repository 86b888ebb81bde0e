/** Camera moves to canonical English, one clause a move, that parses back to the same moves. */
import { AMOUNT_UNIT, type CameraMove, type Ease, type MoveKind } from '../camera-move';
import { RATES, type FrameRate } from '../time/rate';
import { parseNotes } from './parse';

const WORDS: Readonly<Partial<Record<MoveKind, string>>> = {
  'whip-pan-left': 'whip pan left',
  'whip-pan-right': 'whip pan right',
  'roll-cw': 'roll clockwise',
  'roll-ccw': 'roll counterclockwise',
  'dolly-zoom': 'dolly zoom',
  shake: 'camera shake',
};

const EASE_WORDS: Readonly<Record<Ease, string>> = {
  linear: 'linear',
  'ease-in': 'ease in',
  'ease-out': 'ease out',
  'ease-in-out': 'ease in and out',
  snap: 'snap',
};

/** Times are written in frames, so the text means the same at every rate; `rate` is taken for symmetry with parseNotes. */
export interface FormatOptions {
  readonly rate: FrameRate;
}

/**
 * "push in on Anna 1.25x ease in and out from f0 to f48; hold linear from f48 to f60". parseNotes of it gives moves of
 * the same kind, frames, amount, ease and subject; a subject that would be misread is left out.
 */
export function formatMoves(moves: readonly CameraMove[], _options: FormatOptions): string {
  return moves.map(formatMove).join('; ');
}

function formatMove(move: CameraMove): string {
  if (move.subject === undefined) return sentence(move, '');
  const named = sentence(move, `on ${move.subject}`);
  return survives(named, move) ? named : sentence(move, '');
}

function sentence(move: CameraMove, subject: string): string {
  const name = WORDS[move.kind] ?? move.kind.replaceAll('-', ' ');
  const parts = [name, focus(move), subject, amount(move), EASE_WORDS[move.ease], `from f${move.from} to f${move.to}`];
  return parts.filter((part) => part !== '').join(' ');
}

/** A subject can hold words of its own ("the pan", "Zoom"): it is left out where the sentence would read differently. */
function survives(text: string, move: CameraMove): boolean {
  const read = parseNotes(text, { rate: RATES['24'], frames: move.to }).moves;
  const [same] = read;
  return (
    read.length === 1 &&
    same?.kind === move.kind &&
    same.from === move.from &&
    same.to === move.to &&
    same.subject === move.subject &&
    same.ease === move.ease &&
    Math.abs(same.amount - move.amount) < 1e-4
  );
}

const focus = (move: CameraMove): string =>
  move.kind !== 'rack-focus' ? '' : move.amount < 0 ? 'to background' : 'to foreground';

/** The amount in words that the grammar reads as exactly this number. */
function amount(move: CameraMove): string {
  const value = plain(move.amount);
  switch (AMOUNT_UNIT[move.kind]) {
    case 'scale':
      return move.amount > 8 ? `to ${plain(move.amount * 100)}%` : `${value}x`;
    case 'degrees':
      return `${value}°`;
    case 'widths':
      return `${value} widths`;
    case 'heights':
      return `${value} heights`;
    case 'strength':
      return `${plain(move.amount * 100)}%`;
    default:
      return '';
  }
}

const plain = (value: number): string => String(Number(value.toFixed(4)));
