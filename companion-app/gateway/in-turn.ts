/**
 * One request of a connection at a time. Browsers and panels send the next one after the answer; who sends a thousand ahead and reads none
 * would have each of them open its file and wait. And a peer that takes none of its answer does not keep the connection for ever.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Patience {
  /** How long a peer may take nothing of its answer, milliseconds. */
  readonly stallMs: number;
  /** A peer that did was cut off. */
  readonly stalled?: () => void;
}

/** Hands requests to `answer`. A connection that sends one before the last was answered, or whose peer reads nothing, is closed. */
export function answerInTurn(server: Server, { stallMs, stalled }: Patience, answer: Answer): void {
  const busy = new WeakSet<Socket>();
  server.on('request', (request, response) => {
    const { socket } = request;
    if (busy.has(socket)) {
      socket.destroy();
      return;
    }
    busy.add(socket);
    const over = (): void => void busy.delete(socket);
    response.once('finish', over).once('close', over);
    answer(request, response);
  });
  // Told of each socket on which nothing has moved for so long: one that waits for us is left alone, one that we wait for is not.
  server.setTimeout(stallMs, (socket: Socket) => {
    if (socket.writableLength === 0) return;
    socket.destroy();
    stalled?.();
  });
}
