/** What takes were expected to cost, what they came to, and why the two differ, as one line. Pure. */
import { moneyText } from './amounts';
import { costWords } from './cost';
import type { Telling } from './estimate-said';

export interface DifferenceToSay {
  readonly takes: number;
  readonly expected: number;
  readonly actual: number;
  readonly because: { readonly moreAttempts: number; readonly longerOrShorter: number; readonly power: number };
}

/** Parts of the sums under this are lost in rounding and are no reason. */
const LEAST = 0.005;

export function sayDifference(
  { takes, expected, actual, because }: DifferenceToSay,
  currency: string,
  { language, t }: Omit<Telling, 'now'>,
): string {
  const money = (value: number): string => moneyText(language, currency, value);
  const parts = (['moreAttempts', 'longerOrShorter', 'power'] as const)
    .filter((name) => Math.abs(because[name]) >= LEAST * Math.max(expected, actual))
    .map((name) => `${because[name] > 0 ? '+' : '−'}${money(Math.abs(because[name]))} ${t(costWords[name])}`);
  const sentence = t(costWords.estimateText, { n: takes, expected: money(expected), actual: money(actual) });
  return parts.length === 0 ? sentence : `${sentence} ${t(costWords.because)}: ${parts.join('; ')}`;
}
