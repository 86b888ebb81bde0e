/** What has changed since the last report. Many shots that changed alike share a line. */
import type { Change, Report } from '../../../../shared/protocol/pages';
import { reportWords as words, type Entry } from '../../../../shared/words';
import type { Speech } from './words';

const CHANGE_WORDS: Readonly<Record<Change, Entry>> = {
  new: words.changeNew,
  made: words.changeMade,
  take: words.changeTake,
  failed: words.changeFailed,
  cancelled: words.changeCancelled,
  approved: words.changeApproved,
  rejected: words.changeRejected,
  undecided: words.changeUndecided,
  flagged: words.changeFlagged,
  mended: words.changeMended,
  cut: words.changeCut,
  uncut: words.changeUncut,
  gone: words.changeGone,
};

type Rows = NonNullable<Report['changes']>['rows'];

/** From so many on, shots that changed alike are told together, some by name. */
const [ALIKE, NAMED] = [10, 6];

export function Changes({ changes, s }: { readonly changes: Report['changes']; readonly s: Speech }) {
  if (!changes) return null;
  return (
    <>
      <h2>{s.t(words.changes, { since: changes.since })}</h2>
      {changes.rows.length === 0 ? (
        <p className="soft">{s.t(words.noChanges)}</p>
      ) : (
        <ul className="changes">
          {linesOf(changes.rows, s).map(({ names, what }, index) => (
            <li key={index}>
              <bdi>
                <b>{names}</b>
              </bdi>
              {': '}
              {what.map((change) => s.t(CHANGE_WORDS[change])).join(', ')}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function linesOf(rows: Rows, s: Speech): { readonly names: string; readonly what: readonly Change[] }[] {
  const alike = new Map<string, string[]>();
  for (const { name, changes } of rows) alike.set(changes.join(), [...(alike.get(changes.join()) ?? []), name]);
  const told = new Set<string>();
  return rows.flatMap(({ name, changes }) => {
    const names = alike.get(changes.join()) ?? [];
    if (names.length < ALIKE) return [{ names: name, what: changes }];
    if (told.has(changes.join())) return [];
    told.add(changes.join());
    const some = names.slice(0, NAMED).join(s.language === 'ja' ? '、' : ', ');
    return [{ names: s.t(words.verdictMore, { names: some, n: names.length - NAMED }), what: changes }];
  });
}
