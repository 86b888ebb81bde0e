/** Links as the panel makes them, with Node's WebSocket and short times. */
import WebSocket from 'ws';
import {
  createLink,
  type Link,
  type LinkOptions,
  type LinkState,
  type OpenSocket,
  type TokenStore,
} from '../../../../plugin/link';
import { systemClock } from '../../../../companion-app/gateway';

/** The host name of a proxy or a stand-in is a port the gateway does not know: tests send the Host it expects. */
export const socketsTo =
  (gatewayPort: number): OpenSocket =>
  (url) =>
    new WebSocket(url, { headers: { Host: `127.0.0.1:${gatewayPort}` } });

export class Tokens implements TokenStore {
  saved = 0;

  constructor(public token: string | null = null) {}

  load(): Promise<string | null> {
    return Promise.resolve(this.token);
  }

  save(token: string): Promise<void> {
    this.token = token;
    this.saved += 1;
    return Promise.resolve();
  }
}

export interface Panel {
  readonly link: Link;
  readonly tokens: Tokens;
  readonly states: LinkState['kind'][];
}

export function openPanel(port: number, token: string | null, more: Partial<LinkOptions> = {}): Panel {
  const tokens = new Tokens(token);
  const link = createLink({
    openSocket: socketsTo(port),
    clock: systemClock,
    tokens,
    client: { name: 'panel', version: '0.1.0', instance: 'panel-1' },
    urls: [`ws://127.0.0.1:${port}`],
    backOff: [20],
    retryMs: 20,
    ...more,
  });
  const states: LinkState['kind'][] = [];
  link.onState((state) => states.push(state.kind));
  return { link, tokens, states };
}

/** Resolves once the link is in this state. */
export function reach<K extends LinkState['kind']>(link: Link, kind: K): Promise<Extract<LinkState, { kind: K }>> {
  const is = (state: LinkState): state is Extract<LinkState, { kind: K }> => state.kind === kind;
  return new Promise((resolve) => {
    if (is(link.state)) {
      resolve(link.state);
      return;
    }
    const stop = link.onState((state) => {
      if (!is(state)) return;
      stop();
      resolve(state);
    });
  });
}

/** Waits until it holds; the suite's own time limit is the only one. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export async function takeEvents<T>(events: AsyncIterator<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = await events.next();
    if (next.done === true) throw new Error(`the stream ended after ${taken.length}`);
    taken.push(next.value);
  }
  return taken;
}
