/** Board → scene: relief, sheets cut along the drawing, a clean plate behind them, margins for the camera. */
import type { BuildScene, Scene, SceneLayer, SceneOptions } from './scene';
import type { BoardPicture } from '../../engine';
import { layOut } from './layout';
import { readBoard, type Reading } from './relief';
import { drawCanvas, type Canvas } from './sheets/canvas';
import { steepness, strokeDepth, strokePeaks } from './sheets/cost';
import { liftPaint, liftStrokes, paintLift } from './sheets/lift';
import { cutSheets } from './sheets/matte';
import { cleanPlate } from './sheets/plate';
import { pieceRelief, stageRelief, type SheetRelief } from './sheets/sheet-relief';
import { splitPieces } from './sheets/split';

export type { BuildScene, Scene, SceneLayer, SceneOptions } from './scene';

/** Depth of stroke above which a pixel is no source for the plate. */
const STROKE = 8;

/** Builds the scene of a board by reading the drawing itself. */
export const buildScene: BuildScene = async (board, options, signal) => {
  signal.throwIfAborted();
  const reading = readBoard(board);
  await breathe(signal);
  return cutScene(board, reading, options, signal);
};

/** Lets timers and messages through between the heavy steps, and ends the work when it is no longer wanted. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

async function cutScene(
  board: BoardPicture,
  reading: Reading,
  options: SceneOptions,
  signal: AbortSignal,
): Promise<Scene> {
  const { relief, ink } = reading;
  const layout = layOut(board.width, board.height, options);
  const line = relief.kind !== 'tone';
  const bar: readonly [number, number, number] = line ? [ink.paper, ink.paper, ink.paper] : [255, 255, 255];
  const canvas = drawCanvas(board, relief, layout, line ? ink : undefined, bar);
  const split = splitPieces(relief);
  const cost = line ? strokeDepth(canvas, ink) : steepness(canvas);
  await breathe(signal);
  const scale = layout.boardWidth / relief.width;
  const cut = cutSheets(canvas, relief, split, cost, line ? 2.5 : 5, line ? strokePeaks(relief, ink) : undefined);
  const hole = new Uint8Array(canvas.width * canvas.height);
  const front: SceneLayer[] = [];
  for (let k = 1; k <= split.sheets; k++) {
    await breathe(signal);
    const lift = line ? liftStrokes(canvas, cut, k, cost, Math.ceil(4 * scale)) : liftPaint(canvas, cut, k);
    for (let i = 0; i < hole.length; i++) if (lift.alpha[i]! > 0) hole[i] = 1;
    front.push(layer(`sheet ${k}`, canvas, paintLift(canvas, lift), pieceRelief(canvas, relief, split, k)));
  }
  await breathe(signal);
  const plate = cleanPlate(canvas, hole, Math.ceil(line ? scale : 1.5 * scale), line ? cost : undefined, STROKE);
  return {
    boardWidth: layout.frameWidth,
    boardHeight: layout.frameHeight,
    margin: { x: layout.marginX, y: layout.marginY },
    layers: [layer('backdrop', canvas, plate, stageRelief(canvas, relief)), ...front],
    warnings: [],
  };
}

function layer(name: string, canvas: Canvas, rgba: Uint8Array, relief: SheetRelief): SceneLayer {
  return {
    name,
    width: canvas.width,
    height: canvas.height,
    rgba,
    reliefWidth: relief.width,
    reliefHeight: relief.height,
    near: relief.near,
  };
}
