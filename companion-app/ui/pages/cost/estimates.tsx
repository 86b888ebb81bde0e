/** What takes were expected to cost, what they came to, and why the two differ. */
import type { CostReport } from '../../../../shared/protocol';
import { costWords } from '../../../../shared/words';
import { useWords } from '../../lib/use-words';
import { useMoney } from './money';

interface EstimatesProps {
  readonly estimates: CostReport['estimates'];
  readonly currency: string;
}

export function Estimates(props: EstimatesProps) {
  const t = useWords();
  return (
    <section>
      <h2>{t(costWords.estimates)}</h2>
      {props.estimates.takes === 0 ? <p className="quiet">{t(costWords.noEstimates)}</p> : <Difference {...props} />}
    </section>
  );
}

/** Of at least one take. */
export function Difference({ estimates: { takes, expected, actual, because }, currency }: EstimatesProps) {
  const t = useWords();
  const money = useMoney(currency);
  // What is lost in rounding is no reason.
  const least = 0.005 * Math.max(expected, actual);
  const signed = (value: number): string =>
    Math.abs(value) < least ? money(0) : `${value > 0 ? '+' : '−'}${money(Math.abs(value))}`;
  const rows = [
    { name: costWords.moreAttempts, value: because.moreAttempts },
    { name: costWords.longerOrShorter, value: because.longerOrShorter },
    { name: costWords.power, value: because.power },
  ];
  return (
    <>
      <p>{t(costWords.estimateText, { n: takes, expected: money(expected), actual: money(actual) })}</p>
      <table className="findings numbers narrow">
        <thead>
          <tr>
            <th scope="col">{t(costWords.because)}</th>
            <th scope="col">{t(costWords.difference)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, value }) => (
            <tr key={name.en}>
              <th scope="row">{t(name)}</th>
              <td>{signed(value)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t(costWords.difference)}</th>
            <td>
              <strong>{signed(actual - expected)}</strong>
            </td>
          </tr>
        </tbody>
      </table>
    </>
  );
}
