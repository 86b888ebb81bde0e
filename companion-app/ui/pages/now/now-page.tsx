/** What is being rendered at this moment. */
import { useProgress, useQueue } from '../../lib/queue-context';

export function NowPage() {
  const { rows } = useQueue();
  const progress = useProgress();
  const current = rows.find(({ state }) => state === 'rendering');
  const glimpse = current && progress.get(current.spec.id);
  return (
    <p>
      {current?.spec.shot.name} {glimpse?.stage}
    </p>
  );
}
