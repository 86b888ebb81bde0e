/** Keys on the editor's timeline and the shot's drawn framing: the same thing in two forms. */
import type { Ease, FramingKey } from '../../../../../shared/shot';
import { rounded, type Box } from '../geometry/box';

/** How the camera leaves a key: `hold` stays on it until the next key, where the framing jumps. */
export const KEY_EASES = ['linear', 'ease-in', 'ease-out', 'ease-in-out', 'snap', 'hold'] as const;
export type KeyEase = (typeof KEY_EASES)[number];

export interface Key {
  readonly frame: number;
  readonly box: Box;
  readonly ease: KeyEase;
}

/** Most keys on a timeline. */
export const MOST_KEYS = 16;

/** Keys in order, one a frame (the later given wins), within the shot. */
export function ordered(keys: readonly Key[], frames: number): readonly Key[] {
  const byFrame = new Map<number, Key>();
  for (const key of keys) {
    const frame = Math.min(Math.max(0, frames - 1), Math.max(0, Math.round(key.frame)));
    byFrame.set(frame, { ...key, frame, box: rounded(key.box) });
  }
  return [...byFrame.values()].sort((a, b) => a.frame - b.frame);
}

/** As shots store it: a key that holds is followed by itself on the frame before the next. */
export function framingOf(keys: readonly Key[]): readonly FramingKey[] {
  return keys.flatMap((key, i): FramingKey[] => {
    const next = keys[i + 1];
    if (key.ease !== 'hold') return [framed(key, key.ease)];
    if (!next || next.frame - key.frame < 2) return [framed(key, 'linear')];
    return [framed(key, 'linear'), framed({ ...key, frame: next.frame - 1 }, 'linear')];
  });
}

/** The keys that a stored framing was drawn with. */
export function keysOf(framing: readonly FramingKey[]): readonly Key[] {
  const keys: Key[] = [];
  const sorted = [...framing].sort((a, b) => a.frame - b.frame);
  for (let i = 0; i < sorted.length; i++) {
    const [key, copy, next] = [sorted[i], sorted[i + 1], sorted[i + 2]];
    if (!key) continue;
    const holds = copy && next && next.frame === copy.frame + 1 && key.ease === 'linear' && copy.ease === 'linear';
    if (holds && sameBox(key, copy)) {
      keys.push({ frame: key.frame, box: boxOf(key), ease: 'hold' });
      i++;
    } else keys.push({ frame: key.frame, box: boxOf(key), ease: key.ease });
  }
  return keys;
}

const framed = ({ frame, box }: Key, ease: Ease): FramingKey => ({
  frame,
  center: { x: box.x, y: box.y },
  scale: box.scale,
  roll: box.roll,
  ease,
});

const boxOf = ({ center, scale, roll }: FramingKey): Box => ({ x: center.x, y: center.y, scale, roll });

const sameBox = (a: FramingKey, b: FramingKey): boolean =>
  a.center.x === b.center.x && a.center.y === b.center.y && a.scale === b.scale && a.roll === b.roll;
