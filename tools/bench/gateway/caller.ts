/** One client of the bench: it asks and hears, and sends boards as the panel does, so many bytes ahead of the last acknowledgement. */
import WebSocket from 'ws';
import {
  encodeChunk,
  LIMITS,
  PROTOCOL,
  zCompanionMessage,
  type ClientMessage,
  type CompanionMessage,
} from '../../../shared/protocol';

type Heard = (message: CompanionMessage) => void;

/** Whoever says nothing for long is taken for gone. */
const PING_MS = LIMITS.pingMs;

export class Caller {
  readonly heard = new Set<Heard>();
  private readonly refused = new Set<(error: Error) => void>();

  private constructor(readonly socket: WebSocket) {
    const pings = setInterval(() => this.say({ type: 'ping', ref: 'here' }), PING_MS);
    socket.on('close', () => {
      clearInterval(pings);
      for (const refuse of [...this.refused]) refuse(new Error('the companion hung up'));
    });
    socket.on('message', (data: Buffer) => {
      const message = zCompanionMessage.parse(JSON.parse(data.toString('utf8')));
      for (const hear of [...this.heard]) hear(message);
    });
  }

  /** Connects and is welcomed; with the token, or a code that gives one. */
  static async welcomed(
    port: number,
    auth: { token: string } | { code: string },
    instance: string,
  ): Promise<{ caller: Caller; token: string }> {
    const caller = new Caller(await opened(port));
    const ack = caller.next((message) => message.type === 'hello-ack');
    caller.say({ type: 'hello', protocol: PROTOCOL, client: { name: 'bench', version: '0', instance }, auth });
    const message = await ack;
    const given = message.type === 'hello-ack' ? message.token : undefined;
    return { caller, token: given ?? ('token' in auth ? auth.token : '') };
  }

  say(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The next message that fits; rejects at an error of the companion. */
  next(fits: (message: CompanionMessage) => boolean): Promise<CompanionMessage> {
    return new Promise((resolve, reject) => {
      const hear = (message: CompanionMessage): void => {
        if (!fits(message) && message.type !== 'error') return;
        this.heard.delete(hear);
        this.refused.delete(reject);
        if (message.type === 'error') reject(new Error(message.problem.message));
        else resolve(message);
      };
      this.heard.add(hear);
      this.refused.add(reject);
    });
  }

  /** Sends a board; resolves when the companion has checked and kept it. */
  async upload(board: Buffer, sha256: string): Promise<void> {
    const ready = this.next((message) => message.type === 'upload-ready');
    this.say({ type: 'upload-begin', ref: sha256.slice(0, 16), sha256, bytes: board.length, name: 'board.png' });
    const begun = await ready;
    if (begun.type !== 'upload-ready' || begun.transfer === 0) return;
    const { transfer } = begun;
    const done = this.next((message) => message.type === 'upload-done' && message.transfer === transfer);
    let acknowledged = 0;
    let more: () => void = () => undefined;
    const hear: Heard = (message) => {
      if (message.type !== 'upload-ack' || message.transfer !== transfer) return;
      acknowledged = message.offset;
      more();
    };
    this.heard.add(hear);
    for (let offset = 0; offset < board.length; offset += LIMITS.chunkBytes) {
      while (offset - acknowledged >= LIMITS.windowBytes) await new Promise<void>((resolve) => (more = resolve));
      this.socket.send(encodeChunk({ transfer, offset, payload: board.subarray(offset, offset + LIMITS.chunkBytes) }));
    }
    await done;
    this.heard.delete(hear);
  }

  close(): void {
    this.socket.close();
  }
}

export async function opened(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return socket;
}

/** The same frames, the same window, against the bare echo: a frame counts as acknowledged when it has come back. */
export async function echoed(socket: WebSocket, board: Buffer): Promise<void> {
  let back = 0;
  let more: () => void = () => undefined;
  const hear = (data: Buffer): void => {
    back += data.length;
    more();
  };
  socket.on('message', hear);
  let sent = 0;
  for (let offset = 0; offset < board.length; offset += LIMITS.chunkBytes) {
    while (sent - back >= LIMITS.windowBytes) await new Promise<void>((resolve) => (more = resolve));
    const frame = encodeChunk({ transfer: 1, offset, payload: board.subarray(offset, offset + LIMITS.chunkBytes) });
    sent += frame.length;
    socket.send(frame);
  }
  while (back < sent) await new Promise<void>((resolve) => (more = resolve));
  socket.off('message', hear);
}
