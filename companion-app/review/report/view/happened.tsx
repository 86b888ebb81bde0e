/** What the night did by itself. */
import type { Report } from '../../../../shared/protocol/pages';
import { nightWords, noticeEntry, sayProblem } from '../../../../shared/words';
import type { Speech } from './words';

/** More are not told; the newest are. */
const MOST = 40;

export function Happened({ notices, s }: { readonly notices: Report['notices']; readonly s: Speech }) {
  if (!notices || notices.length === 0) return null;
  const time = new Intl.DateTimeFormat(s.language, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <>
      <h2>{s.t(nightWords.happened)}</h2>
      <ul className="happened">
        {notices.slice(0, MOST).map((notice, i) => {
          const { what, action } = sayProblem(s.language, { ...notice, safe: '' });
          return (
            <li key={i}>
              <span className="soft">{time.format(notice.at)}</span> <b>{s.t(noticeEntry(notice.kind))}</b>{' '}
              {notice.shot !== undefined && <b>{notice.shot}: </b>}
              {what} {action}
            </li>
          );
        })}
      </ul>
    </>
  );
}
