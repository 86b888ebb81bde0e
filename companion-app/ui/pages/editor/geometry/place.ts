/** Where the drawing lies in the frame at rest. Boxes count in parts of the frame, lassos and strokes in parts of the drawing. */
import type { Fit, Point, Size } from '../../../../../shared/shot';
import type { Rect } from './box';

/** The drawing's rectangle in parts of the frame: beyond it for `fill`, within it for `letterbox`. */
export function placeOf(board: Size, frame: Size, fit: Fit): Rect {
  const longer = board.width / board.height / (frame.width / frame.height);
  const [width, height] =
    fit === 'fill' ? [Math.max(1, longer), Math.max(1, 1 / longer)] : [Math.min(1, longer), Math.min(1, 1 / longer)];
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}

/** What the camera may show: the frame and all of the drawing. */
export function limitsOf(place: Rect): Rect {
  const [x, y] = [Math.min(0, place.x), Math.min(0, place.y)];
  return { x, y, width: 1 - 2 * x, height: 1 - 2 * y };
}

export const toBoard = ({ x, y }: Point, place: Rect): Point => ({
  x: (x - place.x) / place.width,
  y: (y - place.y) / place.height,
});

export const toFrame = ({ x, y }: Point, place: Rect): Point => ({
  x: place.x + x * place.width,
  y: place.y + y * place.height,
});
