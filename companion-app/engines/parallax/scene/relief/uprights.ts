/** Posts: thick upright strokes that stand on the floor before the wall. They keep one distance along their whole height. */
import { dilate } from '../raster/morphology';
import { floorNear, type Stage } from './ground';
import type { Ink } from './ink';
import type { Line } from './lines';
import type { Regions } from './regions';
import type { Piece } from './relief';
import { span, type Study } from './study';

/** Sideways drift of a post over its height, at most. */
const LEAN = 0.04;

/** Cuts the posts among the straight strokes out of `labels` (in place) and returns them as pieces numbered from `first`. */
export function cutUprights(
  s: Study,
  ink: Ink,
  lines: readonly Line[],
  regions: Regions,
  stage: Stage,
  labels: Uint16Array,
  first: number,
): Piece[] {
  const pieces: Piece[] = [];
  for (const line of lines) {
    const post = postOf(s, ink, line, regions, stage);
    if (!post || labels[post.axis]! >= first) continue;
    const label = first + pieces.length;
    for (let i = 0; i < labels.length; i++) if (post.mask[i]) labels[i] = label;
    pieces.push({ label, near: floorNear(post.foot, stage.horizon, s.height) });
  }
  return pieces;
}

interface Post {
  readonly mask: Uint8Array;
  readonly foot: number;
  /** A pixel in its middle. */
  readonly axis: number;
}

function postOf(s: Study, ink: Ink, line: Line, regions: Regions, stage: Stage): Post | undefined {
  const { width, height } = s;
  const [top, bottom] = [Math.max(0, Math.min(line.y0, line.y1)), Math.min(height - 1, Math.max(line.y0, line.y1))];
  const tall = bottom - top;
  if (tall < 0.3 * height || Math.abs(line.x1 - line.x0) > LEAN * tall) return undefined;
  const middle = Math.min(width - 1, Math.max(0, Math.round((line.x0 + line.x1) / 2)));
  const base = stage.base[middle]!;
  if (top > base - 0.1 * height || bottom < base + 0.08 * height || bottom > 0.985 * height) return undefined;
  const axisAt = (y: number): number => {
    const t = Math.min(1, Math.max(0, (y - line.y0) / (line.y1 - line.y0)));
    return Math.min(width - 1, Math.max(0, Math.round(line.x0 + t * (line.x1 - line.x0))));
  };
  const solid = (x: number, y: number): boolean => x >= 0 && x < width && ink.mask[y * width + x] === 1;
  const run = (y: number, most: number): [from: number, to: number] | undefined => {
    const x = [0, 1, -1, 2, -2].map((d) => axisAt(y) + d).find((at) => solid(at, y));
    if (x === undefined) return undefined;
    let [from, to] = [x, x];
    while (solid(from - 1, y) && x - from < most) from--;
    while (solid(to + 1, y) && to - x < most) to++;
    return [from, to];
  };
  const rows = Array.from({ length: Math.floor(bottom) - Math.ceil(top) + 1 }, (_, i) =>
    run(Math.ceil(top) + i, width),
  );
  const widths = rows.flatMap((r) => (r ? [r[1] - r[0] + 1] : [])).sort((a, b) => a - b);
  const thick = widths[Math.floor(widths.length / 2)] ?? 0;
  if (thick < span(s, 4, 3) || thick > span(s, 16, 4) || widths.length < 0.9 * rows.length) return undefined;
  const mask = new Uint8Array(width * height);
  const take = (y: number, most: number): boolean => {
    const found = run(y, most);
    if (found) mask.fill(1, y * width + found[0], y * width + found[1] + 1);
    return found !== undefined;
  };
  // What crosses the post is cut off beside it; its foot and head may be wider.
  const [shaftTop, shaftEnd] = [Math.ceil(top), Math.floor(bottom)];
  const foot = 3 * thick;
  let last = shaftTop;
  for (let y = shaftTop; y <= shaftEnd; y++)
    if (take(y, shaftEnd - y < foot ? 2 * thick : Math.ceil(0.7 * thick))) last = y;
  for (let y = shaftEnd + 1; y < Math.min(height, shaftEnd + foot) && take(y, 2 * thick); y++) last = y;
  addHead(s, ink, regions, mask, { x: axisAt(shaftTop), y: shaftTop }, tall);
  const inHead = (y: number): boolean => mask[y * width + axisAt(y)] === 1;
  // A light between the lines of a roof is no end of it.
  for (let y = shaftTop - 1, missed = 0; y > shaftTop - 0.3 * tall && y >= 0 && missed < 3; y--) {
    missed = inHead(y) || take(y, 2 * thick) ? 0 : missed + 1;
  }
  return { mask, foot: last, axis: Math.round((shaftTop + shaftEnd) / 2) * width + axisAt((shaftTop + shaftEnd) / 2) };
}

/** A lamp or a sign at the top: small closed parts on the axis, and the strokes around them. */
function addHead(
  { width, height }: Study,
  ink: Ink,
  regions: Regions,
  mask: Uint8Array,
  top: { x: number; y: number },
  tall: number,
): void {
  const parts = new Set<number>();
  for (let y = Math.max(0, Math.round(top.y - 0.2 * tall)); y <= Math.min(height - 1, top.y + 0.1 * tall); y++) {
    const label = regions.labels[y * width + top.x]!;
    if (label > 0) parts.add(label);
  }
  const area = new Map<number, number>();
  for (const label of regions.labels) if (parts.has(label)) area.set(label, (area.get(label) ?? 0) + 1);
  const head = new Uint8Array(width * height);
  const small = (label: number): boolean => parts.has(label) && area.get(label)! < 0.02 * tall * tall;
  for (let i = 0; i < head.length; i++) if (regions.labels[i]! > 0 && small(regions.labels[i]!)) head[i] = 1;
  if (!head.includes(1)) return;
  const around = dilate(head, width, height, Math.max(2, Math.round(0.03 * tall)));
  for (let i = 0; i < mask.length; i++) if (head[i] || (around[i] && ink.mask[i])) mask[i] = 1;
}
