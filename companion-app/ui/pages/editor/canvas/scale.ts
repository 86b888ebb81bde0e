/** From parts of the frame to the canvas's units: a frame is 1000 high. */
import type { Point } from '../../../../../shared/shot';
import type { Quad, Rect } from '../geometry/box';

export const UNIT = 1000;

export const px = ({ x, y }: Point, aspect: number): string =>
  `${(x * aspect * UNIT).toFixed(1)},${(y * UNIT).toFixed(1)}`;

export const lineOf = (points: readonly Point[], aspect: number): string =>
  points.map((point) => px(point, aspect)).join(' ');

export const quadOf = (quad: Quad, aspect: number): string => lineOf(quad, aspect);

/** The canvas shows the rectangle and a little around it. */
export function viewBox({ x, y, width, height }: Rect, aspect: number): string {
  const pad = 0.05 * height;
  const [left, top] = [x * aspect - pad, y - pad];
  return [left, top, width * aspect + 2 * pad, height + 2 * pad].map((value) => (value * UNIT).toFixed(1)).join(' ');
}

/** Where a pointer is, in parts of the frame. */
export function pointAt(
  svg: SVGSVGElement,
  event: { readonly clientX: number; readonly clientY: number },
  aspect: number,
): Point {
  const matrix = svg.getScreenCTM();
  if (!matrix) return { x: 0.5, y: 0.5 };
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  return { x: x / UNIT / aspect, y: y / UNIT };
}
