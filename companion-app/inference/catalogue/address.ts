/** Where files may come from: https, or a server on this machine. */

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The address as a URL, or undefined for one that nothing is fetched from. */
export function allowedAddress(text: string, base?: URL): URL | undefined {
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    return undefined;
  }
  if (url.username !== '' || url.password !== '') return undefined;
  if (url.protocol === 'https:') return url;
  // What came from the network may not send us to a server on this machine.
  return url.protocol === 'http:' && LOOPBACK.has(url.hostname) && base?.protocol !== 'https:' ? url : undefined;
}

/** The address without what may be a secret in it, for people. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
