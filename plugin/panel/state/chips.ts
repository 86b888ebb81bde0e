/** Corrections of a shot's moves. Pure: moves in, moves out, always within the shot. */
import { AMOUNT_UNIT, DEFAULT_AMOUNT, type AmountUnit, type CameraMove, type MoveKind } from '../../../shared/shot';

/** Least and most that the panel lets an amount be, by unit, and the step of its slider. */
export const AMOUNT_RANGE: Readonly<Record<AmountUnit, readonly [least: number, most: number, step: number]>> = {
  scale: [1.01, 4, 0.01],
  degrees: [1, 90, 1],
  widths: [0.01, 1, 0.01],
  heights: [0.01, 1, 0.01],
  strength: [0.05, 1, 0.05],
  focus: [-1, 1, 2],
  none: [0, 0, 1],
};

export type MoveChange = Partial<Pick<CameraMove, 'kind' | 'from' | 'to' | 'amount' | 'ease'>>;

/** The amount a move of this kind has where nobody has said one. */
export const plainAmount = (kind: MoveKind): number => DEFAULT_AMOUNT[AMOUNT_UNIT[kind]][1];

function within(move: CameraMove, frames: number): CameraMove {
  const last = Math.max(1, frames);
  const from = Math.min(Math.max(0, Math.round(move.from)), last - 1);
  const to = Math.min(Math.max(from + 1, Math.round(move.to)), last);
  const [least, most] = AMOUNT_RANGE[AMOUNT_UNIT[move.kind]];
  const amount = Math.min(Math.max(move.amount, least), most);
  return { ...move, from, to, amount };
}

/** The moves with one changed. Another kind of another unit gets that unit's plain amount. What a person set is sure. */
export function changeMove(
  moves: readonly CameraMove[],
  index: number,
  change: MoveChange,
  frames: number,
): readonly CameraMove[] {
  return moves.map((move, i) => {
    if (i !== index) return move;
    const otherUnit = change.kind !== undefined && AMOUNT_UNIT[change.kind] !== AMOUNT_UNIT[move.kind];
    const amount = otherUnit ? plainAmount(change.kind) : move.amount;
    return within({ ...move, amount, ...change, confidence: 1 }, frames);
  });
}

export function removeMove(moves: readonly CameraMove[], index: number): readonly CameraMove[] {
  return moves.filter((_, i) => i !== index);
}

/** One move more, over the whole shot. */
export function addMove(moves: readonly CameraMove[], frames: number): readonly CameraMove[] {
  const kind = 'push-in';
  const move = {
    kind,
    from: 0,
    to: frames,
    amount: plainAmount(kind),
    ease: 'ease-in-out',
    confidence: 1,
    text: '',
  } as const;
  return [...moves, within(move, frames)];
}

/** "1.25×", "10°", "15 %": the amount as people write it; empty where a kind has none. */
export function amountText(move: Pick<CameraMove, 'kind' | 'amount'>): string {
  switch (AMOUNT_UNIT[move.kind]) {
    case 'scale':
      return `${Number(move.amount.toFixed(2))}×`;
    case 'degrees':
      return `${Number(move.amount.toFixed(1))}°`;
    case 'widths':
    case 'heights':
    case 'strength':
      return `${Math.round(move.amount * 100)} %`;
    default:
      return '';
  }
}
