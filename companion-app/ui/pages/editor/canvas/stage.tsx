/** The board, large, with whatever is being drawn over it. */
import type { KeyboardEvent, ReactNode } from 'react';
import type { Point } from '../../../../../shared/shot';
import type { Rect } from '../geometry/box';
import type { BoardPicture } from '../preview/use-board';
import { UNIT, viewBox } from './scale';
import { usePull, type Pull } from './use-pull';

export interface StageProps {
  readonly label: string;
  readonly aspect: number;
  /** Where the drawing lies, and all that is shown. */
  readonly place: Rect;
  readonly limits: Rect;
  readonly board: BoardPicture | null;
  /** Near and far, laid over the drawing. */
  readonly relief: BoardPicture | null;
  /** A pull that begins on the board itself. */
  readonly pull: (from: Point) => Pull | null;
  readonly keys?: (event: KeyboardEvent) => void;
  readonly tool: string;
  readonly children: ReactNode;
}

export function Stage({ label, aspect, place, limits, board, relief, pull, keys, tool, children }: StageProps) {
  const pulls = usePull(aspect, pull);
  const rect = {
    x: place.x * aspect * UNIT,
    y: place.y * UNIT,
    width: place.width * aspect * UNIT,
    height: place.height * UNIT,
  };
  return (
    <svg
      className={`editor-stage editor-tool-${tool}`}
      viewBox={viewBox(limits, aspect)}
      role="group"
      aria-label={label}
      tabIndex={keys ? 0 : -1}
      onKeyDown={keys}
      {...pulls}
    >
      <rect className="editor-paper" {...rect} />
      {board && <image {...rect} href={board.url} preserveAspectRatio="none" />}
      {relief && <image {...rect} href={relief.url} preserveAspectRatio="none" opacity="0.8" />}
      <rect className="editor-frame" x="0" y="0" width={aspect * UNIT} height={UNIT} />
      {children}
    </svg>
  );
}
