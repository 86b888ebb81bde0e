/** Why no job is begun at this moment, where something keeps them. */
import type { Hold } from '../../../shared/protocol';
import { useFormat } from './format';

export function Holds({ holds }: { readonly holds: readonly Hold[] }) {
  const format = useFormat();
  if (holds.length === 0) return null;
  return (
    <ul className="holds">
      {holds.map(({ kind, problem, until }) => (
        <li key={kind}>
          <strong>{problem.message}</strong> {problem.action}
          {until !== undefined && ` (${format.clock(until)})`}
        </li>
      ))}
    </ul>
  );
}
