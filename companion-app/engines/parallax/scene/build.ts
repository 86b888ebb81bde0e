/** The steps from a board to its scene. */
import type { BoardPicture } from '../../engine';
import { layOut, type Layout } from './layout';
import { withRegions } from './motion/with-regions';
import type { Reading } from './relief';
import { withEdits } from './relief/edits';
import { layeredRelief } from './relief/layered';
import type { Relief } from './relief/relief';
import type { Scene, SceneLayer, SceneOptions } from './scene';
import { drawCanvas, type Canvas } from './sheets/canvas';
import { continueLines } from './sheets/continue-lines';
import { steepness, strokeDepth, strokePeaks } from './sheets/cost';
import { drawnSheets, placeSheet, type DrawnSheet } from './sheets/drawn-layers';
import { liftPaint, liftStrokes, paintLift } from './sheets/lift';
import { cutSheets } from './sheets/matte';
import { floorOf } from './sheets/floor-of';
import { cleanPlate, continueTexture, widened } from './sheets/plate';
import { pieceRelief, stageRelief, type SheetRelief } from './sheets/sheet-relief';
import { splitPieces } from './sheets/split';
import { extendUnder } from './sheets/under';

/** Depth of stroke above which a pixel is no source for the plate. */
const STROKE = 8;
/** Study pixels a sheet goes on under a nearer one, and half the width of a limb that may be taken out of a body. */
const UNDER = 5;
const BAY = 24;

/** Lets timers and messages through between the heavy steps, and ends the work when it is no longer wanted. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

/** Lays the board out, cuts it into sheets by its relief, or takes the artist's own layers, and fills what was hidden. */
export async function sceneOf(
  board: BoardPicture,
  unedited: Reading,
  options: SceneOptions,
  signal: AbortSignal,
): Promise<Scene> {
  const read = withEdits(unedited, options.reliefEdits ?? []);
  const layout = layOut(board.width, board.height, options);
  const regions = options.regions ?? [];
  // An artist's layers are not cut up further: where parts of the board move by themselves the drawing is read.
  const drawn = regions.length > 0 ? undefined : drawnSheets(board, read.study);
  const { reading, empty } = withRegions(read, regions, board);
  const layers = drawn
    ? await sheetsAsDrawn(board, reading, drawn, layout, signal)
    : await sheetsAsRead(board, reading, layout, options.seed, signal);
  return {
    boardWidth: layout.frameWidth,
    boardHeight: layout.frameHeight,
    margin: { x: layout.marginX, y: layout.marginY },
    drawn: { width: layout.boardWidth, height: layout.boardHeight },
    layers,
    warnings: empty.map((name) => `There is nothing in the region "${name}", so it does not move.`),
  };
}

function canvasOf(board: BoardPicture, reading: Reading, relief: Relief, layout: Layout): Canvas {
  const line = reading.relief.kind !== 'tone';
  const paper = line ? reading.ink.paper : 255;
  return drawCanvas(board, relief, layout, line ? reading.ink : undefined, [paper, paper, paper]);
}

async function sheetsAsRead(
  board: BoardPicture,
  reading: Reading,
  layout: Layout,
  seed: number,
  signal: AbortSignal,
): Promise<SceneLayer[]> {
  const { relief, ink } = reading;
  const line = relief.kind !== 'tone';
  const canvas = canvasOf(board, reading, relief, layout);
  const split = splitPieces(relief);
  const cost = line ? strokeDepth(canvas, ink) : steepness(canvas);
  await breathe(signal);
  const scale = layout.boardWidth / relief.width;
  const cut = cutSheets(canvas, relief, split, cost, line ? 2.5 : 5, line ? strokePeaks(relief, ink) : undefined);
  const grow = Math.ceil(line ? scale : 1.5 * scale);
  const hole = new Uint8Array(canvas.width * canvas.height);
  const moving = new Uint8Array(hole.length);
  const front: SceneLayer[] = [];
  for (let k = split.sheets; k >= 1; k--) {
    await breathe(signal);
    const region = split.regionOf?.get(k);
    const lift = line ? liftStrokes(canvas, cut, k, cost, Math.ceil(4 * scale)) : liftPaint(canvas, cut, k);
    const rgba = paintLift(canvas, lift);
    if (k < split.sheets) {
      // The outer half of a nearer outline is lifted off whole; of a painted edge a trace is left beside it.
      const round = line ? 0 : grow;
      const covered = { by: widened(canvas, hole, round), moving: widened(canvas, moving, round) };
      extendUnder(rgba, canvas, covered, { little: UNDER * scale, bay: BAY * scale }, line ? cost : undefined, STROKE);
    }
    for (let i = 0; i < hole.length; i++) {
      if (lift.alpha[i] === 0) continue;
      hole[i] = 1;
      if (region !== undefined) moving[i] = 1;
    }
    const sheet = layer(`sheet ${k}`, canvas, rgba, await pieceRelief(canvas, relief, split, k));
    front.unshift(region === undefined ? sheet : { ...sheet, region });
  }
  await breathe(signal);
  const wide = widened(canvas, hole, grow);
  const plate = cleanPlate(canvas, wide, line ? cost : undefined, STROKE);
  const plain = continueTexture(plate, wide, canvas, layout, { seed, kind: floorOf(canvas, relief) });
  continueLines(plate, plain, canvas, relief.lines ?? [], relief, layout);
  return [layer('backdrop', canvas, plate, await stageRelief(canvas, relief)), ...front];
}

async function sheetsAsDrawn(
  board: BoardPicture,
  reading: Reading,
  drawn: readonly DrawnSheet[],
  layout: Layout,
  signal: AbortSignal,
): Promise<SceneLayer[]> {
  const relief = layeredRelief(board, reading, drawn);
  const canvas = canvasOf(board, reading, relief, layout);
  const sheetOf = Uint8Array.from({ length: drawn.length }, (_, i) => i);
  const layers: SceneLayer[] = [];
  for (const [k, sheet] of drawn.entries()) {
    await breathe(signal);
    const rgba = placeSheet(board, sheet, layout);
    if (k === 0) layers.push(layer(sheet.name, canvas, opaque(rgba), await stageRelief(canvas, relief)));
    else
      layers.push(
        layer(sheet.name, canvas, rgba, await pieceRelief(canvas, relief, { sheetOf, sheets: drawn.length - 1 }, k)),
      );
  }
  return layers;
}

/** The backmost picture leaves nothing uncovered: bars and whatever the artist left clear are paper. */
function opaque(rgba: Uint8Array): Uint8Array {
  for (let i = 0; i < rgba.length; i += 4) {
    const a = rgba[i + 3]!;
    for (let c = 0; c < 3; c++) rgba[i + c] = Math.round((rgba[i + c]! * a + 255 * (255 - a)) / 255);
    rgba[i + 3] = 255;
  }
  return rgba;
}

function layer(name: string, canvas: Canvas, rgba: Uint8Array, relief: SheetRelief): SceneLayer {
  const { width, height } = canvas;
  return { name, width, height, rgba, reliefWidth: relief.width, reliefHeight: relief.height, near: relief.near };
}
