/** Moves and numbers as people read them. */
import { AMOUNT_UNIT, type CameraMove } from '../../../shared/shot';

function amount(move: CameraMove): string {
  switch (AMOUNT_UNIT[move.kind]) {
    case 'scale':
      return ` ${Math.round((move.amount - 1) * 100)} %`;
    case 'degrees':
      return ` ${Number(move.amount.toFixed(1))}°`;
    case 'widths':
      return ` ${Math.round(move.amount * 100)} % of the width`;
    case 'heights':
      return ` ${Math.round(move.amount * 100)} % of the height`;
    case 'strength':
      return ` ${Math.round(move.amount * 100)} %`;
    default:
      return '';
  }
}

/** "push in 12 %, f0–88, ease in-out": frames are first and last, as editors count. */
export function formatMovesForPeople(moves: readonly CameraMove[]): string[] {
  return moves.map((move) => {
    const subject = move.subject === undefined ? '' : ` on ${move.subject}`;
    return `${move.kind.replaceAll('-', ' ')}${amount(move)}${subject}, f${move.from}–${Math.max(move.from, move.to - 1)}`;
  });
}

/** "1 min 20 s", "8 s": a length of time, rounded so as not to promise more than is known. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}

/** "about 40 s left (30–55 s)", or nothing while nothing has been measured. */
export function formatTimeLeft(left: { low: number; likely: number; high: number } | undefined): string {
  if (!left) return 'measuring …';
  return `about ${formatSeconds(left.likely)} left (${formatSeconds(left.low)}–${formatSeconds(left.high)})`;
}
