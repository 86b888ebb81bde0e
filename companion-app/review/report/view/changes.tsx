/** What has changed since the last report. */
import type { Change, Report } from '../../../../shared/protocol/pages';
import { reportWords as words, type Entry } from '../../../../shared/words';
import type { Speech } from './words';

const CHANGE_WORDS: Readonly<Record<Change, Entry>> = {
  new: words.changeNew,
  made: words.changeMade,
  take: words.changeTake,
  failed: words.changeFailed,
  approved: words.changeApproved,
  rejected: words.changeRejected,
  flagged: words.changeFlagged,
  mended: words.changeMended,
  gone: words.changeGone,
};

export function Changes({ changes, s }: { readonly changes: Report['changes']; readonly s: Speech }) {
  if (!changes) return null;
  return (
    <>
      <h2>{s.t(words.changes, { since: changes.since })}</h2>
      {changes.rows.length === 0 ? (
        <p className="soft">{s.t(words.noChanges)}</p>
      ) : (
        <ul className="changes">
          {changes.rows.map(({ name, changes: what }, index) => (
            <li key={index}>
              <b>{name}</b> {what.map((change) => s.t(CHANGE_WORDS[change])).join(', ')}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
