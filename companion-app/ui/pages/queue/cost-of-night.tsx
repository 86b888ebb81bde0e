/** What is still to be made and what it will cost; what was made against what was expected of it. */
import { useMemo } from 'react';
import { costEndpoint, shotToMake, type JobRow } from '../../../../shared/protocol';
import { estimateWords } from '../../../../shared/words';
import { Estimate } from '../../lib/estimate/estimate';
import { useCall } from '../../lib/use-call';
import { useSettled } from '../../lib/estimate/use-settled';
import { useWords } from '../../lib/use-words';
import { Difference } from '../cost/estimates';

export interface CostOfNightProps {
  readonly rows: readonly JobRow[];
}

const EVERY_MS = 20_000;
/** Takes come in quick order; the ledger is not read for each. */
const SETTLE_MS = 2_000;

export function CostOfNight({ rows }: CostOfNightProps) {
  const t = useWords();
  const waiting = useMemo(
    () => rows.filter(({ state }) => state === 'queued').map(({ spec }) => shotToMake(spec)),
    [rows],
  );
  const made = rows.filter(({ take }) => take !== undefined);
  return (
    <>
      {waiting.length > 0 && (
        <Estimate
          title={t(estimateWords.waits, { n: waiting.length })}
          shots={waiting}
          place="waiting"
          everyMs={EVERY_MS}
        />
      )}
      {made.length > 0 && <Came made={made.length} since={Math.min(...made.map(({ submittedAt }) => submittedAt))} />}
    </>
  );
}

interface CameProps {
  /** How many takes there are: with another one the ledger is read again. */
  readonly made: number;
  /** Milliseconds since 1970. */
  readonly since: number;
}

function Came({ made, since }: CameProps) {
  const t = useWords();
  const { data } = useCall(costEndpoint, { since }, { anew: useSettled(made, SETTLE_MS) });
  if (!data || data.estimates.takes === 0) return null;
  return (
    <details className="estimate">
      <summary>{t(estimateWords.came)}</summary>
      <Difference estimates={data.estimates} currency={data.currency} />
    </details>
  );
}
