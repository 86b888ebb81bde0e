/** The page's texts in the person's language. */
import { useCallback } from 'react';
import { say, type Entry, type Values } from '../../../shared/words';
import { useLanguage } from './preferences';

export type Say = (entry: Entry, values?: Values) => string;

/** `const t = useWords(); t(shell.queue)`. */
export function useWords(): Say {
  const language = useLanguage();
  return useCallback((entry, values) => say(language, entry, values), [language]);
}
