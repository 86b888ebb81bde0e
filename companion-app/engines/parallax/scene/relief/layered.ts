/** Relief of a board whose artist has drawn its layers: what lies over something is nearer than it. */
import type { BoardPicture } from '../../../engine';
import { alphaAt, type DrawnSheet } from '../sheets/drawn-layers';
import { floorNear } from './ground';
import { compose, type Piece, type Relief } from './relief';
import type { Reading } from './index';

/** Least distance in nearness between a layer and the one below it. */
const APART = 0.06;

/** The stage is the board's own reading; each upper sheet stands where its lower end touches the floor, in front of the sheets below. */
export function layeredRelief(board: BoardPicture, reading: Reading, sheets: readonly DrawnSheet[]): Relief {
  const s = reading.study;
  const { width, height } = s;
  const stage = reading.relief.kind === 'blank' ? reading.relief.stage : floor(width, height);
  const labels = new Uint16Array(width * height);
  const pieces: Piece[] = [];
  let below = 0;
  sheets.forEach((sheet, k) => {
    if (k === 0) return;
    const alpha = alphaAt(board, sheet.rgba, s);
    let foot = 0;
    for (let i = 0; i < alpha.length; i++) {
      if (alpha[i]! < 128) continue;
      labels[i] = k;
      foot = Math.floor(i / width);
    }
    const standing = floorNear(foot >= height - 2 ? 1.1 * height : foot, 0.4 * height, height);
    below = Math.min(1, Math.max(standing, below + APART));
    pieces.push({ label: k, near: below });
  });
  return { kind: reading.relief.kind, width, height, labels, pieces, stage, near: compose(labels, pieces, stage) };
}

function floor(width: number, height: number): Float32Array {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) out.fill(floorNear(y, 0.4 * height, height), y * width, (y + 1) * width);
  return out;
}
