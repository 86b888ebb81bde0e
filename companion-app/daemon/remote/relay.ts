/**
 * A companion elsewhere as if it were here: loopback in, pinned TLS out. Premiere's panel can neither pin a certificate nor dial what
 * its manifest does not list, so it dials this machine, under the same rules for Host and Origin as always.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { answerInTurn, createGuard, listenOnLoopback, GATEWAY_LIMITS } from '../../gateway';
import { pinned, type Address } from './pin';

export interface RelayOptions extends Address {
  /** PEM of the one certificate that is believed. */
  readonly certificate: string;
  /** Loopback ports tried in this order; 0 is any free one. */
  readonly ports: readonly number[];
}

export interface Relay {
  readonly port: number;
  stop(): Promise<void>;
}

/** Headers that say where a request came from: true on this machine only, and judged here. */
const OURS = new Set([
  'host',
  'origin',
  'referer',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'sec-fetch-user',
]);

/** Opens the relay. Throws InbetweenError `busy` when no port is free. */
export async function openRelay({ host, port: far, certificate, ports }: RelayOptions): Promise<Relay> {
  const { connections, strangers, headersMs, stallMs } = GATEWAY_LIMITS;
  const { port, servers } = await listenOnLoopback(ports, { headersTimeout: headersMs, requestTimeout: headersMs });
  const guard = createGuard({ port, hosts: [], origins: () => [] });
  const open = new Set<Duplex>();
  const agent = new https.Agent({ keepAlive: false, maxSockets: connections });
  const ask = (request: IncomingMessage): ReturnType<typeof https.request> =>
    https.request({
      ...{ host, port: far, agent, path: request.url, method: request.method },
      ...pinned(certificate),
      headers: forwarded(request.headers, host, far),
    });

  const plain = (request: IncomingMessage, response: ServerResponse): void => {
    const refusal = guard.refuses(request);
    if (refusal !== null) {
      response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${refusal}\n`);
      return;
    }
    const away = ask(request);
    away.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    away.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on('close', () => away.destroy());
    request.pipe(away);
  };

  const upgrade = (request: IncomingMessage, near: Duplex, head: Buffer): void => {
    near.on('error', () => near.destroy());
    if (guard.refuses(request) !== null) {
      near.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    open.add(near);
    near.once('close', () => open.delete(near));
    const away = ask(request);
    away.on('upgrade', (answer, socket, first) => {
      near.write(statusLine(answer));
      near.write(first);
      socket.write(head);
      socket.on('error', () => near.destroy());
      socket.once('close', () => near.destroy());
      near.once('close', () => socket.destroy());
      socket.pipe(near).pipe(socket);
    });
    away.on('response', (answer) => near.end(statusLine(answer)));
    away.on('error', () => near.destroy());
    near.once('close', () => away.destroy());
    away.end();
  };

  for (const server of servers) {
    server.maxConnections = connections + strangers;
    answerInTurn(server, { stallMs }, plain);
    server.on('upgrade', upgrade);
    server.on('clientError', (_error, socket) => socket.destroy());
  }
  return {
    port,
    async stop() {
      const closed = servers.map((server) => new Promise<void>((done) => server.close(() => done())));
      for (const socket of open) socket.destroy();
      for (const server of servers) server.closeAllConnections();
      agent.destroy();
      await Promise.all(closed);
    },
  };
}

function forwarded(headers: IncomingHttpHeaders, host: string, port: number): IncomingHttpHeaders {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !OURS.has(name)));
  return { ...kept, host: `${host.includes(':') ? `[${host}]` : host}:${port}` };
}

function statusLine({ statusCode = 502, statusMessage = '', rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1] ?? ''}`] : []));
  return `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('\r\n')}\r\n\r\n`;
}
