/** Keys for a camera that nobody has drawn yet: where its moves begin and end. */
import type { CameraMove } from '../../../../../shared/shot';
import { boxOfQuad, type Quad } from '../geometry/box';
import type { Key } from './keys';
import { besideFraming } from './moves';

/** Frames at which the camera's boxes are shown: first, last, and where moves begin and end. */
export function framesOf(moves: readonly CameraMove[], frames: number): readonly number[] {
  const last = Math.max(0, frames - 1);
  const beside = new Set(besideFraming(moves));
  const turns = moves.filter((move) => !beside.has(move)).flatMap(({ from, to }) => [from, to]);
  return [...new Set([0, ...turns.map((frame) => Math.min(last, Math.max(0, frame))), last])].sort((a, b) => a - b);
}

/** The keys at these frames for what the camera shows there; eases are those of the moves that begin there. */
export function keysAt(
  frames: readonly number[],
  quads: readonly Quad[],
  moves: readonly CameraMove[],
  aspect: number,
): readonly Key[] {
  return frames.flatMap((frame, i): Key[] => {
    const quad = quads[i];
    const next = frames[i + 1] ?? frame;
    const move = moves.find(({ from, to }) => from <= frame && to >= next && next > frame);
    return quad ? [{ frame, box: boxOfQuad(quad, aspect), ease: move?.ease ?? 'ease-in-out' }] : [];
  });
}
