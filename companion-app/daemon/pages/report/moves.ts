/** A shot's moves as a report says them, in the reader's language. */
import { AMOUNT_UNIT, type CameraMove } from '../../../../shared/shot';
import { moveWords, reportWords, say, type Language } from '../../../../shared/words';
import { formatMovesForPeople } from '../../animate/words';

/** "push in 12 % Anna, f0–88": frames are first and last, as editors count. */
export function movesIn(language: Language, moves: readonly CameraMove[]): string[] {
  if (language === 'en') return formatMovesForPeople(moves);
  return moves.map((move) => {
    const what = [say(language, moveWords[move.kind]), amountIn(language, move), move.subject ?? ''].filter(Boolean);
    return `${what.join(' ')}, f${move.from}–${Math.max(move.from, move.to - 1)}`;
  });
}

function amountIn(language: Language, { kind, amount }: CameraMove): string {
  const percent = String(Math.round(100 * amount));
  switch (AMOUNT_UNIT[kind]) {
    case 'scale':
      return `${Math.round(100 * (amount - 1))} %`;
    case 'degrees':
      return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(amount)}°`;
    case 'widths':
      return say(language, reportWords.ofWidth, { n: percent });
    case 'heights':
      return say(language, reportWords.ofHeight, { n: percent });
    case 'strength':
      return `${percent} %`;
    default:
      return '';
  }
}
