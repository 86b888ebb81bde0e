/** What the chosen shots and the night will take and cost, before they are sent; one line until all of it is wanted. */
import { useSyncExternalStore, type ReactElement } from 'react';
import { estimateWords as words, panel, sayDifference, sayEstimate } from '../../../shared/words';
import type { Estimated, EstimatesState } from '../work/estimates';
import { useDesk, usePanel, useProblemLine, useWords } from './context';
import { ActionButton } from './widgets';

export function EstimatesView(): ReactElement | null {
  const say = useWords();
  const { estimates } = useDesk();
  const state = useSyncExternalStore(estimates.store.subscribe, () => estimates.store.get());
  const language = usePanel((whole) => whole.language);
  const { open, chosen, night, came } = state;
  if (!chosen && !night) return null;
  const shown = open ? [chosen, night] : [chosen ?? night];
  return (
    <div className="estimate" role="region" aria-label={say(words.title)}>
      {shown.map((estimated) =>
        estimated ? (
          <Press key={nameOf(state, estimated)} name={nameOf(state, estimated)} {...{ estimated, open }} />
        ) : null,
      )}
      {came && came.estimates.takes > 0 ? (
        <span className="estimate-line">{sayDifference(came.estimates, came.currency, { language, t: say })}</span>
      ) : null}
      <ActionButton quiet text={`${open ? '▾' : '▸'} ${say(words.more)}`} expanded={open} onPress={estimates.toggle} />
    </div>
  );

  function nameOf({ chosen: first }: EstimatesState, estimated: Estimated): string {
    return say(estimated === first ? words.chosen : words.overnight, { n: estimated.of.shots });
  }
}

interface PressProps {
  readonly name: string;
  readonly estimated: Estimated;
  readonly open: boolean;
}

function Press({ name, estimated, open }: PressProps): ReactElement {
  const say = useWords();
  const line = useProblemLine();
  const language = usePanel((whole) => whole.language);
  const { estimates } = useDesk();
  if (estimated.kind === 'asking') return <span className="estimate-line">{`${name} · ${say(words.asking)}`}</span>;
  if (estimated.kind === 'failed')
    return (
      <div className="line">
        <span className="estimate-line">{`${name} · ${say(words.none)} ${line(estimated.problem)}`}</span>
        <ActionButton quiet text={say(panel.tryAgain)} onPress={estimates.again} />
      </div>
    );
  const { told, of, at } = estimated;
  const said = sayEstimate(told, { language, t: say, now: at }, of.seconds);
  return (
    <div className="estimate-of" role="status">
      <span className={said.late ? 'estimate-line late' : 'estimate-line'}>{`${name} · ${said.line}`}</span>
      {open ? (
        <div className="estimate-facts">
          {said.facts.map((fact) => (
            <Fact key={fact.name} {...fact} />
          ))}
          {said.cloud.length > 0 ? <span className="estimate-head">{say(words.cloud)}</span> : null}
          {said.cloud.map(({ service, price }) => (
            <Fact key={service} name={service} value={price} />
          ))}
          {(told.finish?.holds ?? []).map(({ kind, problem }) => (
            <span key={kind} className="estimate-line">
              {line(problem)}
            </span>
          ))}
          {said.remarks.map((remark) => (
            <span key={remark} className="estimate-remark">
              {remark}
            </span>
          ))}
        </div>
      ) : null}
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
