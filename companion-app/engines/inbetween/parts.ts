/** Parts of a held board that move by themselves: cut out as the parallax engine does, the background healed behind them. */
import type { MotionRegion, Shot } from '../../../shared/shot';
import type { BoardPicture } from '../engine';
import { regionShift } from '../parallax/camera/region';
import { buildScene } from '../parallax/scene';
import type { Scene, SceneLayer } from '../parallax/scene/scene';
import { layBoard, type FrameSpace } from './boards';
import type { Picture } from './morph';

export interface Parts {
  /** The picture of a board at a frame; good until the next is asked for. */
  at(frame: number): Picture;
}

/** The regions of each shown board: those that start while it is shown, or before the shot begins. */
export function regionsByBoard(shot: Shot, boards: readonly BoardPicture[]): readonly (readonly MotionRegion[])[] {
  const regions = (shot.regions ?? []).filter((region) => region.to > 0 && region.from < shot.frames);
  const boardOf = (frame: number): number => boards.reduce((last, { at }, i) => (at <= frame ? i : last), 0);
  return boards.map((_, i) => regions.filter((region) => boardOf(Math.max(0, region.from)) === i));
}

/** Cuts a board's regions out. */
export async function partsOf(
  board: BoardPicture,
  regions: readonly MotionRegion[],
  space: FrameSpace,
  { seed, signal, warn }: { seed: number; signal: AbortSignal; warn: (sentence: string) => void },
): Promise<Parts> {
  const { size, fit, detail: tightest } = space;
  const scene = await buildScene(board, { size, fit, seed, tightest, overscan: { x: 0, y: 0 }, regions }, signal);
  scene.warnings.forEach(warn);
  const still = layBoard(board, space);
  const frame: Picture = { width: scene.boardWidth, height: scene.boardHeight, rgb: new Uint8Array(still.rgb.length) };
  const sheets = merged(scene.layers);
  const ways = new Map(regions.map((region) => [region.id, region]));
  return {
    at: (moment) => {
      const shifts = sheets.map(({ region }) => {
        const way = region === undefined ? undefined : ways.get(region);
        return way ? inPixels(regionShift(way, moment), scene) : NOWHERE;
      });
      if (shifts.every(({ x, y }) => x === 0 && y === 0)) return still;
      sheets.forEach((sheet, i) => lay(sheet, shifts[i] ?? NOWHERE, frame));
      return frame;
    },
  };
}

interface Way {
  readonly x: number;
  readonly y: number;
}

const NOWHERE: Way = { x: 0, y: 0 };

/** Paths are measured in parts of the board. */
function inPixels(way: Way, { drawn, boardWidth, boardHeight }: Scene): Way {
  return { x: way.x * (drawn?.width ?? boardWidth), y: way.y * (drawn?.height ?? boardHeight) };
}

interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
  readonly region?: string | undefined;
  /** What of it is not clear. */
  readonly box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
}

/** Neighbouring sheets of which none moves are one. */
function merged(layers: readonly SceneLayer[]): Sheet[] {
  const out: Sheet[] = [];
  for (const { width, height, rgba, region } of layers) {
    const last = out.at(-1);
    const sheet: Sheet = { width, height, rgba, region, box: boxOf(rgba, width) };
    if (!last || region !== undefined || last.region !== undefined) out.push(sheet);
    else out[out.length - 1] = { ...sheet, ...over(last.rgba, rgba, width) };
  }
  return out;
}

/** One straight-alpha picture over another. */
function over(under: Uint8Array, top: Uint8Array, width: number): Pick<Sheet, 'rgba' | 'box'> {
  const rgba = under.slice();
  for (let i = 0; i < top.length; i += 4) {
    const a = top[i + 3]! / 255;
    if (a === 0) continue;
    const below = (rgba[i + 3]! / 255) * (1 - a);
    const whole = a + below;
    for (let c = 0; c < 3; c++) rgba[i + c] = Math.round((top[i + c]! * a + rgba[i + c]! * below) / whole);
    rgba[i + 3] = Math.round(255 * whole);
  }
  return { rgba, box: boxOf(rgba, width) };
}

function boxOf(rgba: Uint8Array, width: number): Sheet['box'] {
  let [x0, y0, x1, y1] = [width, rgba.length, 0, 0];
  for (let i = 3, p = 0; i < rgba.length; i += 4, p++) {
    if (rgba[i] === 0) continue;
    const x = p % width;
    const y = (p - x) / width;
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x + 1);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y + 1);
  }
  return { x0, y0, x1, y1 };
}

/** Lays a sheet over the frame where it has moved to, between pixels too. */
function lay({ width, height, rgba, box }: Sheet, { x: dx, y: dy }: Way, frame: Picture): void {
  const left = Math.floor(dx);
  const top = Math.floor(dy);
  const weights = weightsOf(dx - left, dy - top);
  const whole = dx === left && dy === top;
  const y1 = Math.min(frame.height, box.y1 + top + 1);
  const x1 = Math.min(frame.width, box.x1 + left + 1);
  for (let y = Math.max(0, box.y0 + top); y < y1; y++) {
    for (let x = Math.max(0, box.x0 + left); x < x1; x++) {
      let [r, g, b, a] = [0, 0, 0, 0];
      for (let k = 0; k < (whole ? 1 : 4); k++) {
        const sx = x - left - (k & 1);
        const sy = y - top - (k >> 1);
        if (sx < 0 || sy < 0 || sx >= width || sy >= height) continue;
        const from = 4 * (sy * width + sx);
        const w = (weights[k] ?? 0) * rgba[from + 3]!;
        r += w * rgba[from]!;
        g += w * rgba[from + 1]!;
        b += w * rgba[from + 2]!;
        a += w;
      }
      if (a === 0) continue;
      const to = 3 * (y * frame.width + x);
      const through = 255 - a;
      frame.rgb[to] = (r + through * frame.rgb[to]!) / 255 + 0.5;
      frame.rgb[to + 1] = (g + through * frame.rgb[to + 1]!) / 255 + 0.5;
      frame.rgb[to + 2] = (b + through * frame.rgb[to + 2]!) / 255 + 0.5;
    }
  }
}

/** Of the pixel itself, the one before it in its row, and the two above. */
function weightsOf(fx: number, fy: number): readonly number[] {
  return [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
}
