/** Opens the gateway's port on chosen addresses of this machine, behind TLS. */
import { createServer, type Server, type ServerOptions } from 'node:https';
import { InbetweenError } from '../../../shared/problem';
import { systemCode } from '../storage-problem';
import type { Identity } from './certificate';

export interface RemoteDoor {
  /** Addresses of this machine, each by itself; never "all of them". */
  readonly addresses: readonly string[];
  /** Names and addresses other machines may call this one by, without port. */
  readonly names: readonly string[];
  readonly identity: Identity;
}

/** One server an address, all on `port`. Throws InbetweenError when one cannot be opened; then none is. */
export async function listenRemote(
  { addresses, identity }: RemoteDoor,
  port: number,
  options: ServerOptions,
): Promise<readonly Server[]> {
  const servers: Server[] = [];
  try {
    for (const address of addresses) servers.push(await listen(address, port, identity, options));
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
  return servers;
}

function listen(host: string, port: number, { key, certificate }: Identity, options: ServerOptions): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({
      ...options,
      key,
      cert: certificate,
      minVersion: 'TLSv1.3',
      handshakeTimeout: options.headersTimeout,
    });
    server.once('error', (error) => reject(cannotListen(host, port, error)));
    server.listen({ port, host, exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve(server);
    });
  });
}

function cannotListen(host: string, port: number, error: Error): InbetweenError {
  const taken = systemCode(error) === 'EADDRINUSE';
  return new InbetweenError(
    {
      code: taken ? 'busy' : 'not-found',
      message: taken ? `Port ${port} of ${host} is taken.` : `${host} is no address of this machine.`,
      safe: 'Nothing was started or changed.',
      action: taken
        ? 'Quit the program that uses it, or choose another with --port.'
        : 'Give one of its own addresses to --remote.',
    },
    { cause: error },
  );
}
