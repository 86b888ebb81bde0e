/** What every component of the panel reaches for: the desk, its state, its words. */
import { createContext, useContext, useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import { sayProblem, type Entry, type Told, type Values } from '../../../shared/words';
import { spoken } from '../state/spoken';
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

export type Speak = (entry: Entry, values?: Values) => string;

export function useWords(): Speak {
  const language = usePanel((state) => state.language);
  return (entry, values) => spoken(language, entry, values);
}

/** A problem as one line in the person's language: what happened, what is safe where it is wanted, what to do. */
export function useProblemLine(): (problem: Told, withSafe?: boolean) => string {
  const language = usePanel((state) => state.language);
  return (problem, withSafe = false) => {
    const { what, original, safe, action } = sayProblem(language, problem);
    return [what, original, withSafe ? safe : '', action].filter(Boolean).join(' ');
  };
}
