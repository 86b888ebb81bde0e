/** What the night did by itself, the newest first. */
import type { Notice } from '../../../../shared/protocol';
import { nightWords, noticeEntry, sayProblem } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { useLanguage } from '../../lib/preferences';
import { useWords } from '../../lib/use-words';

interface Props {
  readonly notices: readonly Notice[];
  /** More than these are not listed. */
  readonly most: number;
}

export function Happened({ notices, most }: Props) {
  const t = useWords();
  const language = useLanguage();
  const format = useFormat();
  if (notices.length === 0) return <p className="quiet">{t(nightWords.nothingHappened)}</p>;
  return (
    <ol className="happened">
      {notices.slice(0, most).map((notice, i) => {
        const { what, action } = sayProblem(language, { ...notice, safe: '' });
        return (
          <li key={`${notice.at} ${i}`}>
            <time dateTime={new Date(notice.at).toISOString()}>{format.date(notice.at)}</time>
            <span>
              <span className={`notice-kind notice-${notice.kind}`}>{t(noticeEntry(notice.kind))}</span>{' '}
              {notice.shot !== undefined && (
                <strong>
                  <bdi>{notice.shot}</bdi>:{' '}
                </strong>
              )}
              {what} {action}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
