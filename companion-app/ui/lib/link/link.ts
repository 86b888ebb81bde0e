/** The page's line to the companion, kept up whatever happens to the connections under it. */
import { InbetweenError } from '../../../../shared/problem';
import type { CompanionMessage, CompanionMessageOf } from '../../../../shared/protocol';
import { Channel, type ChannelParts, type Ending, type Wish } from './channel';
import { Listeners, type LinkState } from './state';

/** Milliseconds between tries; the last goes on for ever. */
const BACK_OFF = [500, 1_000, 2_000, 5_000];

export class PageLink {
  readonly states = new Listeners<LinkState>();
  readonly messages = new Listeners<CompanionMessage>();
  #state: LinkState = { kind: 'connecting' };
  #channel: Channel | null = null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(private readonly parts: Pick<ChannelParts, 'url' | 'token' | 'client'>) {}

  get state(): LinkState {
    return this.#state;
  }

  /** Starts; later, tries at once, or takes a superseded connection back. */
  connect(): void {
    if (this.#stopped || this.#channel) return;
    clearTimeout(this.#timer);
    if (this.#state.kind === 'superseded') this.#show({ kind: 'connecting' });
    const channel: Channel = new Channel({
      ...this.parts,
      opened: (ack) => {
        if (channel !== this.#channel) return;
        this.#failures = 0;
        this.#show({ kind: 'connected', ack });
      },
      message: (message) => {
        if (channel === this.#channel) this.messages.tell(message);
      },
      ended: (ending) => {
        if (channel === this.#channel) this.#lost(ending);
      },
    });
    this.#channel = channel;
  }

  /** Hangs up for good. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const channel = this.#channel;
    this.#channel = null;
    channel?.close();
  }

  /** Sends a request over the open connection. Rejects with InbetweenError. */
  ask<T extends CompanionMessage['type']>(wish: Wish, answer: T): Promise<CompanionMessageOf<T>> {
    if (this.#channel) return this.#channel.ask(wish, answer);
    return Promise.reject(
      new InbetweenError({
        code: 'companion-unavailable',
        message: 'The companion does not answer.',
        safe: 'The queue is kept; nothing is lost.',
        action: 'Try again once the companion is back.',
        retry: true,
      }),
    );
  }

  #lost({ problem, superseded }: Ending): void {
    this.#channel = null;
    if (superseded) this.#show({ kind: 'superseded' });
    else if (problem?.code === 'unauthorised') this.#show({ kind: 'unpaired', problem });
    else if (problem?.code === 'version-mismatch') {
      this.#show({ kind: 'version-mismatch', update: olderSide(problem.message) });
    } else {
      this.#show({ kind: 'disconnected' });
      this.#timer = setTimeout(() => this.connect(), BACK_OFF[Math.min(this.#failures, BACK_OFF.length - 1)]);
      this.#failures += 1;
    }
  }

  #show(state: LinkState): void {
    this.#state = state;
    this.states.tell(state);
  }
}

/** The companion's sentence names both: "The panel speaks protocol 1.0, the companion 2.0." */
function olderSide(message: string): 'page' | 'companion' {
  const [, page, companion] = /protocol (\d+)\.\d+, the companion (\d+)\./.exec(message) ?? [];
  return Number(page) > Number(companion) ? 'companion' : 'page';
}
