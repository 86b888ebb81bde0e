/** What was checked of a take: what was found, the frames it is about, and a picture of it. */
import { ActionButton } from '@adobe/react-spectrum';
import { checkPictureEndpoint, type Check, type JobRow } from '../../../../../shared/protocol';
import { reviewWords } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import { Still } from '../player/still';

/** So many stretches have a button. */
const MOST = 6;

interface ChecksProps {
  readonly take: JobRow;
  readonly toFrame: (frame: number) => void;
}

export function Checks({ take, toFrame }: ChecksProps) {
  const t = useWords();
  const checks = take.take?.checks ?? [];
  // The number names the picture, so it is taken before sorting.
  const sorted = checks.map((check, n) => ({ check, n })).sort((a, b) => Number(a.check.ok) - Number(b.check.ok));
  return (
    <section className="checks" aria-label={t(reviewWords.checks)}>
      <h2>{t(reviewWords.checks)}</h2>
      {checks.length === 0 && <p className="quiet">{t(reviewWords.noChecks)}</p>}
      <ul>
        {sorted.map(({ check, n }) => (
          <li key={n}>
            <p>
              <span className={check.ok ? 'good' : 'bad'}>
                <span aria-hidden="true">{check.ok ? '✓' : '✗'} </span>
                {check.name} ({t(check.ok ? reviewWords.passed : reviewWords.failedCheck)})
              </span>{' '}
              {check.detail}
            </p>
            {!check.ok && <Frames check={check} toFrame={toFrame} />}
            {!check.ok && check.picture !== undefined && (
              <Still
                endpoint={checkPictureEndpoint}
                input={{ jobId: take.spec.id, n }}
                alt={t(reviewWords.framesShown, { name: check.name })}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Frames({ check: { frames }, toFrame }: { readonly check: Check; readonly toFrame: (frame: number) => void }) {
  const t = useWords();
  if (!frames) return null;
  return (
    <div className="row">
      {frames.slice(0, MOST).map(([from, end]) => (
        <ActionButton key={from} aria-label={t(reviewWords.goToFrame, { n: from + 1 })} onPress={() => toFrame(from)}>
          {end - from > 1 ? `${from + 1}–${end}` : from + 1}
        </ActionButton>
      ))}
    </div>
  );
}
