/** Opens the same port on both loopback addresses, and on nothing else. */
import { createServer, type Server, type ServerOptions } from 'node:http';
import { InbetweenError } from '../../shared/problem';

export interface Listening {
  readonly port: number;
  /** One for 127.0.0.1 and, where the machine has IPv6, one for ::1. */
  readonly servers: readonly Server[];
}

const TRIES_FOR_ANY_PORT = 20;

/**
 * The first of `ports` that is free on both loopback addresses; 0 means any. A port that another program holds on one of
 * the two is passed over: "localhost" could lead to that program.
 * Throws InbetweenError `busy` when none is free.
 */
export async function listenOnLoopback(ports: readonly number[], options: ServerOptions): Promise<Listening> {
  const candidates = ports.flatMap((port) => (port === 0 ? new Array<number>(TRIES_FOR_ANY_PORT).fill(0) : [port]));
  for (const wanted of candidates) {
    const v4 = await tryListen(wanted, '127.0.0.1', options);
    if (v4 === 'taken' || v4 === 'absent') continue;
    const port = portOf(v4);
    const v6 = await tryListen(port, '::1', options);
    if (v6 === 'absent') return { port, servers: [v4] };
    if (v6 !== 'taken') return { port, servers: [v4, v6] };
    await new Promise<void>((done) => v4.close(() => done()));
  }
  throw new InbetweenError({
    code: 'busy',
    message: `No port is free for the companion (tried ${ports.join(', ')}).`,
    safe: 'Nothing was started or changed.',
    action: 'Quit the other companion or the program that uses these ports, then start again.',
    retry: true,
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen on a port.');
  return address.port;
}

const TAKEN = new Set(['EADDRINUSE', 'EACCES']);
const ABSENT = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

function tryListen(port: number, host: string, options: ServerOptions): Promise<Server | 'taken' | 'absent'> {
  return new Promise((resolve, reject) => {
    const server = createServer(options);
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (TAKEN.has(error.code ?? '')) resolve('taken');
      else if (ABSENT.has(error.code ?? '')) resolve('absent');
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve(server);
    });
  });
}
