/** The stage without what moves on it. */
import { pullPush } from '../../parallax/scene/raster/pull-push';
import type { Drawing, Picture } from './drawing';
import type { Matrix } from './geometry';
import { busy } from './sheets';
import type { Side } from './sides';

/**
 * This board with its moving pieces taken out: what lies behind them is read off the other board where it shows the stage
 * there, else continued from around. `toOther` leads from this board's study to the other's; `areas` are the pieces'.
 */
export function plateOf(
  picture: Picture,
  side: Side,
  other: Picture,
  otherSide: Side,
  toOther: Matrix,
  areas: Float64Array,
): Picture {
  const d = side.drawing;
  const gone = busy(side);
  const there = busy(otherSide);
  const filled = fill(d, gone);
  const rgb = picture.rgb.slice();
  const { width, height } = picture;
  const fx = width / d.width;
  const fy = height / d.height;
  for (let y = 0; y < height; y++) {
    const v = (y + 0.5) / fy - 0.5;
    const sy = Math.min(d.height - 1, Math.max(0, Math.round(v)));
    for (let x = 0; x < width; x++) {
      const u = (x + 0.5) / fx - 0.5;
      const sx = Math.min(d.width - 1, Math.max(0, Math.round(u)));
      const s = sy * d.width + sx;
      if (!gone[s]) continue;
      const to = 3 * (y * width + x);
      const qx = toOther.a * u - toOther.b * v + toOther.e;
      const qy = toOther.b * u + toOther.a * v + toOther.f;
      const ox = Math.round(qx);
      const oy = Math.round(qy);
      const seen = ox >= 0 && oy >= 0 && ox < otherSide.drawing.width && oy < otherSide.drawing.height;
      if (seen && !there[oy * otherSide.drawing.width + ox]) {
        const px = Math.min(other.width - 1, Math.max(0, Math.round((qx + 0.5) * fx - 0.5)));
        const py = Math.min(other.height - 1, Math.max(0, Math.round((qy + 0.5) * fy - 0.5)));
        const from = 3 * (py * other.width + px);
        for (let c = 0; c < 3; c++) rgb[to + c] = other.rgb[from + c]!;
      } else if (seen && side.owner[s]! > 0 && otherSide.owner[oy * otherSide.drawing.width + ox]! > 0) {
        // Something moves over this place on both boards: what shows between its parts is the larger, which lies behind.
        const o = oy * otherSide.drawing.width + ox;
        const here = areas[side.owner[s]!]! >= areas[otherSide.owner[o]!]!;
        for (let c = 0; c < 3; c++) rgb[to + c] = here ? d.tone[3 * s + c]! : otherSide.drawing.tone[3 * o + c]!;
      } else for (let c = 0; c < 3; c++) rgb[to + c] = filled[3 * s + c]!;
    }
  }
  return { width, height, rgb };
}

function fill(d: Drawing, gone: Uint8Array): Uint8Array {
  const values = Float32Array.from(d.tone);
  const weights = new Float32Array(gone.length);
  for (let i = 0; i < gone.length; i++) weights[i] = gone[i] || d.ink[i] ? 0 : 1;
  pullPush(values, weights, d.width, d.height, 3);
  return Uint8Array.from(values, (v) => Math.min(255, Math.max(0, Math.round(v))));
}
