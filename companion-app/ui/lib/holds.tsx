/** Why no job is begun at this moment, where something keeps them. */
import type { Hold } from '../../../shared/protocol';
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
