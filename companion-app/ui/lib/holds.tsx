/** Why no job is begun at this moment, where something keeps them. */
import type { Hold } from '../../../shared/protocol';
import type { Problem } from '../../../shared/problem';
import { sayProblem } from '../../../shared/words';
import { useFormat } from './format';
import { useLanguage } from './preferences';

export function Holds({ holds }: { readonly holds: readonly Hold[] }) {
  const format = useFormat();
  const language = useLanguage();
  if (holds.length === 0) return null;
  return (
    <ul className="holds">
      {holds.map(({ kind, problem, until }) => {
        const { what, action } = sayProblem(language, problem);
        return (
          <li key={kind}>
            <strong>{what}</strong> {action}
            {until !== undefined && ` (${format.clock(until)})`}
          </li>
        );
      })}
    </ul>
  );
}

/** What stands in the way of the batch, though shots are begun. */
export function Warnings({ warnings }: { readonly warnings: readonly Problem[] }) {
  const language = useLanguage();
  if (warnings.length === 0) return null;
  return (
    <ul className="holds">
      {warnings.map((problem) => {
        const { what, action } = sayProblem(language, problem);
        return (
          <li key={problem.code}>
            <strong>{what}</strong> {action}
          </li>
        );
      })}
    </ul>
  );
}
