/** The runtime's fetch: [D] an address that the manifest does not list is refused; [I] as a rejected TypeError, without CORS. */
import { mayDial, type Permissions } from './manifest';
import { send } from './transport';

export type UxpFetch = (url: string, init?: RequestInit) => Promise<Response>;

export const fetchFor =
  (permissions: Permissions): UxpFetch =>
  async (url, init = {}) => {
    if (!mayDial(permissions.domains, new URL(url)))
      throw new TypeError(`Permission denied to the url ${url}. Manifest entry not found.`);
    return send(url, init);
  };
