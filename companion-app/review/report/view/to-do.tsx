/** What failed, and the one thing to do about each. */
import type { ReportShot } from '../../../../shared/protocol/pages';
import { reportWords as words } from '../../../../shared/words';
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
          <li key={shot.key}>{shot.problem ? <Failure shot={shot} /> : <Findings shot={shot} s={s} />}</li>
        ))}
      </ul>
    </>
  );
}

function Failure({ shot: { name, problem } }: { readonly shot: ReportShot }) {
  return (
    <>
      <b>{name}</b> <span className="bad">{problem?.message}</span> {problem?.safe} <strong>{problem?.action}</strong>
    </>
  );
}

function Findings({ shot, s }: { readonly shot: ReportShot; readonly s: Speech }) {
  return (
    <>
      <b>{shot.name}</b>
      {shot.checks
        .filter(({ ok }) => !ok)
        .map((check) => (
          <div key={check.name} className="finding">
            <span>
              <span className="bad">
                <span aria-hidden="true">✗ </span>
                {check.name}
              </span>
              {`: ${check.detail}`}
            </span>
            {check.picture !== undefined && <img src={check.picture} alt={`${shot.name}: ${check.name}`} />}
          </div>
        ))}
      <strong>{s.t(words.lookAtIt)}</strong>
    </>
  );
}
