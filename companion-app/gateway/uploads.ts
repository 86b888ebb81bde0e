/** Boards on their way in on one connection: begin, chunks in order, acknowledged, checked, kept. */
import { InbetweenError, type Problem } from '../../shared/problem';
import { decodeChunk, type ClientMessageOf, type CompanionMessageOf } from '../../shared/protocol';
import type { GatewayContext } from './context';
import type { Outbox } from './outbox';
import type { BoardUpload } from './ports';

interface Session {
  readonly transfer: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly upload: BoardUpload;
  stopIdle: () => void;
}

/** Methods are called one at a time, by the connection's inbox. */
export class Uploads {
  private readonly sessions = new Map<number, Session>();
  private lastTransfer = 0;

  constructor(
    private readonly context: GatewayContext,
    private readonly outbox: Outbox,
    /** Runs a task in the inbox of the connection. */
    private readonly later: (task: () => Promise<void>) => void,
    /** Tells the peer that a transfer has ended badly. */
    private readonly failed: (error: unknown, transfer: number) => void,
  ) {}

  /** Answers upload-begin. A board that is there already gets transfer 0. */
  async begin(message: ClientMessageOf<'upload-begin'>): Promise<CompanionMessageOf<'upload-ready'>> {
    const { ref, sha256, bytes } = message;
    const { limits, uploadSlots, boards } = this.context;
    if (bytes > limits.boardBytes) throw new InbetweenError(tooLarge(bytes, limits.boardBytes));
    if (this.sessions.size >= limits.uploadsPerConnection || !uploadSlots.take()) throw new InbetweenError(TOO_MANY);
    let upload: BoardUpload | null;
    try {
      upload = await boards.begin({ sha256, bytes });
    } catch (error) {
      uploadSlots.give();
      throw error;
    }
    if (!upload) {
      uploadSlots.give();
      return { type: 'upload-ready', ref, transfer: 0, offset: bytes };
    }
    const session = { transfer: ++this.lastTransfer, sha256, bytes, upload, stopIdle: () => undefined };
    this.sessions.set(session.transfer, session);
    this.expectChunk(session);
    if (upload.offset === bytes) this.later(() => this.finish(session));
    return { type: 'upload-ready', ref, transfer: session.transfer, offset: upload.offset };
  }

  /** Takes a binary frame. Throws InbetweenError for one that is no chunk, or of a transfer that never was. */
  async chunk(frame: Uint8Array): Promise<void> {
    const chunk = decodeChunk(frame);
    if (!chunk)
      throw new InbetweenError({ code: 'bad-message', message: 'A binary message is no upload chunk.', safe: IGNORED });
    const session = this.sessions.get(chunk.transfer);
    if (!session) {
      if (chunk.transfer <= this.lastTransfer) return; // sent before the sender knew that the transfer had ended
      throw new InbetweenError({
        code: 'not-found',
        message: `There is no transfer ${chunk.transfer}.`,
        safe: IGNORED,
      });
    }
    session.stopIdle();
    try {
      await session.upload.write(chunk.offset, chunk.payload);
    } catch (error) {
      await this.end(
        session,
        error instanceof InbetweenError && error.problem.code === 'out-of-order' ? 'close' : 'discard',
      );
      this.failed(error, session.transfer);
      return;
    }
    this.outbox.send({ type: 'upload-ack', transfer: session.transfer, offset: session.upload.offset });
    if (session.upload.offset === session.bytes) await this.finish(session);
    else this.expectChunk(session);
  }

  /** The sender does not want the board any more. */
  async abort(message: ClientMessageOf<'upload-abort'>): Promise<void> {
    const session = this.sessions.get(message.transfer);
    if (session) await this.end(session, 'discard');
  }

  /** The connection is gone: what has arrived stays for the next one. */
  async close(): Promise<void> {
    for (const session of [...this.sessions.values()]) await this.end(session, 'close');
  }

  private async finish(session: Session): Promise<void> {
    if (!this.forget(session)) return;
    const { transfer, sha256 } = session;
    try {
      await session.upload.finish();
      await this.context.queue.boardStored(sha256);
    } catch (error) {
      this.failed(error, transfer);
      return;
    }
    this.outbox.send({ type: 'upload-done', transfer, sha256 });
  }

  private expectChunk(session: Session): void {
    const { clock, limits } = this.context;
    session.stopIdle = clock.after(limits.uploadIdleMs, () =>
      this.later(async () => {
        if (!this.sessions.has(session.transfer)) return;
        await this.end(session, 'close');
        this.failed(new InbetweenError(IDLE), session.transfer);
      }),
    );
  }

  private async end(session: Session, how: 'close' | 'discard'): Promise<void> {
    if (!this.forget(session)) return;
    try {
      await session.upload[how]();
    } catch (error) {
      this.context.log.warn({ error, sha256: session.sha256 }, `could not ${how} an upload`);
    }
  }

  private forget(session: Session): boolean {
    if (!this.sessions.delete(session.transfer)) return false;
    session.stopIdle();
    this.context.uploadSlots.give();
    return true;
  }
}

const IGNORED = 'It was ignored; other uploads go on.';

const tooLarge = (bytes: number, most: number): Problem => ({
  code: 'board-too-large',
  message: `The board is ${Math.ceil(bytes / 1_048_576)} MB; the most is ${Math.floor(most / 1_048_576)} MB.`,
  safe: 'The other shots go on.',
  action: 'Save the board smaller, or flattened, and submit the shot again.',
  retry: false,
});

const TOO_MANY: Problem = {
  code: 'limit-reached',
  message: 'Too many boards are being uploaded at once.',
  safe: 'The uploads that run go on.',
  action: 'Wait for one to end, then send this board again.',
  retry: true,
};

const IDLE: Problem = {
  code: 'upload-refused',
  message: 'No part of the board came for a while, so the upload was put aside.',
  safe: 'What has arrived is kept.',
  action: 'Send the board again; it goes on from there.',
  retry: true,
};
