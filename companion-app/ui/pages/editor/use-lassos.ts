/** The lasso and the path pen over the board. */
import { useState } from 'react';
import type { Point } from '../../../../shared/shot';
import type { Pull } from './canvas/use-pull';
import type { Rect } from './geometry/box';
import { toBoard } from './geometry/place';
import { roomForRegion, withLasso, withPath } from './shot/regions';
import type { Editing } from './use-editor';

export interface Lassos {
  readonly chosen: string | null;
  readonly choose: (id: string) => void;
  readonly pen: 'lasso' | 'path';
  readonly takePen: (pen: 'lasso' | 'path') => void;
  /** What is being drawn, in parts of the drawing. */
  readonly line: readonly Point[];
  readonly pull: (from: Point) => Pull | null;
}

export function useLassos({ shot, change }: Editing, place: Rect, name: (n: number) => string): Lassos {
  const [asked, choose] = useState<string | null>(null);
  const [pen, takePen] = useState<'lasso' | 'path'>('lasso');
  const [line, setLine] = useState<readonly Point[]>([]);
  const regions = shot.regions ?? [];
  const chosen = regions.some(({ id }) => id === asked) ? asked : (regions.at(-1)?.id ?? null);
  const tool = chosen === null ? 'lasso' : pen;

  const finish = (points: readonly Point[]): void => {
    if (tool === 'path' && chosen !== null) {
      change((before) => withPath(before, chosen, points));
      takePen('lasso');
      return;
    }
    const made = withLasso(shot, points, name).regions?.at(-1);
    change((before) => withLasso(before, points, name));
    if (!made || made.id === regions.at(-1)?.id) return;
    choose(made.id);
    // What was circled is to go somewhere: the next line is its way.
    takePen('path');
  };

  return {
    ...{ chosen, choose, takePen, line },
    pen: tool,
    pull: (from) => {
      if (tool === 'lasso' && !roomForRegion(shot)) return null;
      const points = [toBoard(from, place)];
      return {
        move: (to) => {
          points.push(toBoard(to, place));
          setLine([...points]);
        },
        end: (given) => {
          setLine([]);
          if (given) finish(points);
        },
      };
    },
  };
}
