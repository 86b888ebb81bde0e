/** Board → relief. */
import type { BoardPicture } from '../../../engine';
import { boardKind, findInk, type Ink } from './ink';
import { lineArtRelief } from './line-art';
import { paintedRelief } from './painted';
import { flatRelief, type Relief } from './relief';
import { study, type Study } from './study';

export type { Relief, Piece } from './relief';

export interface Reading {
  readonly study: Study;
  readonly ink: Ink;
  readonly relief: Relief;
}

/** Reads a board: how it is drawn, what is near, what is far. Never throws for a decoded picture, however odd. */
export function readBoard(board: Pick<BoardPicture, 'width' | 'height' | 'rgb'>): Reading {
  const s = study(board);
  const ink = findInk(s);
  const kind = boardKind(ink);
  const relief =
    kind === 'blank' ? flatRelief(kind, s.width, s.height) : kind === 'line' ? lineArtRelief(s, ink) : paintedRelief(s);
  return { study: s, ink, relief };
}
