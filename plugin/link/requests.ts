/** Questions and their answers, matched by ref. A question that a dropped connection left open is asked again. */
import { InbetweenError, type Problem } from '../../shared/problem';
import type { ClientMessage, CompanionMessage, CompanionMessageOf } from '../../shared/protocol';
import type { Channel } from './channel';
import { UNAVAILABLE } from './problems';
import type { LinkClock } from './socket';

type Answer = CompanionMessage['type'];

interface Pending {
  readonly message: ClientMessage;
  readonly settle: (answer: CompanionMessage | Problem) => void;
  /** Set for questions that make sense on this channel only. */
  readonly only: Channel | null;
}

export interface RequestOptions {
  readonly clock: LinkClock;
  /** How long an answer may take, dropped connections included. */
  readonly requestMs: number;
  open(): Channel | null;
  /** Why waiting for a connection makes no sense, or null. */
  hopeless(): Problem | null;
}

const isAnswer = <T extends Answer>(message: CompanionMessage, type: T): message is CompanionMessageOf<T> =>
  message.type === type;

export class Requests {
  private readonly pending = new Map<string, Pending>();
  private count = 0;

  constructor(private readonly options: RequestOptions) {}

  /** A ref nobody has used in this link. */
  nextRef(): string {
    this.count += 1;
    return `r${this.count}`;
  }

  /**
   * Asks, and resolves with the answer of type `expected`. All our questions may be asked twice without harm.
   * Rejects with InbetweenError: the companion's problem, or `companion-unavailable` when no answer came in time.
   */
  ask<T extends Answer>(
    make: (ref: string) => ClientMessage,
    expected: T,
    only: Channel | null = null,
  ): Promise<CompanionMessageOf<T>> {
    const hopeless = this.options.hopeless();
    if (hopeless) return Promise.reject(new InbetweenError(hopeless));
    const ref = this.nextRef();
    return new Promise((resolve, reject) => {
      const settle = (answer: CompanionMessage | Problem): void => {
        cancel();
        this.pending.delete(ref);
        if ('code' in answer) reject(new InbetweenError(answer));
        else if (isAnswer(answer, expected)) resolve(answer);
        else reject(new InbetweenError(UNEXPECTED));
      };
      const cancel = this.options.clock.after(this.options.requestMs, () => settle(UNAVAILABLE));
      const pending = { message: make(ref), settle, only };
      this.pending.set(ref, pending);
      (only ?? this.options.open())?.send(pending.message);
    });
  }

  /** Takes a message that answers one of the questions; says whether it did. */
  take(message: CompanionMessage): boolean {
    const ref = 'ref' in message ? message.ref : undefined;
    const pending = ref === undefined ? undefined : this.pending.get(ref);
    if (!pending) return false;
    pending.settle(message.type === 'error' ? message.problem : message);
    return true;
  }

  /** A connection opened: everything unanswered is asked again, in its order. */
  opened(channel: Channel): void {
    for (const pending of [...this.pending.values()]) if (!pending.only) channel.send(pending.message);
  }

  /** A connection went down. */
  dropped(): void {
    for (const pending of [...this.pending.values()]) if (pending.only) pending.settle(UNAVAILABLE);
  }

  /** Nobody will answer before a person has acted. */
  giveUp(problem: Problem): void {
    for (const pending of [...this.pending.values()]) pending.settle(problem);
  }
}

const UNEXPECTED: Problem = {
  code: 'bad-message',
  message: 'The companion gave an answer that does not fit the question.',
  safe: 'Shots that were submitted go on rendering; nothing is lost.',
  action: 'Update the panel and the companion to the same version.',
  retry: false,
};
