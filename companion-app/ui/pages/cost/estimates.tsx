/** What takes were expected to cost, what they came to, and why the two differ. */
import type { CostReport } from '../../../../shared/protocol';
import { costWords, differenceParts, signedText } from '../../../../shared/words';
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
export function Difference({ estimates, currency }: EstimatesProps) {
  const t = useWords();
  const money = useMoney(currency);
  const { takes, expected, actual } = estimates;
  const { reasons, whole } = differenceParts(estimates);
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
          {reasons.map(({ name, amount }) => (
            <tr key={name.en}>
              <th scope="row">{t(name)}</th>
              <td>{signedText(amount, money)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t(costWords.difference)}</th>
            <td>
              <strong>{signedText(whole, money)}</strong>
            </td>
          </tr>
        </tbody>
      </table>
    </>
  );
}
