/** Frames that nothing shuts off, found where the rows and columns of the others go on. */
import { gridOf, stepOf } from './grid';
import type { Mask } from './mask';
import type { Rect } from './page';

/** Lines may waver by so many pixels. */
const BAND = 5;
/** A frame may lie so far from where it is looked for, pixels. */
const ASTRAY = 28;
const STEP = 4;
/** So much of a frame's four sides is drawn, and so much of each of three. */
const DRAWN = { all: 0.55, three: 0.5 } as const;

/** The places and those before and after them at the same distance, as far as they fit into `length`. */
function continued(places: readonly number[], size: number, length: number): number[] {
  const step = stepOf(places);
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0];
  const out = [...places];
  if (step < size) return out;
  for (let at = first - step; at > -ASTRAY; at -= step) out.unshift(Math.max(0, at));
  for (let at = last + step; at + size < length + ASTRAY; at += step) out.push(at);
  return out;
}

/** The part of a side along which there is ink within the band. */
function drawnAlong({ width, height, on }: Mask, fixed: number, from: number, to: number, upright: boolean): number {
  let hit = 0;
  for (let along = from; along < to; along += 1)
    for (let k = -BAND; k <= BAND; k += 1) {
      const [x, y] = upright ? [fixed + k, along] : [along, fixed + k];
      if (x < 0 || y < 0 || x >= width || y >= height || on[y * width + x] !== 1) continue;
      hit += 1;
      break;
    }
  return hit / Math.max(1, to - from);
}

function sides(ink: Mask, { x0, y0, x1, y1 }: Rect): number[] {
  return [
    drawnAlong(ink, y0, x0, x1, false),
    drawnAlong(ink, y1, x0, x1, false),
    drawnAlong(ink, x0, y0, y1, true),
    drawnAlong(ink, x1, y0, y1, true),
  ].sort((a, b) => b - a);
}

/** The frame that is drawn near a place; null where there is none. */
function near(ink: Mask, { x0, y0, x1, y1 }: Rect): Rect | null {
  let best: { readonly rect: Rect; readonly drawn: number } | null = null;
  for (let dy = -ASTRAY; dy <= ASTRAY; dy += STEP)
    for (let dx = -ASTRAY; dx <= ASTRAY; dx += STEP) {
      const rect = { x0: x0 + dx, y0: y0 + dy, x1: x1 + dx, y1: y1 + dy };
      const each = sides(ink, rect);
      const drawn = each.reduce((sum, side) => sum + side / 4, 0);
      if (drawn >= DRAWN.all && (each[2] ?? 0) >= DRAWN.three && drawn > (best?.drawn ?? 0)) best = { rect, drawn };
    }
  if (best === null) return null;
  const { rect } = best;
  return {
    x0: Math.max(0, rect.x0),
    y0: Math.max(0, rect.y0),
    x1: Math.min(ink.width, rect.x1),
    y1: Math.min(ink.height, rect.y1),
  };
}

/** Frames of the same rows and columns as `panels`, and of such as follow at their distance. */
export function beyond(panels: readonly Rect[], ink: Mask): Rect[] {
  const { width: w, height: h, columns, rows } = gridOf(panels);
  const clear = (a: Rect, b: Rect): boolean =>
    Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0) < w / 10 || Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0) < h / 10;
  const out: Rect[] = [];
  for (const y0 of continued(rows, h, ink.height))
    for (const x0 of continued(columns, w, ink.width)) {
      const cell = { x0, y0, x1: x0 + w, y1: y0 + h };
      if (![...panels, ...out].every((panel) => clear(panel, cell))) continue;
      const frame = near(ink, cell);
      if (frame) out.push(frame);
    }
  return out;
}
