/** One board's way to the companion: in pieces, never more than a window ahead, going on where a dropped connection left it. */
import { InbetweenError, toProblem, type Problem } from '../../shared/problem';
import { LIMITS, type CompanionMessageOf } from '../../shared/protocol';
import type { Channel } from './channel';
import { Gate } from './gate';
import { CANCELLED, UNAVAILABLE, unreadable } from './problems';
import type { Requests } from './requests';
import type { BoardReader, LinkClock } from './socket';
import type { Listeners } from './state';
import type { TransferMessage, Transfers } from './transfers';

export interface UploadOrder {
  readonly reader: BoardReader;
  readonly sha256: string;
  /** For people, in messages. */
  readonly name: string;
  /** Called with the bytes the companion has acknowledged; may go back after an interruption. */
  readonly onProgress?: (done: number, of: number) => void;
}

export interface UploadParts {
  readonly requests: Requests;
  readonly transfers: Transfers;
  readonly clock: LinkClock;
  readonly retryMs: number;
  /** Told whenever a connection comes or goes, or waiting for one becomes hopeless. */
  readonly changed: Listeners<void>;
  open(): Channel | null;
  hopeless(): Problem | null;
}

/** Times a board that arrived damaged is sent again from its start. */
const MISMATCHES = 2;

export class UploadRun {
  private cancelled = false;
  private readonly moved = new Gate();

  constructor(
    private readonly order: UploadOrder,
    private readonly parts: UploadParts,
  ) {}

  /** Stops; `run` rejects with `cancelled`, and the companion forgets the part. */
  cancel(): void {
    this.cancelled = true;
    this.moved.open();
  }

  /** Resolves when the companion has the whole board. Rejects with InbetweenError when trying again cannot help. */
  async run(): Promise<void> {
    const stop = this.parts.changed.add(() => this.moved.open());
    try {
      await this.tryUntilDone();
    } finally {
      stop();
    }
  }

  private async tryUntilDone(): Promise<void> {
    let mismatches = 0;
    for (;;) {
      const channel = await this.channel();
      try {
        await this.over(channel);
        return;
      } catch (error) {
        const { code, retry } = toProblem(error);
        if (code === 'upload-mismatch') mismatches += 1;
        const again = code === 'upload-mismatch' ? mismatches <= MISMATCHES : retry && AGAIN.has(code);
        if (this.cancelled || !again) throw error;
        if (this.parts.open() === channel) await this.rest();
      }
    }
  }

  private async channel(): Promise<Channel> {
    for (;;) {
      if (this.cancelled) throw new InbetweenError(CANCELLED);
      const hopeless = this.parts.hopeless();
      if (hopeless) throw new InbetweenError(hopeless);
      const channel = this.parts.open();
      if (channel) return channel;
      await this.moved.wait();
    }
  }

  private async over(channel: Channel): Promise<void> {
    const { reader, sha256, name } = this.order;
    const ready = await this.parts.requests.ask(
      (ref) => ({ type: 'upload-begin', ref, sha256, bytes: reader.bytes, name: name.slice(0, LIMITS.nameLength) }),
      'upload-ready',
      channel,
    );
    if (ready.transfer === 0) this.progress(reader.bytes);
    else await this.send(channel, ready);
  }

  private async send(channel: Channel, ready: CompanionMessageOf<'upload-ready'>): Promise<void> {
    const { reader } = this.order;
    const { transfer } = ready;
    const chunkBytes = Math.min(LIMITS.chunkBytes, channel.ack.limits.chunkBytes);
    const windowBytes = Math.max(chunkBytes, Math.min(LIMITS.windowBytes, channel.ack.limits.windowBytes));
    let acknowledged = ready.offset;
    let sent = ready.offset;
    let ended: 'done' | Problem | null = null;
    const release = this.parts.transfers.claim(transfer, (message: TransferMessage) => {
      if (message.type === 'upload-ack') this.progress((acknowledged = message.offset));
      else ended = message.type === 'upload-done' ? 'done' : message.problem;
      this.moved.open();
    });
    // Read through a function: it changes in the listener above, which the compiler does not follow.
    const end = (): 'done' | Problem | null => ended ?? (this.parts.open() === channel ? null : UNAVAILABLE);
    try {
      while (end() === null && !this.cancelled) {
        const length = Math.min(chunkBytes, reader.bytes - sent);
        if (length <= 0 || sent + length - acknowledged > windowBytes) {
          await this.moved.wait();
          continue;
        }
        const payload = await this.read(sent, length);
        channel.sendChunk({ transfer, offset: sent, payload });
        sent += length;
      }
    } catch (error) {
      channel.send({ type: 'upload-abort', transfer });
      throw error;
    } finally {
      release();
    }
    const how = end();
    if (how === 'done') return;
    if (how === null) channel.send({ type: 'upload-abort', transfer });
    throw new InbetweenError(how ?? CANCELLED);
  }

  private async read(offset: number, length: number): Promise<Uint8Array> {
    let payload: Uint8Array;
    try {
      payload = await this.order.reader.read(offset, length);
    } catch (error) {
      throw unreadable(this.order.name, error);
    }
    if (payload.length !== length) throw unreadable(this.order.name);
    return payload;
  }

  private async rest(): Promise<void> {
    const cancel = this.parts.clock.after(this.parts.retryMs, () => this.moved.open());
    await this.moved.wait();
    cancel();
  }

  private progress(done: number): void {
    try {
      this.order.onProgress?.(done, this.order.reader.bytes);
    } catch {
      // an exception let through here could take Premiere down
    }
  }
}

/** Problems that pass: the connection dropped, the board is on its way from elsewhere, too much at once. */
const AGAIN: ReadonlySet<string> = new Set([
  'companion-unavailable',
  'busy',
  'limit-reached',
  'upload-refused',
  'out-of-order',
  'internal',
]);
