/** What takes were expected to cost before they were begun, what they came to, and why the two differ. */
import type { Report } from '../../../../shared/protocol/pages';
import { costWords, differenceParts, signedText } from '../../../../shared/words';
import type { Speech } from './words';

interface EstimatesProps {
  readonly money: Report['money'];
  readonly s: Speech;
}

export function Estimates({ money, s }: EstimatesProps) {
  if (!money?.estimates) return null;
  const { takes, expected, actual } = money.estimates;
  const said = (amount: number): string => s.money(amount, money.currency);
  return (
    <>
      <h2>{s.t(costWords.estimates)}</h2>
      <p>{s.t(costWords.estimateText, { n: takes, expected: said(expected), actual: said(actual) })}</p>
      <ul>
        {differenceParts(money.estimates).reasons.map(({ name, amount }) => (
          <li key={name.en}>
            {signedText(amount, said)} {s.t(name)}
          </li>
        ))}
      </ul>
    </>
  );
}
