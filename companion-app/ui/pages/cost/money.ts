/** Money in the person's language: four digits for less than ten cents, so that small sums are not all nothing. */
import { useMemo } from 'react';
import { useLanguage } from '../../lib/preferences';

const SMALL = 0.1;

export function useMoney(currency: string): (value: number) => string {
  const language = useLanguage();
  return useMemo(() => {
    const of = (digits: number): Intl.NumberFormat =>
      new Intl.NumberFormat(language, {
        ...{ style: 'currency', currency },
        ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
      });
    const [plain, fine] = [of(2), of(4)];
    return (value) => (value !== 0 && Math.abs(value) < SMALL ? fine : plain).format(value);
  }, [language, currency]);
}
