/** POST /api/pair: the page's way in. */
import { randomUUID } from 'node:crypto';
import { pairEndpoint } from '../../../shared/protocol/pages';
import type { PairingPort } from '../ports';
import { route, type Route } from './route';

export function pairRoutes(pairing: Pick<PairingPort, 'redeem'>): Route[] {
  return [
    route(
      pairEndpoint,
      async ({ code, client = { name: 'A page in a browser', instance: randomUUID() } }) => ({
        token: await pairing.redeem(code, client),
      }),
      { open: true },
    ),
  ];
}
