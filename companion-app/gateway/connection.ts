/** One WebSocket connection from its upgrade to its end: a stranger until hello, then a client whose messages are answered. */
import type { RawData, WebSocket } from 'ws';
import { InbetweenError, problem, type Problem } from '../../shared/problem';
import { CLOSE, readClientMessage, type CompanionMessageOf } from '../../shared/protocol';
import { breathe } from '../queue';
import type { GatewayContext } from './context';
import { UNPAIRED, welcome, type Welcome } from './greeting';
import { Inbox } from './inbox';
import { Outbox } from './outbox';
import { answer } from './requests';
import { Subscription } from './subscription';
import { Uploads } from './uploads';

export interface ConnectionEvents {
  /** Hello was accepted. Resolves when an older connection of the same client has let go. */
  welcomed(connection: Connection): Promise<void>;
  closed(connection: Connection): void;
}

/** Bytes of a text message that takes milliseconds to read. */
const LONG_TEXT = 16_384;

/** Breaches of the protocol, as against things that merely cannot be done. */
const BREACHES: ReadonlySet<string> = new Set(['bad-message', 'unknown-type', 'too-large', 'out-of-order']);

export class Connection {
  /** Resolves when the socket is gone and nothing of it is held or running any more. */
  readonly ended: Promise<void>;
  private client: Welcome['client'] | null = null;
  private token = '';
  private closing = false;
  private breaches = 0;
  private stopTimer: () => void;
  private readonly inbox: Inbox;
  private readonly outbox: Outbox;
  private readonly uploads: Uploads;
  private readonly subscription: Subscription;

  constructor(
    private readonly socket: WebSocket,
    private readonly context: GatewayContext,
    private readonly events: ConnectionEvents,
  ) {
    const { limits, clock, queue } = context;
    this.inbox = new Inbox({
      maxItems: limits.inboxMessages,
      maxBytes: limits.inboxBytes,
      turnstile: context.turnstile,
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      failed: (error) => this.refuse(this.describe(error)),
    });
    this.outbox = new Outbox({
      socket,
      clock,
      maxBytes: limits.outboxBytes,
      stallMs: limits.stallMs,
      stalled: () => this.cutOff('reads too slowly'),
    });
    this.uploads = new Uploads(
      context,
      this.outbox,
      (task) => this.inbox.push(0, task),
      (error, transfer) => this.complain(this.describe(error), { transfer }),
    );
    this.subscription = new Subscription(queue, this.outbox, (error, ref) =>
      this.complain(this.describe(error), { ref }),
    );
    this.stopTimer = clock.after(limits.helloMs, () => this.refuse(HELLO_LATE));

    socket.on('message', (data, isBinary) => this.take(data, isBinary));
    socket.on('error', (error) => {
      context.log.info({ reason: error.message }, 'a connection broke the WebSocket protocol');
      this.close(CLOSE.refused, 'bad-message');
    });
    this.ended = new Promise((resolve) => socket.once('close', () => void this.cleanUp().then(resolve)));
  }

  /** Who said hello; null before. */
  get who(): { readonly name: string; readonly version: string } | null {
    return this.client;
  }

  /** The client's own name for itself, null before hello. */
  get instance(): string | null {
    return this.client?.instance ?? null;
  }

  /** A newer connection of the same client has come. */
  supersede(): void {
    this.refuse(SUPERSEDED, CLOSE.superseded);
  }

  /** The companion stops. */
  goAway(): void {
    this.close(CLOSE.away, 'companion stops');
  }

  private take(data: RawData, isBinary: boolean): void {
    if (this.closing) return;
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    this.inbox.push(bytes.length, async () => {
      if (this.closing) return;
      await this.outbox.room();
      if (this.client === null) await this.greet(bytes, isBinary);
      else await this.handle(bytes, isBinary);
      if (this.client !== null) this.listenOn();
    });
  }

  private async greet(bytes: Buffer, isBinary: boolean): Promise<void> {
    this.stopTimer();
    if (isBinary) {
      this.refuse(BINARY_FIRST);
      return;
    }
    if (bytes.length > this.context.limits.helloBytes) {
      this.refuse(tooLarge(bytes.length));
      return;
    }
    try {
      const { client, token, ack } = await welcome(bytes.toString('utf8'), this.context);
      if (this.closing) return;
      this.token = token;
      this.client = client;
      await this.events.welcomed(this);
      this.outbox.send(ack);
    } catch (error) {
      this.refuse(this.describe(error));
    }
  }

  private async handle(bytes: Buffer, isBinary: boolean): Promise<void> {
    // A person may have forgotten it meanwhile.
    if (!this.context.pairing.verify(this.token)) {
      this.refuse(UNPAIRED);
      return;
    }
    let ref: string | undefined;
    try {
      if (isBinary) {
        await this.uploads.chunk(bytes);
        return;
      }
      if (bytes.length > this.context.limits.textBytes) throw new InbetweenError(tooLarge(bytes.length));
      if (bytes.length > LONG_TEXT) await breathe();
      const reading = readClientMessage(bytes.toString('utf8'));
      ref = reading.ok ? ('ref' in reading.message ? reading.message.ref : undefined) : reading.ref;
      if (!reading.ok) throw new InbetweenError(reading.problem);
      const reply = await answer(reading.message, {
        asker: this,
        context: this.context,
        uploads: this.uploads,
        subscription: this.subscription,
      });
      if (reply) this.outbox.send(reply);
    } catch (error) {
      this.complain(this.describe(error), ref === undefined ? {} : { ref });
    }
  }

  /** Answers a message that could not be served; the connection goes on, unless it is only noise. */
  private complain(what: Problem, about: Pick<CompanionMessageOf<'error'>, 'ref' | 'transfer'>): void {
    if (BREACHES.has(what.code)) this.breaches += 1;
    if (this.breaches > this.context.limits.badMessages) {
      this.refuse(TOO_MANY_BREACHES);
      return;
    }
    this.outbox.send({ type: 'error', ...about, problem: what, fatal: false });
  }

  /** Says why and closes. */
  private refuse(why: Problem, code: number = CLOSE.refused): void {
    if (this.closing) return;
    this.context.log.info({ problem: why.code, client: this.client?.name }, 'a connection was refused');
    this.outbox.send({ type: 'error', problem: why, fatal: true });
    this.close(code, why.code);
  }

  private close(code: number, reason: string): void {
    if (this.closing) return;
    this.closing = true;
    this.stopTimer();
    this.socket.resume(); // the peer's own close has to be read
    this.socket.close(code, reason);
    this.stopTimer = this.context.clock.after(this.context.limits.closeMs, () => this.socket.terminate());
  }

  private cutOff(reason: string): void {
    this.context.log.info({ reason, client: this.client?.name }, 'a connection was cut off');
    this.closing = true;
    this.socket.terminate();
  }

  /** Waits for the next message; a client that stays silent is gone. */
  private listenOn(): void {
    this.stopTimer();
    if (this.closing) return;
    this.stopTimer = this.context.clock.after(this.context.limits.silenceMs, () => {
      if (this.inbox.idle) this.cutOff('silent');
      else this.listenOn();
    });
  }

  private async cleanUp(): Promise<void> {
    this.closing = true;
    this.stopTimer();
    this.outbox.wake();
    await this.inbox.close();
    this.context.queue.hostBusy(this, false);
    await Promise.all([this.subscription.stop(), this.uploads.close()]);
    this.events.closed(this);
  }

  /** An InbetweenError as it is; anything else is logged, and told without its details. */
  private describe(error: unknown): Problem {
    if (error instanceof InbetweenError) return error.problem;
    this.context.log.warn({ error }, 'a request failed for a reason of our own');
    return INTERNAL;
  }
}

const tooLarge = (bytes: number): Problem =>
  problem({
    code: 'too-large',
    message: `A message of ${bytes} bytes is too long.`,
    safe: 'It was ignored; nothing else is affected.',
    action: 'Send fewer shots at once.',
  });

const HELLO_LATE = problem({
  code: 'hello-timeout',
  message: 'No hello came in time.',
  safe: 'Nothing was done.',
  retry: true,
});

const BINARY_FIRST = problem({
  code: 'out-of-order',
  message: 'The first message has to be hello, not binary data.',
  safe: 'Nothing was done.',
});

const SUPERSEDED = problem({
  code: 'superseded',
  message: 'This panel has connected a second time; the newer connection goes on.',
  safe: 'Queued shots go on rendering; nothing is lost.',
  action: 'Use the panel that was opened last, or press Connect here to take over.',
});

const TOO_MANY_BREACHES = problem({
  code: 'limit-reached',
  message: 'Too many messages made no sense.',
  safe: 'Queued shots go on rendering; nothing is lost.',
  action: 'Update the panel and the companion to the same version.',
});

const INTERNAL = problem({
  code: 'internal',
  message: 'The companion could not do this; its log says why.',
  safe: 'Queued shots go on rendering; nothing is lost.',
  action: 'Try again. If it happens again, restart the companion.',
  retry: true,
});
