/** Strokes of the nearer/farther brush, kept with the shot. */
import { LIMITS } from '../../../../../shared/protocol';
import type { Point, ReliefStroke, Sha256, Shot } from '../../../../../shared/shot';
import { kept } from '../geometry/line';

/** Points of one stroke: all strokes of a shot together stay well below the largest message. */
const MOST_POINTS = 48;

export interface Brush {
  /** In parts of the drawing's width. */
  readonly radius: number;
  /** 0 … 1. */
  readonly strength: number;
  readonly way: 'nearer' | 'farther';
}

export const FIRST_BRUSH: Brush = { radius: 0.06, strength: 0.3, way: 'nearer' };

/** The drawing that holds at a frame. */
export function boardAt(shot: Shot, frame: number): Sha256 | undefined {
  return (shot.boards.filter(({ at }) => at <= frame).at(-1) ?? shot.boards[0])?.board;
}

/** The shot with a stroke more; the same shot where there is no room for one. */
export function withStroke(shot: Shot, frame: number, drawn: readonly Point[], brush: Brush): Shot {
  const strokes = shot.reliefEdits ?? [];
  const board = boardAt(shot, frame);
  if (board === undefined || drawn.length === 0 || strokes.length >= LIMITS.reliefStrokesPerShot) return shot;
  const amount = Number((brush.way === 'nearer' ? brush.strength : -brush.strength).toFixed(3));
  const stroke: ReliefStroke = { board, points: kept(drawn, MOST_POINTS, 0.003), radius: brush.radius, amount };
  return { ...shot, reliefEdits: [...strokes, stroke] };
}

export const strokesOn = (shot: Shot, frame: number): readonly ReliefStroke[] =>
  (shot.reliefEdits ?? []).filter(({ board }) => board === boardAt(shot, frame));

/** The shot as its drawing was read, all strokes on the board at this frame taken off. */
export function withoutStrokes({ reliefEdits = [], ...shot }: Shot, frame: number): Shot {
  const board = boardAt(shot, frame);
  const rest = reliefEdits.filter((stroke) => stroke.board !== board);
  return rest.length > 0 ? { ...shot, reliefEdits: rest } : shot;
}
