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

export interface Guard {
  /** Null when the request may go on; otherwise why not, for the log and the answer's body. */
  refuses(request: Pick<IncomingMessage, 'headers'>): string | null;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Origins of plugin hosts: schemes that no web page can have. `null` and `file://` are not among them, as pages can. */
const PLUGIN_ORIGIN = /^(uxp|uxp-internal|uxp-plugin|adobe-uxp):\/\/[\w.:/-]{0,200}$/i;

/** Host and Origin rules for one port. */
export function createGuard({ port, hosts, origins }: GuardOptions): Guard {
  const names = [...LOOPBACK, ...hosts.map((host) => host.toLowerCase())];
  const allowedHosts = new Set(names.map((name) => `${name}:${port}`));
  const ownOrigins = new Set([...allowedHosts].map((host) => `http://${host}`));
  const originAllowed = (origin: string): boolean =>
    ownOrigins.has(origin) || PLUGIN_ORIGIN.test(origin) || origins().includes(origin);

  return {
    refuses({ headers }) {
      if (!headers.host || !allowedHosts.has(headers.host.toLowerCase())) return 'Host not allowed.';
      if (headers.origin !== undefined && !originAllowed(headers.origin)) return 'Origin not allowed.';
      const site = headers['sec-fetch-site'];
      if (site === 'cross-site' || site === 'same-site') return 'Not from another site.';
      return null;
    },
  };
}
