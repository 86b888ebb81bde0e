/** Whether a board can be carried on beyond an edge: only where nothing but ground, sky, wall or paper meets it. */
import type { BoardPicture } from '../../engine';
import type { Sides } from '../camera/reach';

/** Part of the board's width or height that must be plain. */
export const STRIP = 0.06;
/** Samples across a strip and along it. */
const DEEP = 24;
const LONG = 240;
/** Grey levels by which a sample may differ from its row. */
const SAME = 24;
/** Share of samples that may: a horizon that is not quite level, a stroke or two that runs on. */
const MOST_ODD = 0.025;
/** Share of one column of the strip, parallel to the edge, that may: a pole or a door jamb is long that way. */
const MOST_UPRIGHT = 0.12;
/** A stroke that crosses the strip at a flatter angle than this (along it, for one inward) cannot be run on. */
const FLATTEST = 0.9;

type Picture = Pick<BoardPicture, 'width' | 'height' | 'rgb'>;

/** True for each side whose strip is the same all the way across, row by row. */
export function plainSides(board: Picture): Sides<boolean> {
  const shape = board.width / board.height;
  return {
    left: isPlain(strip(board, 'left'), shape),
    right: isPlain(strip(board, 'right'), shape),
    top: isPlain(strip(board, 'top'), 1 / shape),
    bottom: isPlain(strip(board, 'bottom'), 1 / shape),
  };
}

/** The strip along one side, reduced to LONG rows of DEEP grey levels from the edge inward. */
function strip(board: Picture, side: keyof Sides<boolean>): Float32Array {
  const { width, height, rgb } = board;
  const upright = side === 'left' || side === 'right';
  const long = upright ? height : width;
  const across = upright ? width : height;
  const deep = Math.max(1, STRIP * across);
  const out = new Float32Array(LONG * DEEP);
  for (let j = 0; j < LONG; j++) {
    const [a0, a1] = bounds(j, LONG, long, long);
    for (let i = 0; i < DEEP; i++) {
      const [d0, d1] = bounds(i, DEEP, deep, across);
      let sum = 0;
      for (let a = a0; a < a1; a++) {
        for (let d = d0; d < d1; d++) {
          const inward = side === 'right' || side === 'bottom' ? across - 1 - d : d;
          const at = 3 * (upright ? a * width + inward : inward * width + a);
          sum += (rgb[at] ?? 0) + (rgb[at + 1] ?? 0) + (rgb[at + 2] ?? 0);
        }
      }
      out[j * DEEP + i] = sum / (3 * (a1 - a0) * (d1 - d0));
    }
  }
  return out;
}

/** Pixels [from, to) of sample `i` out of `count` over `length` pixels, at least one, within `all`. */
function bounds(i: number, count: number, length: number, all: number): readonly [number, number] {
  const from = Math.min(all - 1, Math.floor((i * length) / count));
  return [from, Math.min(all, Math.max(from + 1, Math.floor(((i + 1) * length) / count)))];
}

/** `across` is the board's size across the strip in parts of that along it. */
function isPlain(samples: Float32Array, across: number): boolean {
  const mostRun = Math.max(3, FLATTEST * STRIP * across * LONG);
  const columns = new Uint16Array(DEEP);
  let odd = 0;
  let run = 0;
  for (let j = 0; j < LONG; j++) {
    const row = samples.subarray(j * DEEP, (j + 1) * DEEP);
    const middle = Float32Array.from(row).sort()[DEEP / 2] ?? 0;
    const before = odd;
    row.forEach((value, i) => {
      if (Math.abs(value - middle) <= SAME) return;
      odd++;
      columns[i] = (columns[i] ?? 0) + 1;
    });
    run = odd > before ? run + 1 : 0;
    if (run > mostRun) return false;
  }
  // The outermost samples may hold the drawn border of the board.
  const upright = columns.subarray(2).reduce((most, n) => Math.max(most, n), 0);
  return odd <= MOST_ODD * samples.length && upright <= MOST_UPRIGHT * LONG;
}
