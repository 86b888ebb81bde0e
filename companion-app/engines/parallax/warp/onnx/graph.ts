/**
 * The warp as an ONNX graph (opset 16): for every sheet, source positions on a coarse grid, one gather at full size, drawn
 * over the sheets below. Sizes of the frame are dynamic; pictures and relief are part of the graph, so that a graphics card
 * keeps them.
 */
import { GraphBuilder, type Value } from '../../../../inference';
import { CELL } from '../grid';

/** A sheet for the graph: planes of premultiplied colour and alpha (0 … 255), and its relief (inverse distance). */
export interface GraphSheet {
  readonly width: number;
  readonly height: number;
  /** [4, height, width] */
  readonly planes: Float32Array;
  readonly reliefWidth: number;
  readonly reliefHeight: number;
  readonly relief: Float32Array;
  readonly nearest: number;
  readonly farthest: number;
}

/** Tries along each line of sight, and refinements of the crossing found. */
const TRIES = 32;
const REFINEMENTS = 2;

/** Offsets of the numbers in the input `camera`. */
export const CAMERA = {
  rotation: 0,
  focal: 9,
  x: 10,
  y: 11,
  z: 12,
  shiftA: 13,
  shiftB: 14,
  lens: 15,
  scaleX: 16,
  scaleY: 17,
  length: 18,
} as const;

/**
 * Inputs:
 * - `camera` [18], see CAMERA; scaleX and scaleY turn frame widths into the pictures' half-widths and half-heights;
 * - `shifts` [sheets, 2]: how far each sheet has moved by itself, in half-widths and half-heights of its picture;
 * - `columns` [1, 1, cells across + 1], `rows` [1, cells down + 1, 1]: frame positions of the grid, in widths;
 * Output `packed` [1, 1, 4·cells down, 4·cells across] (the frame and up to three pixels beyond it): red·65536 + green·256 + blue, exact in 32-bit floats.
 *
 * @param samples 1, or 2 to average 2×2 positions per pixel where the picture is made smaller
 */
export function warpGraph(sheets: readonly GraphSheet[], samples: 1 | 2): Uint8Array {
  const g = new GraphBuilder('parallax', 16);
  const camera = g.input('camera', 'float', [CAMERA.length]);
  const shifts = g.input('shifts', 'float', [sheets.length, 2]);
  const columns = g.input('columns', 'float', [1, 1, 'columns']);
  const rows = g.input('rows', 'float', [1, 'rows', 1]);
  const number = (i: number): Value => g.op('Slice', [camera, g.integers([i]), g.integers([i + 1])]);
  const scalar = (i: number): Value => g.op('Reshape', [number(i), g.integers([1, 1, 1])]);

  const turned = (line: number): Value =>
    g.add(
      g.add(g.mul(scalar(3 * line), columns), g.mul(scalar(3 * line + 1), rows)),
      g.mul(scalar(3 * line + 2), scalar(CAMERA.focal)),
    );
  const depth = turned(2);
  const a = g.add(g.div(turned(0), depth), scalar(CAMERA.shiftA));
  const b = g.add(g.div(turned(1), depth), scalar(CAMERA.shiftB));
  const start = (value: Value, scale: number) => g.mul(g.mul(value, scalar(CAMERA.lens)), scalar(scale));
  const along = (value: Value, axis: number, scale: number) =>
    g.mul(g.sub(scalar(axis), g.mul(scalar(CAMERA.z), value)), scalar(scale));
  const pair = (x: Value, y: Value): Value =>
    g.op('Concat', [g.op('Unsqueeze', [x, g.integers([3])]), g.op('Unsqueeze', [y, g.integers([3])])], { axis: 3 });
  /** [1, rows, columns, 2]: where a line of sight starts on the picture (relief 0), and its way for one unit of relief. */
  const origin = pair(start(a, CAMERA.scaleX), start(b, CAMERA.scaleY));
  const way = pair(along(a, CAMERA.x, CAMERA.scaleX), along(b, CAMERA.y, CAMERA.scaleY));

  const picture = sheets.reduce<Value | undefined>((below, sheet, i) => {
    const shift = g.op('Slice', [shifts, g.integers([i]), g.integers([i + 1]), g.integers([0])]);
    const grid = fullGrid(g, meet(g, sheet, g.sub(origin, shift), way), samples);
    const planes = g.floats(sheet.planes, [1, 4, sheet.height, sheet.width]);
    const read = g.op('GridSample', [planes, grid], { mode: 'bicubic', padding_mode: 'border', align_corners: 0 });
    const sampled = samples === 1 ? read : g.op('AveragePool', [read], { kernel_shape: [2, 2], strides: [2, 2] });
    return below ? over(g, sampled, below) : channels(g, sampled, 0, 3);
  }, undefined);
  if (!picture) throw new RangeError('a scene has at least one sheet');

  const limited = g.op('Clip', [g.op('Floor', [g.add(picture, g.scalar(0.5))]), g.scalar(0), g.scalar(255)]);
  const packed = g.add(
    g.add(g.mul(channels(g, limited, 0, 1), g.scalar(65536)), g.mul(channels(g, limited, 1, 2), g.scalar(256))),
    channels(g, limited, 2, 3),
  );
  g.output(packed, 'packed', 'float', [1, 1, 'height', 'width']);
  return g.build();
}

function channels(g: GraphBuilder, value: Value, from: number, to: number): Value {
  return g.op('Slice', [value, g.integers([from]), g.integers([to]), g.integers([1])]);
}

function over(g: GraphBuilder, source: Value, below: Value): Value {
  const alpha = g.op('Clip', [channels(g, source, 3, 4), g.scalar(0), g.scalar(255)]);
  const through = g.sub(g.scalar(1), g.mul(alpha, g.scalar(1 / 255)));
  return g.add(channels(g, source, 0, 3), g.mul(below, through));
}

/** [1, rows, columns, 2]: where each line of sight first meets the sheet, coming from the camera. */
function meet(g: GraphBuilder, sheet: GraphSheet, origin: Value, way: Value): Value {
  const relief = g.floats(sheet.relief, [1, 1, sheet.reliefHeight, sheet.reliefWidth]);
  const look = (grid: Value): Value =>
    g.op('GridSample', [relief, grid], { mode: 'bilinear', padding_mode: 'border', align_corners: 0 });
  // A hair beyond either end, so that the first try is never below the sheet and the last never above it.
  const spare = 1e-4 * Math.max(1e-3, sheet.nearest - sheet.farthest) + 1e-6;
  const nearest = sheet.nearest + spare;
  const step = (nearest - sheet.farthest + spare) / (TRIES - 1);
  const tries = g.floats(
    Float32Array.from({ length: TRIES }, (_, k) => nearest - k * step),
    [TRIES, 1, 1, 1],
  );
  const positions = g.add(origin, g.mul(tries, way));
  // Zeros keep a dimension, −1 takes what is left: sizes stay dynamic without a node that only the CPU can run.
  const tall = g.op('Reshape', [positions, g.integers([1, -1, 0, 2])]);
  const seen = g.op('Reshape', [g.op('Squeeze', [look(tall), g.integers([0])]), g.integers([TRIES, -1, 0])]);
  const gaps = g.sub(g.op('Reshape', [tries, g.integers([TRIES, 1, 1])]), seen);

  // The first try at or below the sheet, and the one before it.
  const order = g.floats(
    Float32Array.from({ length: TRIES }, (_, k) => k),
    [TRIES, 1, 1],
  );
  const met = g.op('Where', [g.op('LessOrEqual', [gaps, g.scalar(0)]), order, g.scalar(TRIES - 1)]);
  const index = g.op('ReduceMin', [met], { axes: [0], keepdims: 1 });
  const before = g.op('Relu', [g.sub(index, g.scalar(1))]);
  const gapAt = (which: Value) =>
    g.op('ReduceSum', [g.op('Where', [g.op('Equal', [order, which]), gaps, g.scalar(0)]), g.integers([0])], {
      keepdims: 1,
    });
  const reliefAt = (which: Value) => g.sub(g.scalar(nearest), g.mul(which, g.scalar(step)));
  let [above, below] = [reliefAt(before), reliefAt(index)];
  let [gapAbove, gapBelow] = [gapAt(before), gapAt(index)];
  const tiny = g.scalar(1e-9);
  const crossing = () => {
    const t = g.op('Clip', [g.div(gapAbove, g.op('Max', [g.sub(gapAbove, gapBelow), tiny])), g.scalar(0), g.scalar(1)]);
    return g.add(above, g.mul(g.sub(below, above), t));
  };
  const at = (w: Value) => g.add(origin, g.mul(g.op('Unsqueeze', [w, g.integers([3])]), way));
  for (let i = 0; i < REFINEMENTS; i++) {
    const w = crossing();
    const gap = g.sub(w, g.op('Squeeze', [look(at(w)), g.integers([1])]));
    const over = g.op('LessOrEqual', [gap, g.scalar(0)]);
    [above, gapAbove] = [g.op('Where', [over, above, w]), g.op('Where', [over, gapAbove, gap])];
    [below, gapBelow] = [g.op('Where', [over, w, below]), g.op('Where', [over, gap, gapBelow])];
  }
  return at(crossing());
}

/** The coarse grid interpolated to every pixel (or to 2×2 positions a pixel). */
function fullGrid(g: GraphBuilder, coarse: Value, samples: 1 | 2): Value {
  const planes = g.op('Transpose', [coarse], { perm: [0, 3, 1, 2] });
  const factor = CELL * samples;
  const fine = g.op('Resize', [planes, undefined, g.floats([1, 1, factor, factor], [4])], {
    mode: 'linear',
    coordinate_transformation_mode: 'asymmetric',
  });
  // The last column and row of the coarse grid have no neighbour beyond them; only their first position is real.
  const cropped = g.op('Slice', [fine, g.integers([0, 0]), g.integers([-factor, -factor]), g.integers([2, 3])]);
  return g.op('Transpose', [cropped], { perm: [0, 2, 3, 1] });
}
