/** One WebSocket from hello to its end: matched answers, pings, and the reason it went. */
import { InbetweenError, problem, type Problem } from '../../../../shared/problem';
import {
  CLOSE,
  LIMITS,
  PROTOCOL,
  readCompanionMessage,
  type ClientMessage,
  type CompanionMessage,
  type CompanionMessageOf,
} from '../../../../shared/protocol';
import type { HelloAck } from './state';

type Request = Extract<ClientMessage, { ref: string }>;
/** A request without the ref, which the channel gives it. */
export type Wish = Request extends infer R ? (R extends Request ? Omit<R, 'ref'> : never) : never;

/** Why a channel is no more: what the companion said last, or null when the line was simply cut. */
export interface Ending {
  readonly problem: Problem | null;
  readonly superseded: boolean;
}

export interface ChannelParts {
  readonly url: string;
  readonly token: string;
  readonly client: { readonly name: string; readonly version: string; readonly instance: string };
  readonly opened: (ack: HelloAck) => void;
  readonly message: (message: CompanionMessage) => void;
  readonly ended: (ending: Ending) => void;
}

interface Waiting {
  readonly take: (message: CompanionMessage) => boolean;
  readonly refuse: (error: InbetweenError) => void;
}

const CUT = problem({
  code: 'companion-unavailable',
  message: 'The connection to the companion broke off.',
  safe: 'The queue is kept; nothing is lost.',
  action: 'Try again once the companion is back.',
  retry: true,
});

export class Channel {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, Waiting>();
  #refs = 0;
  #greeted = false;
  #lastHeard = performance.now();
  #problem: Problem | null = null;
  #over = false;
  readonly #watch: ReturnType<typeof setInterval>;

  constructor(private readonly parts: ChannelParts) {
    this.#socket = new WebSocket(parts.url);
    this.#socket.addEventListener('open', () => {
      const { token, client } = parts;
      this.#send({ type: 'hello', protocol: PROTOCOL, client, auth: { token } });
    });
    this.#socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#hear(data));
    this.#socket.addEventListener('close', ({ code }) => this.#end(code === CLOSE.superseded));
    this.#watch = setInterval(() => this.#look(), LIMITS.pingMs);
  }

  /** Sends a request and resolves with its answer. Rejects with the companion's InbetweenError, or when the line is cut. */
  ask<T extends CompanionMessage['type']>(wish: Wish, answer: T): Promise<CompanionMessageOf<T>> {
    const ref = `p${(this.#refs += 1)}`;
    return new Promise((resolve, refuse) => {
      if (this.#over || !this.#greeted) {
        refuse(new InbetweenError(CUT));
        return;
      }
      const isAnswer = (message: CompanionMessage): message is CompanionMessageOf<T> => message.type === answer;
      const take = (message: CompanionMessage): boolean => {
        if (!isAnswer(message)) return false;
        resolve(message);
        return true;
      };
      this.#waiting.set(ref, { take, refuse });
      this.#send({ ...wish, ref });
    });
  }

  close(): void {
    this.#socket.close();
    this.#end(false);
  }

  #send(message: ClientMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #hear(data: unknown): void {
    if (this.#over || typeof data !== 'string') return;
    this.#lastHeard = performance.now();
    const reading = readCompanionMessage(data);
    if (!reading.ok) return; // a newer companion's message: minor versions only add
    const { message } = reading;
    if (message.type === 'hello-ack') {
      this.#greeted = true;
      this.parts.opened(message);
      return;
    }
    if (message.type === 'error' && message.fatal) this.#problem = message.problem;
    const ref = 'ref' in message ? message.ref : undefined;
    if (ref === undefined || !this.#answered(ref, message)) this.parts.message(message);
  }

  /** True when the message was the answer to a request. */
  #answered(ref: string, message: CompanionMessage): boolean {
    const waiting = this.#waiting.get(ref);
    if (!waiting) return false;
    if (message.type === 'error') waiting.refuse(new InbetweenError(message.problem));
    else if (!waiting.take(message)) return false;
    this.#waiting.delete(ref);
    return true;
  }

  #look(): void {
    if (performance.now() - this.#lastHeard > LIMITS.silenceMs) this.close();
    else if (this.#greeted) this.#send({ type: 'ping', ref: 'alive' });
  }

  #end(superseded: boolean): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#watch);
    const why = new InbetweenError(this.#problem ?? CUT);
    for (const { refuse } of this.#waiting.values()) refuse(why);
    this.#waiting.clear();
    this.parts.ended({ problem: this.#problem, superseded: superseded || this.#problem?.code === 'superseded' });
  }
}
