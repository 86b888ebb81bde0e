/** Money in the person's language: two digits that tell for less than ten cents, so that small sums are not all nothing. */
import { useMemo } from 'react';
import { useLanguage } from '../../lib/preferences';

const SMALL = 0.1;

export function useMoney(currency: string): (value: number) => string {
  const language = useLanguage();
  return useMemo(() => {
    const of = (digits: Intl.NumberFormatOptions): Intl.NumberFormat =>
      new Intl.NumberFormat(language, { style: 'currency', currency, ...digits });
    const plain = of({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const fine = of({ maximumSignificantDigits: 2 });
    return (value) => (value !== 0 && Math.abs(value) < SMALL ? fine : plain).format(value);
  }, [language, currency]);
}
