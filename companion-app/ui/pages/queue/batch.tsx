/** "12 of 40 done · done about 06:10 (05:50–06:40) · 2 failed". */
import type { Hold, JobRow } from '../../../../shared/protocol';
import { queueWords } from '../../../../shared/words';
import { useFormat, type SecondsRange } from '../../lib/format';
import { useProgress } from '../../lib/queue-context';
import { useWords } from '../../lib/use-words';

export interface BatchProps {
  readonly rows: readonly JobRow[];
  /** For all that waits while nothing renders. */
  readonly secondsLeft: SecondsRange | null;
  /** What keeps them. */
  readonly holds: readonly Hold[];
}

export function Batch({ rows, secondsLeft, holds }: BatchProps) {
  const t = useWords();
  const format = useFormat();
  const progress = useProgress();
  const count = (...states: readonly JobRow['state'][]): number =>
    rows.filter(({ state }) => states.includes(state)).length;
  const open = count('queued', 'rendering');
  const failed = count('failed');
  const done = count('rendered', 'delivered', 'placed');
  const running = rows.find(({ state }) => state === 'rendering');
  // What waits behind the shot at work is held as well.
  const held = count('queued') > 0 ? holds : [];
  const left = running ? progress.get(running.spec.id)?.queueSecondsLeft : secondsLeft;
  return (
    <p className="batch" role="status">
      {t(queueWords.batch, { done: format.number(done), all: format.number(done + open + failed) })}
      {open > 0 && ` · ${left ? format.doneAfter(left, held, Date.now()) : t(queueWords.notMeasured)}`}
      {failed > 0 && ` · ${t(queueWords.failedCount, { n: failed })}`}
    </p>
  );
}
