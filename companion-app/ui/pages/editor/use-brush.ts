/** The nearer/farther brush in the hand: pulled over the board, or moved by keys and set down with Enter. */
import { useState, type KeyboardEvent } from 'react';
import type { Point } from '../../../../shared/shot';
import type { Pull } from './canvas/use-pull';
import type { Rect } from './geometry/box';
import { toBoard } from './geometry/place';
import { FIRST_BRUSH, withStroke, type Brush } from './shot/strokes';
import type { Editing } from './use-editor';

export interface BrushInHand {
  readonly brush: Brush;
  readonly take: (brush: Brush) => void;
  /** The stroke being painted, in parts of the drawing. */
  readonly line: readonly Point[];
  /** Where the keys have put the brush. */
  readonly pen: Point | null;
  readonly pull: (from: Point) => Pull | null;
  readonly keys: (event: KeyboardEvent) => void;
}

const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const inside = (value: number): number => Math.min(1, Math.max(0, value));

export function useBrush({ change }: Editing, place: Rect, frame: number): BrushInHand {
  const [brush, take] = useState<Brush>(FIRST_BRUSH);
  const [line, setLine] = useState<readonly Point[]>([]);
  const [pen, setPen] = useState<Point | null>(null);
  const paint = (points: readonly Point[]): void => change((shot) => withStroke(shot, frame, points, brush));
  return {
    ...{ brush, take, line, pen },
    pull: (from) => {
      const points = [toBoard(from, place)];
      setPen(null);
      setLine([...points]);
      return {
        move: (to) => {
          points.push(toBoard(to, place));
          setLine([...points]);
        },
        end: (given) => {
          setLine([]);
          if (given) paint(points);
        },
      };
    },
    keys: (event) => {
      const step = STEPS[event.key];
      const at = pen ?? { x: 0.5, y: 0.5 };
      const by = event.shiftKey ? 0.05 : 0.01;
      if (step) setPen({ x: inside(at.x + step.x * by), y: inside(at.y + step.y * by) });
      else if (event.key === 'Enter' || event.key === ' ') paint([at]);
      else return;
      event.preventDefault();
    },
  };
}
