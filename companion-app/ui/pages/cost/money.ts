/** Money in the person's language. */
import { useCallback } from 'react';
import { moneyText } from '../../../../shared/words';
import { useLanguage } from '../../lib/preferences';

export function useMoney(currency: string): (value: number) => string {
  const language = useLanguage();
  return useCallback((value) => moneyText(language, currency, value), [language, currency]);
}
