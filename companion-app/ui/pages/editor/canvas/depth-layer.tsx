/** The nearer/farther brush over the board: where it is, and what it paints at this moment. */
import type { Point } from '../../../../../shared/shot';
import type { Rect } from '../geometry/box';
import { toFrame } from '../geometry/place';
import type { Brush } from '../shot/strokes';
import { lineOf, px, UNIT } from './scale';

export interface DepthLayerProps {
  readonly brush: Brush;
  readonly place: Rect;
  readonly aspect: number;
  /** The stroke being painted, in parts of the drawing. */
  readonly line: readonly Point[];
  /** The brush that keys move, in parts of the drawing; absent while the mouse paints. */
  readonly pen: Point | null;
}

export function DepthLayer({ brush, place, aspect, line, pen }: DepthLayerProps) {
  const width = 2 * brush.radius * place.width * aspect * UNIT;
  const points = line.map((point) => toFrame(point, place));
  const [first] = points;
  return (
    <g className={`editor-brush ${brush.way}`} aria-hidden="true">
      {first && (
        <polyline
          points={lineOf(points.length > 1 ? points : [first, { ...first, x: first.x + 1e-4 }], aspect)}
          strokeWidth={width}
        />
      )}
      {pen && <circle r={width / 2} transform={`translate(${px(toFrame(pen, place), aspect)})`} />}
    </g>
  );
}
