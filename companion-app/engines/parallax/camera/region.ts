/** The way of a motion region: a smooth curve through the points of its path. */
import type { MotionRegion, Point } from '../../../../shared/shot';
import { easeAt } from './ease';

/** Pieces a path is cut into between two points to measure its length. */
const PIECES = 16;

/** Where the region's layer is at a frame, relative to where it was drawn, in parts of the board's width and height. */
export function regionShift(region: MotionRegion, frame: number): Point {
  const length = region.to - region.from;
  const time = length > 0 ? (frame - region.from) / length : Number(frame >= region.to);
  const way = curve(region.path);
  const end = way.at(-1);
  if (!end) return { x: 0, y: 0 };
  const distance = easeAt(region.ease, time, length) * end.distance;
  const next = way.find((stop) => stop.distance >= distance) ?? end;
  const before = way[way.indexOf(next) - 1] ?? next;
  const span = next.distance - before.distance;
  const t = span > 0 ? (distance - before.distance) / span : 0;
  return { x: before.x + (next.x - before.x) * t, y: before.y + (next.y - before.y) * t };
}

interface Stop extends Point {
  /** From the start, along the curve. */
  readonly distance: number;
}

/** Points along a Catmull-Rom curve through the path, with their distances from its start. */
function curve(path: readonly Point[]): readonly Stop[] {
  const points = path
    .slice(1)
    .flatMap((_, i) => Array.from({ length: PIECES }, (_piece, k) => between(path, i, k / PIECES)));
  const last = path.at(-1);
  let distance = 0;
  return [...points, ...(last ? [last] : [])].map((point, i, all) => {
    const before = all[i - 1];
    if (before) distance += Math.hypot(point.x - before.x, point.y - before.y);
    return { ...point, distance };
  });
}

function between(path: readonly Point[], i: number, t: number): Point {
  const at = (k: number): Point => path[Math.min(path.length - 1, Math.max(0, k))] ?? { x: 0, y: 0 };
  const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
  const on = (axis: 'x' | 'y') => {
    const [a, b, c, d] = [p0[axis], p1[axis], p2[axis], p3[axis]];
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3);
  };
  return { x: on('x'), y: on('y') };
}
