/** Stored events as one endless stream, whatever the connection does: in order, none missed, none twice. */
import { InbetweenError } from '../../shared/problem';
import type { CompanionMessage, JobEvent } from '../../shared/protocol';
import type { Channel } from './channel';
import { Gate } from './gate';
import type { LinkClock } from './socket';

export interface EventQuery {
  /** Number of the last event that was dealt with; 0 for all. */
  readonly since: number;
  /** The companion instance `since` was counted by. When another one answers, the stream starts from its first event. */
  readonly instance?: string;
  /** Only events of this sequence. */
  readonly sequenceId?: string;
  /** Called when everything up to `seq` has been handed out: with a sequenceId, further than the last event seen. */
  readonly onCaughtUp?: (seq: number) => void;
}

export interface EventParts {
  readonly clock: LinkClock;
  readonly retryMs: number;
  nextRef(): string;
  open(): Channel | null;
  /** True when the link was closed for good: the stream ends. */
  closed(): boolean;
}

type Item = { readonly event: JobEvent } | { readonly caughtUp: number };

/** Items held for a consumer that is slow; beyond it the rest is asked for again later. */
const BUFFER = 1_000;

export class EventFeed {
  private stream: EventStream | null = null;

  constructor(private readonly parts: EventParts) {}

  /** Starts the stream. One at a time: throws InbetweenError `busy` while another one is open. */
  start(query: EventQuery): AsyncIterableIterator<JobEvent> {
    if (this.stream) {
      throw new InbetweenError({
        code: 'busy',
        message: 'The events of this link are being read already.',
        safe: 'That goes on.',
      });
    }
    const stream = new EventStream(query, this.parts);
    this.stream = stream;
    return stream.read(() => {
      if (this.stream === stream) this.stream = null;
    });
  }

  take(message: CompanionMessage): boolean {
    return this.stream?.take(message) ?? false;
  }

  opened(channel: Channel): void {
    this.stream?.subscribe(channel);
  }

  /** The link was closed. */
  end(): void {
    this.stream?.changed.open();
  }
}

class EventStream {
  readonly changed = new Gate();
  private readonly items: Item[] = [];
  private ref = '';
  private last: number;
  private instance: string | undefined;
  private overflowed = false;
  private over = false;

  constructor(
    private readonly query: EventQuery,
    private readonly parts: EventParts,
  ) {
    this.last = query.since;
    this.instance = query.instance;
    const channel = parts.open();
    if (channel) this.subscribe(channel);
  }

  /** Asks for everything after the last event that was taken in. */
  subscribe(channel: Channel): void {
    if (this.over) return;
    const { companion } = channel.ack;
    if (this.instance !== undefined && this.instance !== companion.instance) this.last = 0;
    this.instance = companion.instance;
    this.overflowed = false;
    this.ref = this.parts.nextRef();
    const { sequenceId } = this.query;
    channel.send({ type: 'since', ref: this.ref, seq: this.last, ...(sequenceId === undefined ? {} : { sequenceId }) });
  }

  take(message: CompanionMessage): boolean {
    if (!('ref' in message) || message.ref !== this.ref || this.over) return message.type === 'event';
    if (message.type === 'event') this.put({ event: message.event }, message.event.seq);
    else if (message.type === 'caught-up') this.put({ caughtUp: message.seq }, message.seq);
    else if (message.type === 'error') this.refused(message.problem.code);
    else return false;
    return true;
  }

  /** The stream as its consumer sees it. `return()` ends it at once, even while a `next()` waits. */
  read(done: () => void): AsyncIterableIterator<JobEvent> {
    const inner = this.drain(done);
    const iterator: AsyncIterableIterator<JobEvent> = {
      next: () => inner.next(),
      return: () => {
        this.over = true;
        done();
        this.changed.open();
        return inner.return(undefined);
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  private isOver(): boolean {
    return this.over || this.parts.closed();
  }

  private async *drain(done: () => void): AsyncGenerator<JobEvent, undefined, undefined> {
    try {
      while (!this.isOver()) {
        const item = this.items.shift();
        if (item === undefined) {
          const channel = this.parts.open();
          if (this.overflowed && channel) this.subscribe(channel);
          await this.changed.wait();
        } else if ('event' in item) yield item.event;
        else this.query.onCaughtUp?.(item.caughtUp);
      }
    } finally {
      this.over = true;
      done();
    }
    return undefined;
  }

  private put(item: Item, seq: number): void {
    if (this.overflowed || seq < this.last || ('event' in item && seq === this.last)) return;
    if (this.items.length >= BUFFER) {
      this.overflowed = true;
      return;
    }
    this.last = seq;
    this.items.push(item);
    this.changed.open();
  }

  /** The companion could not give these events: they are unknown to it, or its queue is in trouble. */
  private refused(code: string): void {
    if (code === 'not-found') this.last = 0;
    this.ref = '';
    this.parts.clock.after(this.parts.retryMs, () => {
      const channel = this.parts.open();
      if (channel && this.ref === '') this.subscribe(channel);
    });
  }
}
