/** Lines drawn by hand, made short enough to be kept. */
import type { Point } from '../../../../../shared/shot';

/** Douglas–Peucker: the fewest of the points that stay within `off` of the line drawn; ends are kept. */
export function simplified(points: readonly Point[], off: number): readonly Point[] {
  const [first] = points;
  const last = points.at(-1);
  if (points.length < 3 || !first || !last) return points;
  let worst = 0;
  let at = 0;
  points.forEach((point, i) => {
    const away = offLine(point, first, last);
    if (away > worst) [worst, at] = [away, i];
  });
  if (worst <= off) return [first, last];
  return [...simplified(points.slice(0, at + 1), off).slice(0, -1), ...simplified(points.slice(at), off)];
}

/** The same with at most `most` points, as near as that allows, numbers rounded to a ten-thousandth. */
export function kept(points: readonly Point[], most: number, off = 0.002): readonly Point[] {
  let line = simplified(points, off);
  for (let coarser = off * 2; line.length > most; coarser *= 2) line = simplified(points, coarser);
  return line.map(({ x, y }) => ({ x: inRange(x), y: inRange(y) }));
}

/** Signed area of the closed outline. */
export function areaOf(outline: readonly Point[]): number {
  return outline.reduce((sum, point, i) => {
    const next = outline[(i + 1) % outline.length] ?? point;
    return sum + (point.x * next.y - next.x * point.y) / 2;
  }, 0);
}

/** Middle of the outline's corners. */
export function middleOf(outline: readonly Point[]): Point {
  const sum = outline.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  const count = Math.max(1, outline.length);
  return { x: sum.x / count, y: sum.y / count };
}

function offLine(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

const inRange = (value: number): number => Number(Math.min(10, Math.max(-10, value)).toFixed(4)) + 0;
