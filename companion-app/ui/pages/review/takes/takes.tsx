/** The takes of a shot side by side, and what is said of the one that is shown. */
import { ActionButton } from '@adobe/react-spectrum';
import { takePictureEndpoint, type JobRow } from '../../../../../shared/protocol';
import { editor, reviewWords, sayReason } from '../../../../../shared/words';
import { hrefOf } from '../../../lib/hash';
import { useLanguage } from '../../../lib/preferences';
import { useWords } from '../../../lib/use-words';
import type { CutShot } from '../cut/cut';
import { Still } from '../player/still';

interface TakesProps {
  readonly shot: CutShot;
  readonly chosen: JobRow | undefined;
  readonly choose: (jobId: string) => void;
}

export function Takes({ shot, chosen, choose }: TakesProps) {
  const t = useWords();
  if (shot.takes.length === 0) return null;
  return (
    <div className="takes" role="group" aria-label={t(reviewWords.takes, { shot: shot.name })}>
      {shot.takes.map((row, i) => {
        const { id, take: n, quality } = row.spec;
        const name = t(quality === 'preview' ? reviewWords.previewTake : reviewWords.take, { n });
        return (
          <button
            key={id}
            type="button"
            className="take"
            aria-pressed={id === chosen?.spec.id}
            onClick={() => choose(id)}
          >
            {(row.take?.thumbnails.length ?? 0) > 0 && (
              <Still endpoint={takePictureEndpoint} input={{ jobId: id, n: 0 }} alt="" />
            )}
            <span>
              {i < 9 && <kbd>{i + 1}</kbd>} {name}
            </span>
            <VerdictBadge row={row} />
          </button>
        );
      })}
    </div>
  );
}

export function VerdictBadge({ row }: { readonly row: JobRow | undefined }) {
  const t = useWords();
  const verdict = row?.verdict?.verdict;
  if (verdict === undefined) return null;
  const sign = verdict === 'approved' ? '✓' : '✗';
  return (
    <span className={verdict === 'approved' ? 'good' : 'bad'}>
      <span aria-hidden="true">{sign} </span>
      {t(verdict === 'approved' ? reviewWords.approved : reviewWords.rejected)}
    </span>
  );
}

interface VerdictProps {
  readonly take: JobRow | undefined;
  readonly note: string;
  readonly approve: () => void;
  readonly reject: () => void;
  readonly annotate: () => void;
}

export function Verdict({ take, note, approve, reject, annotate }: VerdictProps) {
  const t = useWords();
  const language = useLanguage();
  const reason = take?.verdict?.reason;
  return (
    <div className="verdict-bar">
      <div className="row">
        <ActionButton isDisabled={!take} onPress={approve}>
          ✓ {t(reviewWords.approve)}
        </ActionButton>
        <ActionButton isDisabled={!take} onPress={reject}>
          ✗ {t(reviewWords.reject)}
        </ActionButton>
        <ActionButton isDisabled={!take} onPress={annotate}>
          ✎ {t(reviewWords.note)}
        </ActionButton>
        {take && <a href={hrefOf('editor', take.spec.id)}>{t(editor.editShot)}</a>}
        <span role="status">
          {take?.verdict ? (
            <VerdictBadge row={take} />
          ) : (
            take && <span className="quiet">{t(reviewWords.undecided)}</span>
          )}
        </span>
      </div>
      {reason !== undefined && reason !== '' && <p className="words">“{sayReason(language, reason)}”</p>}
      {note !== '' && (
        <p className="words">
          <b>{t(reviewWords.note)}:</b> {note}
        </p>
      )}
    </div>
  );
}
