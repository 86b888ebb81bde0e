/** What failed, and the one thing to do about each. */
import type { ReportShot } from '../../../../shared/protocol/pages';
import { reportWords as words, sayProblem } from '../../../../shared/words';
import { isFlagged } from './verdict';
import type { Speech } from './words';

export function ToDo({ shots, s }: { readonly shots: readonly ReportShot[]; readonly s: Speech }) {
  const open = shots.filter((shot) => shot.problem !== undefined || isFlagged(shot));
  if (open.length === 0) return null;
  return (
    <>
      <h2>{s.t(words.toDo)}</h2>
      <ul className="todo">
        {open.map((shot) => (
          <li key={shot.key}>{shot.problem ? <Failure shot={shot} s={s} /> : <Findings shot={shot} s={s} />}</li>
        ))}
      </ul>
    </>
  );
}

function Failure({ shot: { name, problem }, s }: { readonly shot: ReportShot; readonly s: Speech }) {
  if (!problem) return <b>{name}</b>;
  const { what, safe, action, original } = sayProblem(s.language, problem);
  return (
    <>
      <bdi>
        <b>{name}</b>
      </bdi>{' '}
      <span className="bad">{what}</span> {original && <span lang="en">{original}</span>} {safe}{' '}
      <strong>{action}</strong>
    </>
  );
}

function Findings({ shot, s }: { readonly shot: ReportShot; readonly s: Speech }) {
  return (
    <>
      <bdi>
        <b>{shot.name}</b>
      </bdi>
      {shot.checks
        .filter(({ ok }) => !ok)
        .map((check) => (
          <div key={check.name} className="finding">
            <span>
              <span className="bad">
                <span aria-hidden="true">✗ </span>
                {s.checkName(check.name)}
              </span>
              {`: ${s.checkDetail(check.detail)}`}
            </span>
            {check.picture !== undefined && (
              <img src={check.picture} alt={`${shot.name}: ${s.checkName(check.name)}`} />
            )}
          </div>
        ))}
      <strong>{s.t(words.lookAtIt)}</strong>
    </>
  );
}
