/** All shots at a glance: the chosen take of each and what was said of it. */
import { boardPictureEndpoint, takePictureEndpoint, type JobRow } from '../../../../shared/protocol';
import { reviewWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';
import type { CutShot } from './cut/cut';
import { Still } from './player/still';
import { VerdictBadge } from './takes/takes';

/** Brought into view when keys move there. */
const seen = (button: HTMLButtonElement | null): void => button?.scrollIntoView({ block: 'nearest' });

interface SheetProps {
  readonly shots: readonly CutShot[];
  readonly takeOf: (shot: CutShot) => JobRow | undefined;
  /** The shot that keys speak of. */
  readonly current: number;
  readonly open: (index: number) => void;
}

export function Sheet({ shots, takeOf, current, open }: SheetProps) {
  const t = useWords();
  return (
    <ul className="contacts">
      {shots.map((shot, index) => {
        const take = takeOf(shot);
        const flagged = take?.take?.checks.some(({ ok }) => !ok) ?? false;
        return (
          <li key={shot.key}>
            <button
              type="button"
              className="take"
              aria-current={index === current}
              ref={index === current ? seen : undefined}
              onClick={() => open(index)}
            >
              {take && (take.take?.thumbnails.length ?? 0) > 0 ? (
                <Still endpoint={takePictureEndpoint} input={{ jobId: take.spec.id, n: 0 }} alt="" />
              ) : (
                shot.board !== undefined && (
                  <Still endpoint={boardPictureEndpoint} input={{ sha256: shot.board }} alt="" />
                )
              )}
              <b>{shot.name}</b>
              <span>
                {take ? (
                  t(reviewWords.take, { n: take.spec.take })
                ) : (
                  <span className="quiet">{t(reviewWords.noTake)}</span>
                )}{' '}
                <VerdictBadge row={take} />
                {flagged && !take?.verdict && (
                  <span className="bad">
                    ✗ {t(reviewWords.checks)}: {t(reviewWords.failedCheck)}
                  </span>
                )}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
