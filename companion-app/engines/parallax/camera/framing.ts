/** Drawn camera frames (start and end boxes on a board) and the way between them. */
import type { FramingKey } from '../../../../shared/shot';
import { easeAt } from './ease';

/** The camera's frame on the board: centre in parts of the board, width as a part of the board's, radians clockwise. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly roll: number;
}

type Field = keyof Box;

function boxOf(key: FramingKey): Box {
  return { x: key.center.x, y: key.center.y, scale: key.scale, roll: (key.roll * Math.PI) / 180 };
}

/**
 * A box for every frame. The ease of a key shapes the way from it to the next. Boxes change along straight lines, so that
 * a push into a corner keeps that corner still; through keys that do not stop the speed is continuous, and between
 * two boxes of different size the picture grows at an even rate.
 */
export function boxesOf(drawn: readonly FramingKey[], frames: number): readonly Box[] {
  const keys = [...drawn].sort((a, b) => a.frame - b.frame).filter((key, i, all) => key.frame !== all[i + 1]?.frame);
  const boxes = keys.map(boxOf);
  return Array.from({ length: Math.max(0, frames) }, (_, f) => {
    const next = keys.findIndex((key) => key.frame > f);
    const at = next === -1 ? keys.length - 1 : next - 1;
    const box = boxes[Math.max(0, at)];
    const [from, to] = [keys[at], keys[next]];
    const target = boxes[next];
    if (!box || !from || !to || !target) return box ?? { x: 0.5, y: 0.5, scale: 1, roll: 0 };
    const length = to.frame - from.frame;
    const t = (f - from.frame) / length;
    const value = (field: Field) => {
      const [a, b] = [box[field], target[field]];
      if (from.ease === 'snap') return a + (b - a) * easeAt('snap', t, length);
      return hermite(
        a,
        b,
        slope(keys, boxes, at, field, 'out') * length,
        slope(keys, boxes, at + 1, field, 'in') * length,
        t,
      );
    };
    return { x: value('x'), y: value('y'), scale: value('scale'), roll: value('roll') };
  });
}

function hermite(a: number, b: number, m0: number, m1: number, t: number): number {
  const t2 = t * t;
  const t3 = t2 * t;
  return (2 * t3 - 3 * t2 + 1) * a + (t3 - 2 * t2 + t) * m0 + (3 * t2 - 2 * t3) * b + (t3 - t2) * m1;
}

/** True when the way before or after key `i` comes to rest there. */
function rests(keys: readonly FramingKey[], i: number): boolean {
  const before = keys[i - 1]?.ease;
  const after = keys[i]?.ease;
  return (
    (before !== undefined && before !== 'linear' && before !== 'ease-in') ||
    (i < keys.length - 1 && after !== 'linear' && after !== 'ease-out')
  );
}

/** Speed of one field at key `i`, per frame, seen from the way that leaves it (`out`) or reaches it (`in`). */
function slope(
  keys: readonly FramingKey[],
  boxes: readonly Box[],
  i: number,
  field: Field,
  side: 'in' | 'out',
): number {
  if (rests(keys, i)) return 0;
  const before = endSlope(keys, boxes, i - 1, field, 'end');
  const after = endSlope(keys, boxes, i, field, 'start');
  if (before === undefined || after === undefined) return (side === 'out' ? after : before) ?? 0;
  // Harmonic mean where both go the same way (no overshoot), rest where they turn.
  return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
}

/** Speed at one end of the way from key `i` if the picture grew at an even rate: slower where the box is small. */
function endSlope(
  keys: readonly FramingKey[],
  boxes: readonly Box[],
  i: number,
  field: Field,
  end: 'start' | 'end',
): number | undefined {
  const [from, to, a, b] = [keys[i], keys[i + 1], boxes[i], boxes[i + 1]];
  if (!from || !to || !a || !b) return undefined;
  const ratio = Math.min(4, Math.max(0.25, b.scale / a.scale));
  const even = Math.abs(ratio - 1) < 1e-6 ? 1 : Math.log(ratio) / (ratio - 1);
  const part = field === 'roll' ? 1 : end === 'start' ? even : even * ratio;
  return ((b[field] - a[field]) * part) / (to.frame - from.frame);
}
