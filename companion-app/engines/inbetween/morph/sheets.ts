/** Pieces cut out of a board at its full size, with soft edges and without the paper around their strokes. */
import { dilate } from '../../parallax/scene/raster/morphology';
import type { Drawing, Picture } from './drawing';
import { bare, tintAt, type Tint } from './recolour';
import type { Side } from './side';
import { STAYS } from './wipe';

/** A cut-out: premultiplied RGBA and the order in which its lost strokes go, `x, y` its corner on the board. */
export interface Sheet {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
  /** Absent when nothing of it is lost. */
  readonly order?: Uint8Array;
  /** What its red, green and blue change by until the other board; absent where they stay. */
  readonly change?: Int16Array;
}

/** Ring around a piece in which strokes still belong to it, in pixels of 640. */
const FRINGE = 2;

/** Study pixels of a piece that are opaque, and those of which only the stroke is taken. */
export interface Matte {
  readonly solid: Uint8Array;
  readonly fringe: Uint8Array;
}

/** The matte of the pixels that `takes` says belong together. */
export function matteOf(d: Drawing, takes: (at: number) => boolean): Matte | undefined {
  const { width, height, ink } = d;
  const taken = new Uint8Array(ink.length);
  let any = false;
  for (let i = 0; i < taken.length; i++) {
    if (!takes(i)) continue;
    taken[i] = 1;
    any = true;
  }
  if (!any) return undefined;
  const solid = new Uint8Array(ink.length);
  for (let i = 0; i < solid.length; i++) {
    if (!taken[i]) continue;
    const x = i % width;
    const within =
      (x === 0 || taken[i - 1]) &&
      (x === width - 1 || taken[i + 1]) &&
      (i < width || taken[i - width]) &&
      (i + width >= solid.length || taken[i + width]);
    solid[i] = !ink[i] || within ? 255 : 0;
  }
  const fringe = surrounded(taken, width, height, Math.max(1, Math.round(FRINGE * d.unit)));
  for (let i = 0; i < fringe.length; i++) if (ink[i] && !taken[i]) fringe[i] = 0;
  return { solid, fringe };
}

/** A mask and its surroundings: quicker than morphology where the mask is a small part of the picture. */
function surrounded(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const out = mask.map((value) => (value ? 255 : 0));
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const x = i % width;
    const y = (i - x) / width;
    const inner =
      x > 0 &&
      x < width - 1 &&
      y > 0 &&
      y < height - 1 &&
      mask[i - 1] &&
      mask[i + 1] &&
      mask[i - width] &&
      mask[i + width];
    if (inner) continue;
    const [x0, x1] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
    for (let ny = Math.max(0, y - radius); ny <= Math.min(height - 1, y + radius); ny++)
      out.fill(255, ny * width + x0, ny * width + x1);
  }
  return out;
}

export function cutSheet(picture: Picture, d: Drawing, matte: Matte, order: Uint8Array, tint?: Tint): Sheet {
  const box = boxOf(matte.fringe, d.width, d.height);
  const fx = picture.width / d.width;
  const fy = picture.height / d.height;
  const left = Math.max(0, Math.floor((box.x0 - 1) * fx));
  const top = Math.max(0, Math.floor((box.y0 - 1) * fy));
  const width = Math.min(picture.width, Math.ceil((box.x1 + 2) * fx)) - left;
  const height = Math.min(picture.height, Math.ceil((box.y1 + 2) * fy)) - top;
  const rgba = new Uint8Array(4 * width * height);
  const lives = new Uint8Array(width * height).fill(STAYS);
  const change = tint && new Int16Array(3 * width * height);
  let wiped = false;
  let changed = false;
  const row = rowSampler(d.width, d.height);
  for (let y = 0; y < height; y++) {
    const v = (top + y + 0.5) / fy - 0.5;
    const sy = Math.min(d.height - 1, Math.max(0, Math.round(v)));
    for (let x = 0; x < width; x++) {
      const u = (left + x + 0.5) / fx - 0.5;
      const sx = Math.min(d.width - 1, Math.max(0, Math.round(u)));
      const s = sy * d.width + sx;
      const body = edge(row(matte.solid, u, v), fx);
      const stroke = body < 1 ? edge(row(matte.fringe, u, v), fx) : 1;
      if (body === 0 && stroke === 0) continue;
      const to = y * width + x;
      const from = 3 * ((top + y) * picture.width + left + x);
      place(picture.rgb, from, d.tone, 3 * s, body, stroke, rgba, 4 * to);
      if (change && body > 0) {
        const share = body * bare(picture.rgb, from, d.tone, 3 * s);
        for (let c = 0; c < 3; c++) {
          const by = Math.round(share * tintAt(tint, d.width, d.height, u, v, c));
          change[3 * to + c] = by;
          if (by !== 0) changed = true;
        }
      }
      if (order[s] !== STAYS) {
        lives[to] = order[s]!;
        wiped = true;
      }
    }
  }
  return {
    ...{ x: left, y: top, width, height, rgba },
    ...(wiped ? { order: lives } : {}),
    ...(change && changed ? { change } : {}),
  };
}

/** Strokes paler than this are the paper's grain. */
const PALEST = 0.05;

function place(
  rgb: Uint8Array,
  from: number,
  tone: Uint8Array,
  under: number,
  body: number,
  stroke: number,
  rgba: Uint8Array,
  to: number,
): void {
  let alpha = 0;
  if (stroke > 0 && body < 1) {
    for (let c = 0; c < 3; c++) alpha = Math.max(alpha, 1 - rgb[from + c]! / Math.max(8, tone[under + c]!));
    alpha = alpha < PALEST ? 0 : alpha * stroke;
  }
  const whole = body + (1 - body) * alpha;
  for (let c = 0; c < 3; c++) {
    const v = rgb[from + c]!;
    const dark = Math.max(0, v - (1 - alpha / Math.max(stroke, 1e-6)) * tone[under + c]!) * stroke;
    rgba[to + c] = Math.min(255 * whole, body * v + (1 - body) * (alpha > 0 ? dark : 0)) + 0.5;
  }
  rgba[to + 3] = 255 * whole + 0.5;
}

/** A mask's value between its pixels as coverage of a pixel `scale` times as small: an edge half way, one pixel soft. */
function edge(value: number, scale: number): number {
  return Math.min(1, Math.max(0, (value / 255 - 0.5) * Math.max(1, scale) + 0.5));
}

function rowSampler(width: number, height: number): (map: Uint8Array, u: number, v: number) => number {
  return (map, u, v) => {
    const x = Math.min(width - 1, Math.max(0, u));
    const y = Math.min(height - 1, Math.max(0, v));
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const x1 = x0 + 1 < width ? x0 + 1 : x0;
    const y1 = y0 + 1 < height ? y0 + 1 : y0;
    const fx = x - x0;
    const fy = y - y0;
    const a = map[y0 * width + x0]! * (1 - fx) + map[y0 * width + x1]! * fx;
    const b = map[y1 * width + x0]! * (1 - fx) + map[y1 * width + x1]! * fx;
    return a + (b - a) * fy;
  };
}

function boxOf(mask: Uint8Array, width: number, height: number): { x0: number; y0: number; x1: number; y1: number } {
  let [x0, y0, x1, y1] = [width, height, -1, -1];
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const x = i % width;
    const y = (i - x) / width;
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  return { x0, y0, x1, y1 };
}

/** 1 where a side's pixel is one of a moving piece or lost, with the fringe around it. */
export function busy({ drawing, owner, lost }: Side): Uint8Array {
  const mask = new Uint8Array(owner.length);
  for (let i = 0; i < mask.length; i++) mask[i] = owner[i] !== 0 || lost[i] ? 1 : 0;
  const wide = dilate(mask, drawing.width, drawing.height, Math.max(1, Math.round((FRINGE + 1) * drawing.unit)));
  // Strokes of the stage beside a piece stay where they are.
  for (let i = 0; i < wide.length; i++) if (wide[i] && !mask[i] && drawing.ink[i]) wide[i] = 0;
  return wide;
}
