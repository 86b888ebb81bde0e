/** What takes were expected to cost, what they came to, and why the two differ, as one line. Pure. */
import { moneyText } from './amounts';
import { costWords } from './cost';
import type { Telling } from './estimate-said';
import type { Entry } from './say';

export interface DifferenceToSay {
  readonly takes: number;
  readonly expected: number;
  readonly actual: number;
  readonly because: { readonly moreAttempts: number; readonly longerOrShorter: number; readonly power: number };
}

/** Parts of the sums under this are lost in rounding and are no reason. */
const LEAST = 0.005;
const REASONS = ['moreAttempts', 'longerOrShorter', 'power'] as const;

export interface DifferenceParts {
  /** Why there is one; 0 where it is no reason. */
  readonly reasons: readonly { readonly name: Entry; readonly amount: number }[];
  readonly whole: number;
}

export function differenceParts({
  expected,
  actual,
  because,
}: Pick<DifferenceToSay, 'expected' | 'actual' | 'because'>): DifferenceParts {
  const least = LEAST * Math.max(expected, actual);
  const kept = (amount: number): number => (Math.abs(amount) < least ? 0 : amount);
  return {
    reasons: REASONS.map((name) => ({ name: costWords[name], amount: kept(because[name]) })),
    whole: kept(actual - expected),
  };
}

/** "+€0.50", "−€0.20"; nothing has no sign. */
export function signedText(amount: number, text: (value: number) => string): string {
  return `${amount > 0 ? '+' : amount < 0 ? '−' : ''}${text(Math.abs(amount))}`;
}

/** The sums, and the parts of their difference. */
export interface SaidDifference {
  readonly sums: string;
  /** Null where there is no difference to speak of. */
  readonly why: string | null;
}

export function sayDifference(
  difference: DifferenceToSay,
  currency: string,
  { language, t }: Omit<Telling, 'now'>,
): SaidDifference {
  const { takes, expected, actual } = difference;
  const money = (value: number): string => moneyText(language, currency, value);
  const parts = differenceParts(difference)
    .reasons.filter(({ amount }) => amount !== 0)
    .map(({ name, amount }) => `${signedText(amount, money)} ${t(name)}`);
  return {
    sums: t(costWords.estimateText, { n: takes, expected: money(expected), actual: money(actual) }),
    why: parts.length === 0 ? null : `${t(costWords.because)}: ${parts.join('; ')}`,
  };
}
