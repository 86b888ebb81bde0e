/** What takes were expected to cost before they were begun, what they came to, and why the two differ. */
import type { Report } from '../../../../shared/protocol/pages';
import { costWords } from '../../../../shared/words';
import type { Speech } from './words';

interface EstimatesProps {
  readonly money: Report['money'];
  readonly s: Speech;
}

export function Estimates({ money, s }: EstimatesProps) {
  if (!money?.estimates) return null;
  const { takes, expected, actual, because } = money.estimates;
  const said = (amount: number): string => s.money(amount, money.currency);
  // What is lost in rounding is no reason.
  const least = 0.005 * Math.max(expected, actual);
  const signed = (amount: number): string =>
    Math.abs(amount) < least ? said(0) : `${amount > 0 ? '+' : '−'}${said(Math.abs(amount))}`;
  const parts = [
    { name: costWords.moreAttempts, amount: because.moreAttempts },
    { name: costWords.longerOrShorter, amount: because.longerOrShorter },
    { name: costWords.power, amount: because.power },
  ];
  return (
    <>
      <h2>{s.t(costWords.estimates)}</h2>
      <p>{s.t(costWords.estimateText, { n: takes, expected: said(expected), actual: said(actual) })}</p>
      <ul>
        {parts.map(({ name, amount }) => (
          <li key={name.en}>
            {signed(amount)} {s.t(name)}
          </li>
        ))}
      </ul>
    </>
  );
}
