/** A client that says exactly what a test tells it to, right or wrong. */
import WebSocket from 'ws';
import {
  PROTOCOL,
  zCompanionMessage,
  type ClientMessage,
  type CompanionMessage,
  type CompanionMessageOf,
} from '../../../shared/protocol';
import type { Rig } from './rig';

export const helloMessage = (token: string, instance = 'raw'): ClientMessage => ({
  type: 'hello',
  protocol: PROTOCOL,
  client: { name: 'raw', version: '0', instance },
  auth: { token },
});

export class RawClient {
  readonly received: CompanionMessage[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  private taken = 0;
  private wake: () => void = () => undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.received.push(zCompanionMessage.parse(JSON.parse(data.toString('utf8'))));
      this.wake();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      socket.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
        this.wake();
      }),
    );
  }

  /** Connects without a word. */
  static async connect(url: string, options: WebSocket.ClientOptions = {}): Promise<RawClient> {
    const client = new RawClient(new WebSocket(url, options));
    await new Promise<void>((resolve, reject) => {
      client.socket.once('open', () => resolve());
      client.socket.once('error', reject);
    });
    return client;
  }

  /** Connects and is welcomed. */
  static async welcomed(rig: Rig, instance = 'raw'): Promise<RawClient> {
    const client = await RawClient.connect(rig.url);
    client.say(helloMessage(rig.token, instance));
    await client.next('hello-ack');
    return client;
  }

  say(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  sayText(text: string): void {
    this.socket.send(text);
  }

  sayBytes(bytes: Uint8Array): void {
    this.socket.send(bytes, { binary: true });
  }

  /** The next message not taken yet; it has to be of this type. */
  async next<T extends CompanionMessage['type']>(type: T): Promise<CompanionMessageOf<T>> {
    const message = await this.any();
    if (!isOf(message, type)) throw new Error(`expected ${type}, got ${JSON.stringify(message)}`);
    return message;
  }

  async any(): Promise<CompanionMessage> {
    for (;;) {
      const message = this.received[this.taken];
      if (message) {
        this.taken += 1;
        return message;
      }
      if (this.socket.readyState >= WebSocket.CLOSING) throw new Error('closed while waiting for a message');
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

const isOf = <T extends CompanionMessage['type']>(
  message: CompanionMessage,
  type: T,
): message is CompanionMessageOf<T> => message.type === type;
