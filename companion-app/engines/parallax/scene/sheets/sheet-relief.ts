/** The relief of one sheet: smooth over all of it, so that moving the camera bends nothing and tears nothing. */
import { pullPush } from '../raster/pull-push';
import type { Relief } from '../relief/relief';
import type { Canvas } from './canvas';
import { smoothRead } from './relief-graph';
import type { Split } from './split';

/** Pixels of the picture for one of its relief. */
export const RELIEF_STEP = 4;

export interface SheetRelief {
  readonly width: number;
  readonly height: number;
  readonly near: Float32Array;
}

/** Nearness of the stage over the whole picture. */
export const stageRelief = (canvas: Canvas, relief: Relief): Promise<SheetRelief> =>
  spread(canvas, relief, relief.stage, 1);

/** Nearness of the pieces of sheet `k`, carried on smoothly beyond them. */
export function pieceRelief(canvas: Canvas, relief: Relief, split: Split, k: number): Promise<SheetRelief> {
  const { width, height, labels } = relief;
  const near = relief.near.slice();
  const weights = new Float32Array(labels.length);
  for (let i = 0; i < weights.length; i++) if (labels[i]! > 0 && split.sheetOf[labels[i]!] === k) weights[i] = 1;
  pullPush(near, weights, width, height, 1);
  return spread(canvas, relief, near, Math.round(width / 160));
}

/** A map at study size, smoothed and read at the picture's relief size; in margins and bars the nearest value goes on. */
async function spread(canvas: Canvas, relief: Relief, values: Float32Array, radius: number): Promise<SheetRelief> {
  const width = Math.ceil(canvas.width / RELIEF_STEP);
  const height = Math.ceil(canvas.height / RELIEF_STEP);
  const map = { width: relief.width, height: relief.height, values };
  const [columns, rows] = [positions(canvas.studyX, width), positions(canvas.studyY, height)];
  return { width, height, near: await smoothRead(map, radius, columns, rows) };
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
