/** What answers to what on two boards. */
import { findBends, type Bend } from './bend';
import { readDrawing, type Picture } from './drawing';
import { inverse, matrixAt, swinging, type Motion } from './geometry';
import { liftOccluders } from './occluders';
import { forgiveHidden } from './order';
import { findPieces } from './pieces';
import { findTints, type Tints } from './recolour';
import { registration } from './registration';
import { kinship } from './related';
import type { Side } from './side';
import { otherSide, ownSide } from './sides';
import { pairStrays } from './strays';
import { keepOutlines } from './tidy';

/** What answers to what on two boards, before anything is cut out. */
export interface Match {
  readonly a: Side;
  readonly b: Side;
  readonly motions: readonly Motion[];
  readonly bends: readonly (Bend | undefined)[];
  /** How surfaces change their tone; absent where none does. */
  readonly tints?: Tints | undefined;
  readonly kinship: number;
}

/** Lets timers and messages through between heavy steps; throws when the work is no longer wanted. */
export type Breathe = () => Promise<void>;

export async function matchBoards(first: Picture, second: Picture, breathe: Breathe): Promise<Match> {
  const da = readDrawing(first);
  await breathe();
  const db = readDrawing(second);
  await breathe();
  const stage = registration(da, db);
  await breathe();
  const pieces = findPieces(da, db, stage);
  await breathe();
  const moves = pieces.motions.map((m) => matrixAt(m, 1));
  const a = ownSide(da, db, pieces.of, moves);
  const b = otherSide(db, a, moves);
  await breathe();
  const motions = [...pieces.motions, ...pairStrays(a, b, pieces.motions)];
  const found = motions.map((m) => matrixAt(m, 1));
  const related = kinship(a, b, found, found.map(inverse));
  const tints = findTints(a, b, found);
  for (let lifted = liftOccluders(a, b, found); lifted > 0; lifted--) motions.push(pieces.motions[0]!);
  const all = motions.map((m) => matrixAt(m, 1));
  forgiveHidden(a, b, all);
  forgiveHidden(b, a, all.map(inverse));
  keepOutlines(a);
  keepOutlines(b);
  await breathe();
  const bends = findBends(a, b, all);
  const diagonal = Math.hypot(da.width, da.height);
  return {
    a,
    b,
    motions: motions.map((m) => (m === motions[0] ? m : swinging(m, diagonal))),
    bends,
    tints,
    kinship: related,
  };
}
