/** What the chosen shots and the night will take and cost, before they are sent; one line until all of it is wanted. */
import { useSyncExternalStore, type ReactElement } from 'react';
import { estimateWords as words, panel, sayDifference, sayEstimate } from '../../../shared/words';
import type { Estimated } from '../work/estimates';
import { useDesk, usePanel, useProblemLine, useWords } from './context';
import { ActionButton } from './widgets';

export function EstimatesView(): ReactElement | null {
  const say = useWords();
  const { estimates } = useDesk();
  const state = useSyncExternalStore(estimates.store.subscribe, () => estimates.store.get());
  const language = usePanel((whole) => whole.language);
  const { open, chosen, night, came } = state;
  const first = chosen ?? night;
  if (!first) return null;
  const difference =
    came && came.estimates.takes > 0 ? sayDifference(came.estimates, came.currency, { language, t: say }) : null;
  const nameOf = (estimated: Estimated): string =>
    say(estimated === chosen ? words.chosen : words.overnight, { n: estimated.of.shots });
  return (
    <div className="estimate" role="region" aria-label={say(words.title)}>
      <div className="estimate-top">
        <Line name={nameOf(first)} estimated={first} />
        <ActionButton
          quiet
          text={open ? '▾' : '▸'}
          label={`${say(words.title)}: ${say(words.more)}`}
          expanded={open}
          onPress={estimates.toggle}
        />
      </div>
      {difference ? <span className="estimate-line">{difference.sums}</span> : null}
      {open ? (
        <div className="estimate-all" role="group" aria-label={say(words.more)} tabIndex={0}>
          {difference?.why ? <span className="estimate-remark">{difference.why}</span> : null}
          {[chosen, night].map((each) =>
            each?.kind === 'told' ? <All key={nameOf(each)} name={nameOf(each)} estimated={each} /> : null,
          )}
        </div>
      ) : null}
    </div>
  );
}

interface LineProps {
  readonly name: string;
  readonly estimated: Estimated;
}

function Line({ name, estimated }: LineProps): ReactElement {
  const say = useWords();
  const line = useProblemLine();
  const language = usePanel((whole) => whole.language);
  const { estimates } = useDesk();
  if (estimated.kind === 'asking') return <span className="estimate-line">{`${name} · ${say(words.asking)}`}</span>;
  if (estimated.kind === 'failed')
    return (
      <div className="estimate-line" role="status">
        <span>{`${name} · ${say(words.none)} ${line(estimated.problem)}`}</span>
        <ActionButton quiet text={say(panel.tryAgain)} onPress={estimates.again} />
      </div>
    );
  const { told, of, at } = estimated;
  const said = sayEstimate(told, { language, t: say, now: at }, of.seconds);
  return (
    <span className={said.late ? 'estimate-line late' : 'estimate-line'} role="status">{`${name} · ${said.line}`}</span>
  );
}

interface AllProps {
  readonly name: string;
  readonly estimated: Extract<Estimated, { kind: 'told' }>;
}

function All({ name, estimated: { told, of, at } }: AllProps): ReactElement {
  const say = useWords();
  const line = useProblemLine();
  const language = usePanel((whole) => whole.language);
  const { facts, cloud, remarks } = sayEstimate(told, { language, t: say, now: at }, of.seconds);
  return (
    <div className="estimate-facts">
      <span className="estimate-head">{name}</span>
      {facts.map((fact) => (
        <Fact key={fact.name} {...fact} />
      ))}
      {cloud.length > 0 ? <span className="estimate-head">{say(words.cloud)}</span> : null}
      {cloud.map(({ service, price }) => (
        <Fact key={service} name={service} value={price} />
      ))}
      {(told.finish?.holds ?? []).map(({ kind, problem }) => (
        <span key={kind} className="estimate-remark">
          {line(problem)}
        </span>
      ))}
      {remarks.map((remark) => (
        <span key={remark} className="estimate-remark">
          {remark}
        </span>
      ))}
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <div className="estimate-fact">
      <span className="estimate-name">{name}</span>
      <span className="estimate-value">{value}</span>
    </div>
  );
}
