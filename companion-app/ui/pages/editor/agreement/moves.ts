/** From drawn boxes to the camera moves that people call them by. */
import { formatMoves, RATES, type CameraMove, type MoveKind } from '../../../../../shared/shot';
import type { Box } from '../geometry/box';
import type { Key } from './keys';

/** Changes smaller than these are no move: parts of the frame, of a framing ratio, degrees. */
const LEAST = { way: 0.002, ratio: 1.002, degrees: 0.05 } as const;
/** Moves that happen beside the framing: they go on whatever is drawn. */
const BESIDE: ReadonlySet<MoveKind> = new Set<MoveKind>(['handheld', 'shake', 'rack-focus']);

export const besideFraming = (moves: readonly CameraMove[]): readonly CameraMove[] =>
  moves.filter(({ kind }) => BESIDE.has(kind));

/** Kinds that may name one change, the first where the note has none of them yet; each way of it in its own place. */
const FAMILIES: Readonly<
  Record<'closer' | 'wider' | 'left' | 'right' | 'up' | 'down' | 'cw' | 'ccw', readonly MoveKind[]>
> = {
  closer: ['push-in', 'zoom-in'],
  wider: ['pull-out', 'zoom-out'],
  left: ['truck-left', 'pan-left', 'whip-pan-left'],
  right: ['truck-right', 'pan-right', 'whip-pan-right'],
  up: ['crane-up', 'tilt-up'],
  down: ['crane-down', 'tilt-down'],
  cw: ['roll-cw'],
  ccw: ['roll-ccw'],
};
type Change = keyof typeof FAMILIES;

/**
 * The moves between the keys, in order; where nothing changes the camera holds.
 * @param frames of the shot: what ends on its last frame ends with it
 * @param like moves the note had: the same words for the same change, and whom it goes to
 * @param aspect width over height of the frame
 */
export function movesOf(
  keys: readonly Key[],
  frames: number,
  like: readonly CameraMove[],
  aspect: number,
): readonly CameraMove[] {
  if (frames < 1) return [];
  const [first] = keys;
  const last = keys.at(-1);
  if (!first || !last || keys.length === 1) return [hold(0, frames)];
  const end = (frame: number): number => (frame >= frames - 1 ? frames : frame);
  const between = keys.slice(1).flatMap((to, i) => {
    const from = keys[i] ?? to;
    return stretch(from, to, { from: from.frame, to: end(to.frame) }, like, aspect);
  });
  return [
    ...(first.frame > 0 ? [hold(0, first.frame)] : []),
    ...between,
    ...(last.frame < frames - 1 ? [hold(last.frame, frames)] : []),
  ];
}

function stretch(
  a: Key,
  b: Key,
  range: { readonly from: number; readonly to: number },
  like: readonly CameraMove[],
  aspect: number,
): readonly CameraMove[] {
  const { ease } = a;
  if (ease === 'hold') return [hold(range.from, range.to)];
  const made = changes(a.box, b.box).map(([change, size]): CameraMove => {
    const known = like.find(({ kind }) => FAMILIES[change].includes(kind));
    const kind = known?.kind ?? FAMILIES[change][0] ?? 'static';
    // Words that a person would write; the boxes themselves are kept exactly.
    const amount = Number(inUnits(kind, size, aspect).toFixed(3));
    const subject = known?.subject === undefined ? {} : { subject: known.subject };
    return named({ kind, ...range, amount, ease, confidence: 1, text: '', ...subject });
  });
  return made.length > 0 ? made : [hold(range.from, range.to)];
}

/** What differs between two boxes: framing ratio, parts of the frame's width and height, degrees; all above 0. */
function changes(a: Box, b: Box): readonly (readonly [Change, number])[] {
  const ratio = a.scale / b.scale;
  const [dx, dy, turn] = [b.x - a.x, b.y - a.y, b.roll - a.roll];
  const all: readonly (readonly [Change, number, boolean])[] = [
    ratio > 1 ? ['closer', ratio, ratio > LEAST.ratio] : ['wider', 1 / ratio, 1 / ratio > LEAST.ratio],
    [dx > 0 ? 'right' : 'left', Math.abs(dx), Math.abs(dx) > LEAST.way],
    [dy > 0 ? 'down' : 'up', Math.abs(dy), Math.abs(dy) > LEAST.way],
    [turn > 0 ? 'cw' : 'ccw', Math.abs(turn), Math.abs(turn) > LEAST.degrees],
  ];
  return all.flatMap(([change, size, counts]) => (counts ? [[change, size] as const] : []));
}

/** Pans and tilts are told in degrees: as many as carry the middle of the frame that far. */
function inUnits(kind: MoveKind, size: number, aspect: number): number {
  const lens = 1.05 * Math.hypot(1, 1 / aspect);
  const degrees = (widths: number): number => (Math.atan(widths / lens) * 180) / Math.PI;
  if (kind.includes('pan-')) return degrees(size);
  return kind.startsWith('tilt') ? degrees(size / aspect) : size;
}

const hold = (from: number, to: number): CameraMove =>
  named({ kind: 'hold', from, to, amount: 0, ease: 'linear', confidence: 1, text: '' });

const named = (move: CameraMove): CameraMove => ({ ...move, text: formatMoves([move], { rate: RATES['24'] }) });
