/** What every component of the panel reaches for: the desk, its state, its words. */
import { createContext, useContext, useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import { say, type Entry, type Language, type Values } from '../../../shared/words';
import type { PanelState } from '../state/state';
import type { Store } from '../state/store';
import type { Desk } from '../work/desk';

interface Setting {
  readonly desk: Desk;
  readonly store: Store<PanelState>;
}

const Context = createContext<Setting | null>(null);

export function PanelContext({ desk, store, children }: Setting & { readonly children: ReactNode }): ReactElement {
  return <Context.Provider value={{ desk, store }}>{children}</Context.Provider>;
}

function useSetting(): Setting {
  const setting = useContext(Context);
  if (!setting) throw new Error('A component of the panel stands outside of it.');
  return setting;
}

export const useDesk = (): Desk => useSetting().desk;

export function usePanel<T>(select: (state: PanelState) => T): T {
  const { store } = useSetting();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/** The entry's text with its values. A UXP without Intl gets the plain form: values put in, the `other` branch of plurals. */
export function spoken(language: Language, entry: Entry, values?: Values): string {
  try {
    return say(language, entry, values);
  } catch {
    return plain(entry[language], values ?? {});
  }
}

export function plain(text: string, values: Values): string {
  const chosen = text.replace(
    /\{(\w+), (?:plural|select)(?:[^{}]|\{[^{}]*\})*?other \{([^{}]*)\}\}/g,
    (_, name: string, other: string) => other.replaceAll('#', String(values[name] ?? '')),
  );
  return chosen.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export type Speak = (entry: Entry, values?: Values) => string;

export function useWords(): Speak {
  const language = usePanel((state) => state.language);
  return (entry, values) => spoken(language, entry, values);
}
