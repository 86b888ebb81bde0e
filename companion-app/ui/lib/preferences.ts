/** Language and theme as this page shows them: the companion's settings, remembered here so that nothing flickers at the start. */
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { zSettings } from '../../../shared/protocol';
import { chooseLanguage, type Language } from '../../../shared/words';

const zPreferences = z.object({ language: zSettings.shape.language, theme: zSettings.shape.theme });
export type Preferences = z.output<typeof zPreferences>;

const KEY = 'inbetween.preferences';
const listeners = new Set<() => void>();
let current = read();

function read(): Preferences {
  try {
    return zPreferences.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    return zPreferences.parse({});
  }
}

/** Takes on what the settings say. */
export function showAs({ language, theme }: Preferences): void {
  if (language === current.language && theme === current.theme) return;
  current = { language, theme };
  localStorage.setItem(KEY, JSON.stringify(current));
  for (const listener of [...listeners]) listener();
}

export const usePreferences = (): Preferences =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );

/** The language the page speaks: the one set, or the browser's. */
export function useLanguage(): Language {
  const { language } = usePreferences();
  return language === 'auto' ? chooseLanguage(navigator.languages) : language;
}
