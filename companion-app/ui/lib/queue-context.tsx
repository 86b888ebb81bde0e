/** The page's one line to the companion and its view of the queue, for every component below. */
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { CompanionMessage, CompanionMessageOf, JobRow, Progress } from '../../../shared/protocol';
import type { Wish } from './link/channel';
import { PageLink } from './link/link';
import { QueueStore, type QueueView } from './link/queue-store';
import type { LinkState } from './link/state';
import { windowInstance } from './token';

interface Line {
  readonly link: PageLink;
  readonly store: QueueStore;
}

const Context = createContext<Line | null>(null);

/** Opens the line with this token; closes it when it goes. */
export function CompanionLine({ token, children }: { readonly token: string; readonly children: ReactNode }) {
  const [line, setLine] = useState<Line | null>(null);
  useEffect(() => {
    const link = new PageLink({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/`,
      token,
      client: { name: 'Inbetween page', version: INBETWEEN_VERSION, instance: windowInstance() },
    });
    setLine({ link, store: new QueueStore(link) });
    link.connect();
    return () => link.stop();
  }, [token]);
  return line && <Context value={line}>{children}</Context>;
}

function useLine(): Line {
  const line = useContext(Context);
  if (!line) throw new Error('this component belongs inside CompanionLine');
  return line;
}

/** How the line stands, and a way to try at once. */
export function useLink(): { readonly state: LinkState; readonly connect: () => void } {
  const { link } = useLine();
  const state = useSyncExternalStore(link.states.add, () => link.state);
  return useMemo(() => ({ state, connect: () => link.connect() }), [state, link]);
}

export interface Queue extends QueueView {
  /** Asks the companion over the WebSocket; rejects with InbetweenError. */
  readonly ask: <T extends CompanionMessage['type']>(wish: Wish, answer: T) => Promise<CompanionMessageOf<T>>;
  /** Asks for all rows again: after something that no event tells, like another order. */
  readonly relist: () => Promise<void>;
  /** The rows as they are at this very moment, for what a person does quickly twice. */
  readonly current: () => readonly JobRow[];
}

/** All jobs in the queue's order, live. */
export function useQueue(): Queue {
  const { link, store } = useLine();
  const view = useSyncExternalStore(store.changed.add, store.view);
  return useMemo(
    () => ({
      ...view,
      ask: (wish, answer) => link.ask(wish, answer),
      relist: () => store.relist(),
      current: () => store.view().rows,
    }),
    [view, link, store],
  );
}

/** The newest glimpse of progress of every job that renders, by job. */
export function useProgress(): ReadonlyMap<string, Progress> {
  const { store } = useLine();
  return useSyncExternalStore(store.progressed.add, store.progress);
}
