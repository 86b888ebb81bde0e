/** The stage without what moves on it. */
import { pullPush } from '../../parallax/scene/raster/pull-push';
import type { Picture } from './drawing';
import type { Matrix } from './geometry';
import { bare, behind, tintAt, type Tint } from './recolour';
import { busy } from './sheets';
import type { Side } from './side';

export interface Plate extends Picture {
  /** What its red, green and blue change by until the other board; absent where they stay. */
  readonly change?: Int16Array;
}

/** How pieces lie half way, seen from one board's study, and how large they are. */
export interface Middle {
  /** From the picture half way back to this board, for every piece. */
  readonly back: readonly Matrix[];
  readonly areas: Float64Array;
}

/**
 * This board with its moving pieces taken out: what lies behind them is read off the other board where it shows the stage
 * there, else continued from around. `toOther` leads from this board's study to the other's.
 */
export function plateOf(
  picture: Picture,
  side: Side,
  other: Picture,
  otherSide: Side,
  toOther: Matrix,
  middle: Middle,
  tints?: { readonly own: Tint; readonly other: Tint },
): Plate {
  const d = side.drawing;
  const gone = busy(side);
  const there = busy(otherSide);
  const fill = fillOf(side, otherSide, gone, toOther, middle);
  const rgb = picture.rgb.slice();
  const { width, height } = picture;
  const fx = width / d.width;
  const fy = height / d.height;
  const change = tints && new Int16Array(rgb.length);
  const stage = tints && behind(tints.own, gone, side);
  for (let y = 0; y < height; y++) {
    const v = (y + 0.5) / fy - 0.5;
    const sy = Math.min(d.height - 1, Math.max(0, Math.round(v)));
    for (let x = 0; x < width; x++) {
      const u = (x + 0.5) / fx - 0.5;
      const sx = Math.min(d.width - 1, Math.max(0, Math.round(u)));
      const to = 3 * (y * width + x);
      if (change) {
        const share = gone[sy * d.width + sx] ? 1 : bare(picture.rgb, to, d.tone, 3 * (sy * d.width + sx));
        for (let c = 0; c < 3; c++) change[to + c] = share * tintAt(stage ?? tints.own, d.width, d.height, u, v, c);
      }
      if (!gone[sy * d.width + sx]) continue;
      const qx = toOther.a * u - toOther.b * v + toOther.e;
      const qy = toOther.b * u + toOther.a * v + toOther.f;
      const o = placeIn(otherSide, qx, qy);
      if (o >= 0 && !there[o]) {
        const px = Math.min(other.width - 1, Math.max(0, Math.round((qx + 0.5) * fx - 0.5)));
        const py = Math.min(other.height - 1, Math.max(0, Math.round((qy + 0.5) * fy - 0.5)));
        const from = 3 * (py * other.width + px);
        for (let c = 0; c < 3; c++) rgb[to + c] = other.rgb[from + c]!;
        if (change) {
          // The other board's picture, brought back to this one's tone.
          const share = bare(other.rgb, from, otherSide.drawing.tone, 3 * o);
          for (let c = 0; c < 3; c++) {
            const by = share * tintAt(tints.other, otherSide.drawing.width, otherSide.drawing.height, qx, qy, c);
            rgb[to + c] = Math.min(255, Math.max(0, Math.round(rgb[to + c]! + by)));
            change[to + c] = -by;
          }
        }
      } else smooth(fill, d.width, d.height, u, v, rgb, to);
    }
  }
  return { width, height, rgb, ...(change ? { change } : {}) };
}

/** What is seen where neither board shows the stage: the piece that is there all the way, else the stage around. */
function fillOf(side: Side, otherSide: Side, gone: Uint8Array, toOther: Matrix, middle: Middle): Float32Array {
  const { drawing: d, owner } = side;
  const values = Float32Array.from(d.tone);
  const weights = new Float32Array(gone.length);
  for (let i = 0; i < gone.length; i++) weights[i] = gone[i] || d.ink[i] ? 0 : 1;
  pullPush(values, weights, d.width, d.height, 3);
  for (let i = 0; i < gone.length; i++) {
    if (!gone[i]) continue;
    const x = i % d.width;
    const y = (i - x) / d.width;
    const o = placeIn(otherSide, toOther.a * x - toOther.b * y + toOther.e, toOther.b * x + toOther.a * y + toOther.f);
    if (o < 0) continue;
    const [here, there] = [owner[i]!, otherSide.owner[o]!];
    if (here === 0 || there === 0) continue;
    const mine = middle.areas[here]! >= middle.areas[there]!;
    if (!liesThere(side, here, x, y, middle) && !liesThere(side, there, x, y, middle)) continue;
    const tone = mine ? d.tone : otherSide.drawing.tone;
    for (let c = 0; c < 3; c++) values[3 * i + c] = tone[3 * (mine ? i : o) + c]!;
  }
  return values;
}

/** Places looked at around one, so that seams between pieces are covered (pixels of 640). */
const AROUND = [
  [0, 0],
  [3, 0],
  [-3, 0],
  [0, 3],
  [0, -3],
] as const;

/** True when half way a piece covers a place. */
function liesThere({ drawing, owner }: Side, piece: number, x: number, y: number, { back }: Middle): boolean {
  const m = back[piece]!;
  const px = Math.round(m.a * x - m.b * y + m.e);
  const py = Math.round(m.b * x + m.a * y + m.f);
  if (px < 0 || py < 0 || px >= drawing.width || py >= drawing.height) return false;
  for (const [dx, dy] of AROUND) {
    const nx = Math.min(drawing.width - 1, Math.max(0, Math.round(px + dx * drawing.unit)));
    const ny = Math.min(drawing.height - 1, Math.max(0, Math.round(py + dy * drawing.unit)));
    if (owner[ny * drawing.width + nx] === piece) return true;
  }
  return false;
}

function placeIn({ drawing }: Side, x: number, y: number): number {
  const px = Math.round(x);
  const py = Math.round(y);
  return px < 0 || py < 0 || px >= drawing.width || py >= drawing.height ? -1 : py * drawing.width + px;
}

function smooth(
  map: Float32Array,
  width: number,
  height: number,
  u: number,
  v: number,
  out: Uint8Array,
  to: number,
): void {
  const x = Math.min(width - 1, Math.max(0, u));
  const y = Math.min(height - 1, Math.max(0, v));
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
  const [fx, fy] = [x - x0, y - y0];
  for (let c = 0; c < 3; c++) {
    const top = map[3 * (y0 * width + x0) + c]! * (1 - fx) + map[3 * (y0 * width + x1) + c]! * fx;
    const low = map[3 * (y1 * width + x0) + c]! * (1 - fx) + map[3 * (y1 * width + x1) + c]! * fx;
    out[to + c] = Math.min(255, Math.max(0, top + (low - top) * fy + 0.5));
  }
}
