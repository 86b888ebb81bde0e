/** What was checked of a take: what was found, the frames it is about, and a picture of it. */
import { ActionButton } from '@adobe/react-spectrum';
import { checkPictureEndpoint, type Check, type JobRow } from '../../../../../shared/protocol';
import { checkDetail, checkName, reportWords, reviewWords } from '../../../../../shared/words';
import { useLanguage } from '../../../lib/preferences';
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
  const language = useLanguage();
  const checks = take.take?.checks ?? [];
  // The number names the picture, so it is taken before they are told apart.
  const numbered = checks.map((check, n) => ({ check, n }));
  const failed = numbered.filter(({ check }) => !check.ok);
  const passed = numbered.filter(({ check }) => check.ok);
  return (
    <section className="checks" aria-label={t(reviewWords.checks)}>
      <h2>{t(reviewWords.checks)}</h2>
      {checks.length === 0 && <p className="quiet">{t(reviewWords.noChecks)}</p>}
      <ul>
        {failed.map(({ check, n }) => (
          <li key={n}>
            <Finding check={check} />
            <Frames check={check} toFrame={toFrame} />
            {check.picture !== undefined && (
              <Still
                endpoint={checkPictureEndpoint}
                input={{ jobId: take.spec.id, n }}
                alt={t(reviewWords.framesShown, { name: checkName(language, check.name) })}
              />
            )}
          </li>
        ))}
      </ul>
      {passed.length > 0 && (
        <details>
          <summary className="good">{t(reportWords.checksPassed, { n: passed.length })}</summary>
          <ul>
            {passed.map(({ check, n }) => (
              <li key={n}>
                <Finding check={check} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Finding({ check: { ok, name, detail } }: { readonly check: Check }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <p>
      <span className={ok ? 'good' : 'bad'}>
        <span aria-hidden="true">{ok ? '✓' : '✗'} </span>
        {checkName(language, name)} ({t(ok ? reviewWords.passed : reviewWords.failedCheck)})
      </span>{' '}
      {checkDetail(language, detail)}
    </p>
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
