/** Words kept in UXP's secure storage. It returns bytes, and may lose them at any time. */
import type { TokenStore } from '../link';
import type { Uxp } from './runtime';

/** ASCII from bytes: UXP has no TextDecoder, and tokens are ASCII. */
function ascii(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (!(value instanceof Uint8Array) || value.length === 0) return null;
  let text = '';
  for (const byte of value) text += String.fromCharCode(byte);
  return text;
}

async function read(uxp: Uxp, key: string): Promise<string | null> {
  try {
    return ascii(await uxp.storage.secureStorage.getItem(key));
  } catch {
    return null;
  }
}

export function uxpTokens(uxp: Uxp): TokenStore {
  return {
    load: () => read(uxp, 'inbetween.token'),
    save: (token) => uxp.storage.secureStorage.setItem('inbetween.token', token),
  };
}

/** This panel's own name for good, made with `make` the first time. When storage loses it, a new one does no harm. */
export async function panelInstance(uxp: Uxp, make: () => string): Promise<string> {
  const kept = await read(uxp, 'inbetween.instance');
  if (kept !== null) return kept;
  const made = make();
  await uxp.storage.secureStorage.setItem('inbetween.instance', made).catch(() => undefined);
  return made;
}
