/** Board → relief. */
import type { BoardPicture } from '../../../engine';
import type { DepthModel } from '../depth/depth-model';
import { modelRelief } from '../depth/model-relief';
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
  if (kind === 'blank') return { study: s, ink, relief: flatRelief(kind, s.width, s.height) };
  return { study: s, ink, relief: kind === 'line' ? lineArtRelief(s, ink) : paintedRelief(s) };
}

/** The same with a trained model for painted, photographed and rendered boards; line drawings are read as ever. */
export async function readBoardWith(
  model: DepthModel,
  board: Pick<BoardPicture, 'width' | 'height' | 'rgb'>,
  signal: AbortSignal,
): Promise<Reading> {
  const s = study(board);
  const ink = findInk(s);
  if (boardKind(ink) !== 'tone') return readBoard(board);
  const map = await model.estimate(board.rgb, board.width, board.height, signal);
  return { study: s, ink, relief: modelRelief(s, map) };
}
