/** Which part of the picture is floor: there the stage comes nearer from row to row, while a wall stands at one distance. */
import type { Relief } from '../relief/relief';
import type { Canvas } from './canvas';

/** 1 on the pixels of the picture whose stage is floor. */
export function floorOf(canvas: Canvas, { width, stage }: Relief): Uint8Array {
  const out = new Uint8Array(canvas.study.length);
  for (let at = 0; at < out.length; at++) {
    const source = canvas.study[at]!;
    if (source >= width && stage[source]! > stage[source - width]!) out[at] = 1;
  }
  return out;
}
