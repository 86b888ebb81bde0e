/** Keeps the panel connected: dials, backs off, pairs, and knows when trying again makes no sense. */
import { InbetweenError, type Problem } from '../../shared/problem';
import { PORTS, PROTOCOL, type CompanionMessage } from '../../shared/protocol';
import { dial, type Channel, type Dialled, type Hello, type Timing } from './channel';
import { CLOSED, PAIRING_NEEDED, UNAVAILABLE } from './problems';
import type { LinkClock, OpenSocket, TokenStore } from './socket';
import { Listeners, type LinkState } from './state';

/** `localhost` before 127.0.0.1, each over all ports: a host that resolves only one of the two still gets through. */
export const COMPANION_URLS: readonly string[] = ['localhost', '127.0.0.1'].flatMap((host) =>
  PORTS.map((port) => `ws://${host}:${port}`),
);

export interface ConnectorOptions {
  readonly openSocket: OpenSocket;
  readonly urls: readonly string[];
  readonly clock: LinkClock;
  readonly tokens: TokenStore;
  readonly client: Hello['client'];
  readonly timing: Timing;
  /** Milliseconds between tries; the last goes on for ever. */
  readonly backOff: readonly number[];
  message(message: CompanionMessage, channel: Channel): void;
}

/** A connection that lasted this long counts as a success; sooner, the back-off goes on. */
const STEADY_MS = 10_000;

/** The companion's HTTP side: "http://localhost:47810". */
export interface Door {
  readonly base: string;
  readonly token: string;
}

interface PairingTry {
  readonly code: string;
  readonly done: () => void;
  readonly failed: (error: InbetweenError) => void;
}

export class Connector {
  readonly states = new Listeners<LinkState>();
  /** Told every channel that opens, and null when it is gone. */
  readonly channels = new Listeners<Channel | null>();
  private current: LinkState = { kind: 'disconnected', problem: UNAVAILABLE };
  private channel: Channel | null = null;
  private way: Door | null = null;
  private running = false;
  private closed = false;
  private failures = 0;
  private pairing: PairingTry | null = null;
  private nudge: () => void = () => undefined;
  private stopTrial: () => void = () => undefined;

  constructor(private readonly options: ConnectorOptions) {}

  get state(): LinkState {
    return this.current;
  }

  /** The open channel, or null. */
  get open(): Channel | null {
    return this.channel;
  }

  /** Where the open channel leads to, and the token that opens its HTTP side; null while there is none. */
  get door(): Door | null {
    return this.channel && this.way;
  }

  /** Why waiting for a connection makes no sense before a person has acted; null while it does. */
  get hopeless(): Problem | null {
    if (this.closed) return CLOSED;
    const { kind } = this.current;
    return kind === 'pairing-needed' || kind === 'superseded' || kind === 'version-mismatch'
      ? this.current.problem
      : null;
  }

  /** Starts, or tries again at once. */
  connect(): void {
    if (this.closed) return;
    this.failures = 0;
    this.nudge();
    if (this.running) return;
    this.running = true;
    void this.run();
  }

  /** Pairs with the digits the companion shows. Rejects with the companion's problem, or `companion-unavailable`. */
  pair(code: string): Promise<void> {
    if (this.closed) return Promise.reject(new InbetweenError(CLOSED));
    this.pairing?.failed(new InbetweenError({ ...UNAVAILABLE, message: 'Another code was typed in the meantime.' }));
    return new Promise((done, failed) => {
      this.pairing = { code, done, failed };
      this.channel?.close(UNAVAILABLE);
      this.connect();
    });
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.pairing?.failed(new InbetweenError(CLOSED));
    this.pairing = null;
    this.channel?.close(CLOSED);
    this.show({ kind: 'disconnected', problem: CLOSED });
    this.nudge();
  }

  private isClosed(): boolean {
    return this.closed;
  }

  private async run(): Promise<void> {
    while (!this.isClosed()) {
      const pairing = this.pairing;
      this.pairing = null;
      const down = await this.attempt(pairing);
      if (this.isClosed()) break;
      if (down?.code === 'superseded') {
        this.show({ kind: 'superseded', problem: down });
        await this.pause(null);
      } else {
        await this.pause(this.delay());
      }
    }
    this.running = false;
  }

  /** One round over all URLs; while a channel is open, until it goes down. Returns why it went down, or null. */
  private async attempt(pairing: PairingTry | null): Promise<Problem | null> {
    if (this.current.kind === 'disconnected' || this.current.kind === 'superseded') this.show({ kind: 'connecting' });
    const token = pairing ? null : await this.loadToken();
    const refusals: Problem[] = [];
    for (const url of this.options.urls) {
      if (this.isClosed()) break;
      const { outcome, down } = await this.dialOne(url, pairing, token);
      if (outcome.kind === 'open') {
        if (this.isClosed()) {
          outcome.channel.close(CLOSED);
          break;
        }
        const known = outcome.channel.ack.token ?? token;
        this.way = known === null ? null : { base: url.replace(/^ws/, 'http'), token: known };
        this.welcome(outcome.channel, pairing);
        return this.leave(await down);
      }
      if (outcome.kind === 'present') refusals.push(PAIRING_NEEDED);
      if (outcome.kind === 'refused') refusals.push(outcome.problem);
    }
    this.failures += 1;
    const state = stateAfter(refusals);
    pairing?.failed(new InbetweenError(this.isClosed() ? CLOSED : state.problem));
    if (!this.isClosed()) this.show(state);
    return null;
  }

  private async dialOne(
    url: string,
    pairing: PairingTry | null,
    token: string | null,
  ): Promise<{ outcome: Dialled; down: Promise<Problem> }> {
    const auth = pairing ? { code: pairing.code } : token === null ? null : { token };
    const { openSocket, clock, timing, client } = this.options;
    const hello = auth && ({ type: 'hello', protocol: PROTOCOL, client, auth } as const);
    let wentDown: (problem: Problem) => void = () => undefined;
    const down = new Promise<Problem>((resolve) => (wentDown = resolve));
    const events = {
      message: (message: CompanionMessage, channel: Channel) => this.options.message(message, channel),
      down: (problem: Problem) => wentDown(problem),
    };
    return { outcome: await dial({ url, openSocket, clock, timing, hello, events }), down };
  }

  private welcome(channel: Channel, pairing: PairingTry | null): void {
    const { token, companion, capabilities } = channel.ack;
    // A token that cannot be kept still serves this connection; next time the artist pairs again.
    if (token !== undefined) void this.options.tokens.save(token).catch(() => undefined);
    this.stopTrial = this.options.clock.after(STEADY_MS, () => {
      this.failures = 0;
    });
    this.channel = channel;
    this.show({ kind: 'connected', companion, capabilities });
    pairing?.done();
    this.pairing?.done(); // typed while we were connecting with the token: there is nothing left to pair
    this.pairing = null;
    this.channels.tell(channel);
  }

  private leave(problem: Problem): Problem {
    this.stopTrial();
    this.failures += 1;
    this.channel = null;
    this.channels.tell(null);
    if (!this.isClosed()) this.show({ kind: 'disconnected', problem });
    return problem;
  }

  private async loadToken(): Promise<string | null> {
    try {
      return (await this.options.tokens.load()) || null;
    } catch {
      return null;
    }
  }

  private delay(): number {
    const { backOff } = this.options;
    return backOff[Math.min(Math.max(this.failures - 1, 0), backOff.length - 1)] ?? 1_000;
  }

  /** Waits, for ever where `ms` is null, or until connect, pair or close. */
  private async pause(ms: number | null): Promise<void> {
    if (this.pairing) return;
    await new Promise<void>((resolve) => {
      const cancel = ms === null ? () => undefined : this.options.clock.after(ms, resolve);
      this.nudge = () => {
        cancel();
        resolve();
      };
    });
    this.nudge = () => undefined;
  }

  private show(state: LinkState): void {
    this.current = state;
    this.states.tell(state);
  }
}

/** What a round without success means: someone who knows us but wants something beats nobody at home. */
function stateAfter(refusals: readonly Problem[]): Extract<LinkState, { problem: Problem }> {
  const version = refusals.find(({ code }) => code === 'version-mismatch');
  const pairing = refusals.find(
    ({ code }) => code === 'unauthorised' || code === 'pairing-failed' || code === 'pairing-locked',
  );
  if (pairing) return { kind: 'pairing-needed', problem: pairing };
  if (version) return { kind: 'version-mismatch', problem: version };
  return { kind: 'disconnected', problem: refusals[refusals.length - 1] ?? UNAVAILABLE };
}
