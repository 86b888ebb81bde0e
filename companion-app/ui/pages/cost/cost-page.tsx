/** What a usable second costs, and what it is made of. */
import './cost.css';
import { Item, Picker } from '@adobe/react-spectrum';
import { useState } from 'react';
import { costEndpoint, trendEndpoint, type CostReport, type ReportChart } from '../../../../shared/protocol';
import { costWords, sayTold, shell } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { hrefOf } from '../../lib/hash';
import { useLanguage, usePreferences } from '../../lib/preferences';
import { ProblemBox } from '../../lib/problem-box';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';
import { Cloud } from './cloud';
import { Estimates } from './estimates';
import { Groups } from './groups';
import { useMoney } from './money';

const DAY_MS = 86_400_000;
/** Days looked back on; 0 for all. */
const SPANS = [0, 1, 7, 30];

export function CostPage() {
  const t = useWords();
  const language = useLanguage();
  const [days, setDays] = useState(0);
  const [since, setSince] = useState<number>();
  const input = since === undefined ? {} : { since };
  const cost = useCall(costEndpoint, input);
  const trend = useCall(trendEndpoint, { ...input, language });
  const choose = (span: number): void => {
    setDays(span);
    setSince(span === 0 ? undefined : Date.now() - span * DAY_MS);
  };
  return (
    <div className="cost">
      <Picker
        label={t(costWords.since)}
        labelPosition="side"
        selectedKey={String(days)}
        onSelectionChange={(key) => choose(Number(key))}
        items={SPANS.map((span) => ({ span }))}
      >
        {({ span }) => (
          <Item key={String(span)}>{span === 0 ? t(costWords.always) : t(costWords.lastDays, { n: span })}</Item>
        )}
      </Picker>
      {cost.problem && <ProblemBox problem={cost.problem} />}
      {cost.data ? (
        <Costs cost={cost.data} chart={trend.data?.chart ?? null} again={cost.again} />
      ) : (
        !cost.problem && <p>{t(shell.loading)}</p>
      )}
    </div>
  );
}

interface CostsProps {
  readonly cost: CostReport;
  readonly chart: ReportChart | null;
  readonly again: () => void;
}

function Costs({ cost, chart, again }: CostsProps) {
  const t = useWords();
  const language = useLanguage();
  const format = useFormat();
  const { theme } = usePreferences();
  const money = useMoney(cost.currency);
  const { all, notes } = cost;
  const empty = all.total === 0 && all.takes === 0 && all.failedAttempts === 0;
  return (
    <>
      {empty ? (
        <p>{t(costWords.nothing)}</p>
      ) : (
        <>
          <p className="the-number">
            <strong>{all.perUsableSecond === null ? '–' : money(all.perUsableSecond)}</strong>{' '}
            {t(all.perUsableSecond === null ? costWords.noneUsable : costWords.aSecond)}
          </p>
          <p>
            {t(costWords.howReckoned, {
              total: money(all.total),
              seconds: format.number(all.usableSeconds, 2),
            })}
          </p>
          <Parts cost={cost} />
          {notes.map((note) => (
            <p key={note} className="quiet">
              {sayTold(language, note)}
            </p>
          ))}
          {chart && (
            <section>
              <h2>{t(costWords.trend)}</h2>
              <figure className="trend">
                <figcaption>{chart.title}</figcaption>
                <picture>
                  {theme === 'system' && <source media="(prefers-color-scheme: dark)" srcSet={chart.dark} />}
                  <img src={theme === 'dark' ? chart.dark : chart.light} alt={chart.alt} />
                </picture>
              </figure>
            </section>
          )}
          <Groups cost={cost} />
          <Estimates estimates={cost.estimates} currency={cost.currency} />
        </>
      )}
      <Cloud cloud={cost.cloud} again={again} />
      <p>
        <a href={hrefOf('settings')}>{t(costWords.settings)}</a>
      </p>
    </>
  );
}

/** Energy, machine and review as shares of the whole. */
function Parts({ cost: { all, currency } }: { readonly cost: CostReport }) {
  const t = useWords();
  const money = useMoney(currency);
  const format = useFormat();
  const parts = [
    { name: t(costWords.energy), value: all.energy, detail: `${format.number(all.wattHours, 1)} Wh` },
    { name: t(costWords.machine), value: all.machine, detail: `${format.number(all.workSeconds / 60, 1)} min` },
    { name: t(costWords.review), value: all.review, detail: `${format.number(all.reviewSeconds / 60, 1)} min` },
  ];
  return (
    <dl className="parts">
      {parts.map(({ name, value, detail }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {money(value)} <span className="quiet">{detail}</span>
            <div className="meter" aria-hidden="true">
              <div className="meter-part" style={{ width: `${all.total > 0 ? (100 * value) / all.total : 0}%` }} />
            </div>
          </dd>
        </div>
      ))}
    </dl>
  );
}
