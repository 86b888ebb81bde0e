/** The camera's frame drawn as a box: where it is, moved, resized, turned, kept where there is picture. */
import type { Point } from '../../../../../shared/shot';

/** Parts of the frame at rest: centre, size (1 is the whole frame, 0.5 twice as close), degrees clockwise. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly roll: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Corners clockwise from the top left. */
export type Quad = readonly [Point, Point, Point, Point];

export const WHOLE: Box = { x: 0.5, y: 0.5, scale: 1, roll: 0 };
export const LEAST_SCALE = 0.05;
export const MOST_ROLL = 180;
const RADIAN = Math.PI / 180;

/** @param aspect width over height of the frame */
export function cornersOf(box: Box, aspect: number): Quad {
  const [cos, sin] = [Math.cos(box.roll * RADIAN), Math.sin(box.roll * RADIAN)];
  const at = (sx: number, sy: number): Point => {
    const [px, py] = [sx * box.scale * aspect, sy * box.scale];
    return { x: box.x + (cos * px - sin * py) / aspect, y: box.y + sin * px + cos * py };
  };
  return [at(-0.5, -0.5), at(0.5, -0.5), at(0.5, 0.5), at(-0.5, 0.5)];
}

/** The box nearest to a quad that need not be a rectangle (a camera that pans sees a trapezoid). */
export function boxOfQuad([a, b, c, d]: Quad, aspect: number): Box {
  const right = { x: ((b.x - a.x + c.x - d.x) / 2) * aspect, y: (b.y - a.y + c.y - d.y) / 2 };
  return {
    x: (a.x + b.x + c.x + d.x) / 4,
    y: (a.y + b.y + c.y + d.y) / 4,
    scale: Math.hypot(right.x, right.y) / aspect,
    roll: Math.atan2(right.y, right.x) / RADIAN,
  };
}

/** The upright rectangle around a box. */
export function around(box: Box, aspect: number): Rect {
  const corners = cornersOf(box, aspect);
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The box nearest to this one that shows nothing beyond `limits`: made smaller where it must be, then moved in. */
export function within(box: Box, limits: Rect, aspect: number): Box {
  const turned = { ...box, roll: Math.min(MOST_ROLL, Math.max(-MOST_ROLL, box.roll)) };
  const one = around({ ...turned, scale: 1 }, aspect);
  const most = Math.min(limits.width / one.width, limits.height / one.height);
  const scale = Math.max(Math.min(LEAST_SCALE, most), Math.min(most, box.scale));
  const half = { x: (one.width * scale) / 2, y: (one.height * scale) / 2 };
  const inside = (value: number, from: number, length: number, by: number): number =>
    Math.min(from + length - by, Math.max(from + by, value));
  return {
    ...turned,
    scale,
    x: inside(box.x, limits.x, limits.width, half.x),
    y: inside(box.y, limits.y, limits.height, half.y),
  };
}

/** The box with corner `corner` (clockwise from the top left) pulled to a point, the opposite corner held, its shape kept. */
export function pulled(box: Box, corner: number, to: Point, aspect: number): Box {
  const fixed = cornersOf(box, aspect)[(corner + 2) % 4] ?? to;
  const [cos, sin] = [Math.cos(box.roll * RADIAN), Math.sin(box.roll * RADIAN)];
  const way = { x: (to.x - fixed.x) * aspect, y: to.y - fixed.y };
  // The diagonal from the held corner, in the turned box's own axes.
  const sx = corner === 1 || corner === 2 ? 1 : -1;
  const sy = corner >= 2 ? 1 : -1;
  const diagonal = { x: cos * sx * aspect - sin * sy, y: sin * sx * aspect + cos * sy };
  const along = (way.x * diagonal.x + way.y * diagonal.y) / (diagonal.x ** 2 + diagonal.y ** 2);
  const scale = Math.max(LEAST_SCALE, along);
  return {
    ...box,
    scale,
    x: fixed.x + (diagonal.x * scale) / 2 / aspect,
    y: fixed.y + (diagonal.y * scale) / 2,
  };
}

/** The box turned so that its upper side faces the point. */
export function turnedTo(box: Box, to: Point, aspect: number): Box {
  const angle = Math.atan2((to.x - box.x) * aspect, -(to.y - box.y)) / RADIAN;
  return { ...box, roll: angle };
}

/** Numbers as they are stored: a hundred-thousandth of the frame, a thousandth of a degree. */
export function rounded(box: Box): Box {
  const to = (value: number, places: number): number => Number(value.toFixed(places));
  return { x: to(box.x, 5), y: to(box.y, 5), scale: to(box.scale, 6), roll: to(box.roll, 3) };
}
