/** A reference check as lines for people. */
import type { CheckResult, Comparison } from '../../engines/diffusion/check';

const number = (x: number): string => (Number.isFinite(x) ? x.toExponential(2) : 'missing');

function row({ name, error, limit, ok }: Comparison): string {
  return `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(32)}  largest error ${number(error).padStart(9)}  of ${number(limit).padStart(9)} allowed`;
}

/** One line an intermediate, and a verdict. */
export function checkTable(result: CheckResult): string[] {
  const failed = result.comparisons.filter((comparison) => !comparison.ok).length;
  const verdict = result.ok
    ? `${result.family}: all ${result.comparisons.length} within tolerance`
    : `${result.family}: ${failed} of ${result.comparisons.length} beyond tolerance`;
  return [...result.comparisons.map(row), verdict];
}
