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

/** The sums, and the parts of their difference. */
export interface SaidDifference {
  readonly sums: string;
  /** Null where there is no difference to speak of. */
  readonly why: string | null;
}

export function sayDifference(
  { takes, expected, actual, because }: DifferenceToSay,
  currency: string,
  { language, t }: Omit<Telling, 'now'>,
): SaidDifference {
  const money = (value: number): string => moneyText(language, currency, value);
  const parts = (['moreAttempts', 'longerOrShorter', 'power'] as const)
    .filter((name) => Math.abs(because[name]) >= LEAST * Math.max(expected, actual))
    .map((name) => `${because[name] > 0 ? '+' : '−'}${money(Math.abs(because[name]))} ${t(costWords[name])}`);
  return {
    sums: t(costWords.estimateText, { n: takes, expected: money(expected), actual: money(actual) }),
    why: parts.length === 0 ? null : `${t(costWords.because)}: ${parts.join('; ')}`,
  };
}
