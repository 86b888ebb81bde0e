/** The command line's way to the daemon: the same protocol the panel speaks, let in by the local token. */
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { InbetweenError } from '../../shared/problem';
import {
  LIMITS,
  PROTOCOL,
  zCompanionMessage,
  type ClientMessage,
  type CompanionMessage,
  type CompanionMessageOf,
} from '../../shared/protocol';
import { VERSION } from './config';
import { dataLayout } from './data-folder';
import { findRunning } from './running';

const none = (dataDir: string): InbetweenError =>
  new InbetweenError({
    code: 'not-found',
    message: `No companion is running with the data folder ${dataDir}.`,
    safe: 'The queue is kept.',
    action: 'Start it with "inbetween serve", then try again.',
  });

const broken = (why: string): InbetweenError =>
  new InbetweenError({ code: 'internal', message: why, safe: 'The queue is kept.', action: 'Try again.', retry: true });

type Request = Extract<ClientMessage, { ref: string }>;

export class DaemonClient {
  readonly #socket: WebSocket;
  readonly #waiting: { take: (message: CompanionMessage) => boolean; refuse: (error: Error) => void }[] = [];

  private constructor(
    socket: WebSocket,
    /** Where the daemon listens. */
    readonly port: number,
    /** What lets this client in, over HTTP too. */
    readonly token: string,
  ) {
    this.#socket = socket;
    socket.on('message', (data, binary) => {
      if (!binary && data instanceof Buffer) this.#hear(data.toString('utf8'));
    });
    socket.on('close', () => this.#end(broken('The companion closed the connection.')));
    socket.on('error', () => this.#end(broken('The connection to the companion failed.')));
  }

  /** Connects to the daemon that runs with this data folder. Throws InbetweenError "not-found" when none does. */
  static async connect(dataDir: string): Promise<DaemonClient> {
    const running = await findRunning(dataLayout(dataDir));
    if (!running) throw none(dataDir);
    const socket = new WebSocket(`ws://127.0.0.1:${running.port}/`, {
      handshakeTimeout: LIMITS.helloMs,
      maxPayload: 4 * LIMITS.textBytes,
    });
    const client = new DaemonClient(socket, running.port, running.token);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', () => reject(none(dataDir)));
    });
    const ack = client.#next((message) => message.type === 'hello-ack');
    client.#send({
      type: 'hello',
      protocol: PROTOCOL,
      client: { name: 'inbetween command line', version: VERSION, instance: randomUUID() },
      auth: { token: running.token },
    });
    await ack;
    return client;
  }

  /** Sends a request and resolves with its answer. Throws the companion's InbetweenError. */
  async ask<T extends CompanionMessage['type']>(request: Request, answer: T): Promise<CompanionMessageOf<T>> {
    const isAnswer = (message: CompanionMessage): message is CompanionMessageOf<T> =>
      message.type === answer && 'ref' in message && message.ref === request.ref;
    const got = this.#next(isAnswer);
    this.#send(request);
    const message = await got;
    if (!isAnswer(message)) throw broken('The companion gave an answer to something else.');
    return message;
  }

  close(): void {
    this.#socket.close();
  }

  #send(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  #next(wanted: (message: CompanionMessage) => boolean): Promise<CompanionMessage> {
    return new Promise((resolve, refuse) => {
      const take = (message: CompanionMessage): boolean => {
        const mine = wanted(message);
        if (mine) resolve(message);
        return mine;
      };
      this.#waiting.push({ take, refuse });
    });
  }

  #hear(text: string): void {
    const parsed = zCompanionMessage.safeParse(JSON.parse(text));
    if (!parsed.success) {
      this.#end(broken('The companion sent something this version does not understand.'));
      return;
    }
    if (parsed.data.type === 'error') {
      this.#end(new InbetweenError(parsed.data.problem));
      return;
    }
    const index = this.#waiting.findIndex((waiting) => waiting.take(parsed.data));
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  #end(error: Error): void {
    for (const waiting of this.#waiting.splice(0)) waiting.refuse(error);
  }
}
