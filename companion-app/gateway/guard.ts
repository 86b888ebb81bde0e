/**
 * Who may reach the server at all. A web page in the artist's browser can open sockets and send requests to this machine;
 * what gives it away is its Origin, or, after DNS rebinding, the Host it believes to be talking to.
 */
import type { IncomingMessage } from 'node:http';

export interface GuardOptions {
  readonly port: number;
  /** Further host names people use for this machine, without port. */
  readonly hosts: readonly string[];
  /** Further origins to let in, exactly as sent; asked at each request, as a person may change them. */
  readonly origins: () => readonly string[];
}

/** What other machines reach: only the names it was opened under, only over TLS. */
export interface RemoteGuardOptions {
  readonly port: number;
  readonly names: readonly string[];
  readonly origins: () => readonly string[];
}

export interface Guard {
  /** Null when the request may go on; otherwise why not, for the log and the answer's body. */
  refuses(request: Pick<IncomingMessage, 'headers'>): string | null;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Origins of plugin hosts: schemes that no web page can have. `null` and `file://` are not among them, as pages can. */
const PLUGIN_ORIGIN = /^(uxp|uxp-internal|uxp-plugin|adobe-uxp):\/\/[\w.:/-]{0,200}$/i;

/** Host and Origin rules for the loopback side of one port. */
export function createGuard({ port, hosts, origins }: GuardOptions): Guard {
  return guardOf('http', port, [...LOOPBACK, ...hosts], origins);
}

/** Host and Origin rules for the side that other machines reach: this machine's own loopback names are no good there. */
export function createRemoteGuard({ port, names, origins }: RemoteGuardOptions): Guard {
  return guardOf('https', port, names, origins);
}

const inUrl = (name: string): string => (name.includes(':') && !name.startsWith('[') ? `[${name}]` : name);

function guardOf(scheme: string, port: number, names: readonly string[], origins: () => readonly string[]): Guard {
  const allowedHosts = new Set(names.map((name) => `${inUrl(name.toLowerCase())}:${port}`));
  const ownOrigins = new Set([...allowedHosts].map((host) => `${scheme}://${host}`));
  const originAllowed = (origin: string): boolean =>
    ownOrigins.has(origin) || PLUGIN_ORIGIN.test(origin) || origins().includes(origin);

  return {
    refuses({ headers }) {
      if (!headers.host || !allowedHosts.has(headers.host.toLowerCase())) return 'Host not allowed.';
      if (headers.origin !== undefined && !originAllowed(headers.origin)) return 'Origin not allowed.';
      const site = headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'Not from another site.';
      return null;
    },
  };
}
