/** Surfaces that are the same on both boards but for their tone: a shirt that darkens, a wall at dusk. */
import { pullPush } from '../../parallax/scene/raster/pull-push';
import { inverse, type Matrix } from './geometry';
import type { Side } from './side';
import { toneGap } from './tone';

/** How each pixel of a side's study changes until the other board: red, green and blue, grey levels. */
export type Tint = Float32Array;

export interface Tints {
  readonly a: Tint;
  readonly b: Tint;
}

/** Smaller changes are the scanner's. */
const LEAST_GAP = 2.5;
/** Share of each of two surfaces that must lie on the other. */
const SAME = 0.6;

/**
 * Finds them, takes them off what is lost, and says how their tone goes; undefined where no tone changes. Changes owners of
 * the second board, so that such a surface goes with its like.
 */
export function findTints(a: Side, b: Side, moves: readonly Matrix[]): Tints | undefined {
  const back = moves.map(inverse);
  const da = new Float32Array(3 * a.drawing.facts.length);
  const db = new Float32Array(3 * b.drawing.facts.length);
  let any = false;
  for (let i = 1; i < a.drawing.facts.length; i++) {
    const k = ownerOf(a, i);
    const j = landing(a, b, i, moves[k]!);
    if (j === 0 || landing(b, a, j, back[k]!) !== i) continue;
    const [from, to] = [a.drawing.facts[i]!.tone, b.drawing.facts[j]!.tone];
    if (toneGap(from, to) < LEAST_GAP) continue;
    any = true;
    for (let c = 0; c < 3; c++) {
      da[3 * i + c] = to[c]! - from[c]!;
      db[3 * j + c] = from[c]! - to[c]!;
    }
    keep(a, i, k);
    keep(b, j, k);
  }
  return any ? { a: spread(a, da), b: spread(b, db) } : undefined;
}

function ownerOf({ drawing, owner }: Side, region: number): number {
  const counts = new Map<number, number>();
  for (const at of drawing.facts[region]!.inside) counts.set(owner[at]!, (counts.get(owner[at]!) ?? 0) + 1);
  return [...counts].sort((p, q) => q[1] - p[1] || p[0] - q[0])[0]?.[0] ?? 0;
}

function landing(from: Side, to: Side, region: number, m: Matrix): number {
  const { width } = from.drawing;
  const { width: w, height: h } = to.drawing;
  const { inside } = from.drawing.facts[region]!;
  const hits = new Map<number, number>();
  for (const at of inside) {
    const x0 = at % width;
    const y0 = (at - x0) / width;
    const x = Math.round(m.a * x0 - m.b * y0 + m.e);
    const y = Math.round(m.b * x0 + m.a * y0 + m.f);
    if (x < 0 || y < 0 || x >= w || y >= h) continue;
    const label = to.drawing.regions[y * w + x]!;
    if (label > 0) hits.set(label, (hits.get(label) ?? 0) + 1);
  }
  const [best] = [...hits].sort((p, q) => q[1] - p[1] || p[0] - q[0]);
  return best && best[1] >= SAME * inside.length ? best[0] : 0;
}

function keep({ drawing, owner, lost }: Side, region: number, piece: number): void {
  for (let i = 0; i < owner.length; i++) {
    if (drawing.regions[i] !== region) continue;
    owner[i] = piece;
    lost[i] = 0;
  }
}

/** Strokes lie between surfaces: their own tone stays, only what shines through them goes with the nearest surface. */
function spread({ drawing: { cells } }: Side, deltas: Float32Array): Tint {
  const tint = new Float32Array(3 * cells.length);
  for (let i = 0; i < cells.length; i++) for (let c = 0; c < 3; c++) tint[3 * i + c] = deltas[3 * cells[i]! + c]!;
  return tint;
}

/** The tint of what lies behind: that of the stage where it is seen, continued from around where it is not (1 in `gone`). */
export function behind(tint: Tint, gone: Uint8Array, { drawing: d }: Side): Tint {
  const out = tint.slice();
  const weights = new Float32Array(gone.length);
  for (let i = 0; i < gone.length; i++) weights[i] = gone[i] || d.ink[i] ? 0 : 1;
  pullPush(out, weights, d.width, d.height, 3);
  return out;
}

/** Strokes of which less than this part of the tone is left do not change. */
const STROKE = 0.2;

/** Of a pixel's tint the part that it takes: all on the bare surface, none on a stroke. `tone` is the surface's own. */
export function bare(rgb: Uint8Array, at: number, tone: Uint8Array, under: number): number {
  let most = 0;
  for (let c = 0; c < 3; c++) most = Math.max(most, rgb[at + c]! / Math.max(8, tone[under + c]!));
  return Math.min(1, Math.max(0, (most - STROKE) / (1 - STROKE)));
}

/** The tint at a place of the study, between its pixels. */
export function tintAt(tint: Tint, width: number, height: number, u: number, v: number, c: number): number {
  const x = Math.min(width - 1, Math.max(0, u));
  const y = Math.min(height - 1, Math.max(0, v));
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
  const top = tint[3 * (y0 * width + x0) + c]! * (1 - x + x0) + tint[3 * (y0 * width + x1) + c]! * (x - x0);
  const low = tint[3 * (y1 * width + x0) + c]! * (1 - x + x0) + tint[3 * (y1 * width + x1) + c]! * (x - x0);
  return top + (low - top) * (y - y0);
}

/** A picture part of the way: `step` values a pixel, of which the first three change. */
export function tinted(pixels: Uint8Array, change: Int16Array, part: number, step: 3 | 4): Uint8Array {
  const out = pixels.slice();
  for (let i = 0, p = 0; p < out.length; i += 3, p += step) {
    for (let c = 0; c < 3; c++) {
      const d = change[i + c]!;
      if (d === 0) continue;
      const most = step === 4 ? pixels[p + 3]! : 255;
      out[p + c] = Math.min(most, Math.max(0, Math.round(pixels[p + c]! + part * d)));
    }
  }
  return out;
}
