/** The relief of one sheet: smooth over all of it, so that moving the camera bends nothing and tears nothing. */
import { boxBlur } from '../raster/morphology';
import { pullPush } from '../raster/pull-push';
import { bilinear } from '../raster/resample';
import type { Relief } from '../relief/relief';
import type { Canvas } from './canvas';
import type { Split } from './split';

/** Pixels of the picture for one of its relief. */
export const RELIEF_STEP = 4;

export interface SheetRelief {
  readonly width: number;
  readonly height: number;
  readonly near: Float32Array;
}

/** Nearness of the stage over the whole picture. */
export const stageRelief = (canvas: Canvas, relief: Relief): SheetRelief =>
  spread(canvas, relief, boxBlur(relief.stage, relief.width, relief.height, 1));

/** Nearness of the pieces of sheet `k`, carried on smoothly beyond them. */
export function pieceRelief(canvas: Canvas, relief: Relief, split: Split, k: number): SheetRelief {
  const { width, height } = relief;
  const near = relief.near.slice();
  const weights = Float32Array.from(relief.labels, (l) => (l > 0 && split.sheetOf[l] === k ? 1 : 0));
  pullPush(near, weights, width, height, 1);
  return spread(canvas, relief, boxBlur(near, width, height, Math.round(width / 160)));
}

/** A map at study size read at the picture's relief size; in margins and bars the nearest value goes on. */
function spread(canvas: Canvas, relief: Relief, map: Float32Array): SheetRelief {
  const width = Math.ceil(canvas.width / RELIEF_STEP);
  const height = Math.ceil(canvas.height / RELIEF_STEP);
  const near = new Float32Array(width * height);
  const columns = positions(canvas.studyX, width);
  const rows = positions(canvas.studyY, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      near[y * width + x] = bilinear(map, relief.width, relief.height, columns[x]!, rows[y]!);
    }
  }
  return { width, height, near };
}

/** Study coordinate at the middle of each relief sample; bars take the nearest column that shows the board. */
function positions(study: Int32Array, count: number): Float32Array {
  const first = study.findIndex((v) => v >= 0);
  const last = study.lastIndexOf(study.reduce((most, v) => Math.max(most, v), 0));
  const at = (i: number): number => study[Math.min(last, Math.max(first, i))]!;
  return Float32Array.from({ length: count }, (_, i) => {
    const middle = i * RELIEF_STEP + RELIEF_STEP / 2 - 0.5;
    const low = Math.floor(middle);
    return (at(low - 1) + at(low) + at(low + 1) + at(low + 2)) / 4;
  });
}
