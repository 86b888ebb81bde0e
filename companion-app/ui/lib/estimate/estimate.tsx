/** What shots will take and cost, before they are begun: one line, the rest for who wants it. Keeps nobody from anything. */
import { ActionButton } from '@adobe/react-spectrum';
import { useMemo } from 'react';
import {
  batchEstimateEndpoint,
  shotsAlike,
  type BatchEstimate,
  type BatchQuestion,
  type Hold,
  type ShotToMake,
} from '../../../../shared/protocol';
import { estimateWords, sayEstimate, sayProblem, shell, type SaidEstimate } from '../../../../shared/words';
import { Holds } from '../holds';
import { useLanguage } from '../preferences';
import { useCall } from '../use-call';
import { useWords } from '../use-words';
import { useSettled } from './use-settled';

export interface EstimateProps {
  /** What is estimated, in words. */
  readonly title: string;
  readonly shots: readonly ShotToMake[];
  readonly place?: NonNullable<BatchQuestion['place']>;
  /** Asks again every so many milliseconds, in silence. */
  readonly everyMs?: number;
}

/** A hand that moves is not asked after. */
const SETTLE_MS = 350;

export function Estimate({ title, shots, place = 'behind', everyMs }: EstimateProps) {
  const t = useWords();
  const language = useLanguage();
  const alike = useMemo(() => shotsAlike(shots), [shots]);
  const question = useSettled({ shots: alike, place }, SETTLE_MS);
  const { data, problem, again } = useCall(batchEstimateEndpoint, question, everyMs === undefined ? {} : { everyMs });
  return (
    <section className="estimate" aria-label={`${t(estimateWords.title)}: ${title}`}>
      {problem ? (
        <div className="row" role="status">
          <span>
            <strong>{title}</strong> · {t(estimateWords.none)} {sayProblem(language, problem).what}
          </span>
          <ActionButton isQuiet onPress={again}>
            {t(shell.tryAgain)}
          </ActionButton>
        </div>
      ) : data ? (
        <Told
          title={title}
          told={data}
          quiet={everyMs !== undefined}
          // Where the queue itself is shown, so is what keeps it.
          holds={place === 'waiting' ? [] : (data.finish?.holds ?? [])}
        />
      ) : (
        <p role="status">
          <strong>{title}</strong> · {t(estimateWords.asking)}
        </p>
      )}
    </section>
  );
}

interface ToldProps {
  readonly title: string;
  readonly told: BatchEstimate;
  readonly quiet: boolean;
  readonly holds: readonly Hold[];
}

function Told({ title, told, quiet, holds }: ToldProps) {
  const t = useWords();
  const language = useLanguage();
  const { line, late, facts, cloud, remarks } = sayEstimate(told, { language, t, now: Date.now() });
  return (
    <>
      <p className={late ? 'estimate-line late' : 'estimate-line'} {...(quiet ? {} : { role: 'status' })}>
        <strong>{title}</strong> · {line}
      </p>
      <details>
        <summary>{t(estimateWords.more)}</summary>
        <Facts facts={facts} />
        <Holds holds={holds} />
        {cloud.length > 0 && (
          <>
            <p className="estimate-cloud">{t(estimateWords.cloud)}</p>
            <Facts facts={cloud.map(({ service, price }) => ({ name: service, value: price }))} />
          </>
        )}
        {remarks.map((remark) => (
          <p key={remark} className="quiet">
            {remark}
          </p>
        ))}
      </details>
    </>
  );
}

function Facts({ facts }: Pick<SaidEstimate, 'facts'>) {
  return (
    <dl className="estimate-facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
