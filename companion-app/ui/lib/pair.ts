/** The page's way in: the six digits for a token. */
import { pairEndpoint } from '../../../shared/protocol';
import { call } from './api';
import { browserInstance, pageToken } from './token';

/** Pairs this browser. Throws InbetweenError "pairing-failed" or "pairing-locked". */
export async function pair(code: string): Promise<void> {
  const name = navigator.userAgent.includes('Electron') ? 'Inbetween window' : 'Page in a browser';
  const { token } = await call(pairEndpoint, { code, client: { name, instance: browserInstance() } });
  pageToken.keep(token);
}
