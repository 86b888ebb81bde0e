/** Asking servers: few redirects, only to allowed addresses, never waiting for ever. */
import { allowedAddress, shown } from './address';
import { endedWith } from './ended-with';
import { Fault, networkFault } from './fault';
import { downloadFailed } from './problems';

const REDIRECTS = 5;
const REDIRECT = new Set([301, 302, 303, 307, 308]);
/** Statuses of servers that may do better later. */
const LATER = new Set([408, 421, 425, 429, 500, 502, 503, 504]);
/** A server may ask for a pause, but not for a night. */
const LONGEST_WAIT_MS = 120_000;

/**
 * GET, following redirects.
 * @throws Fault for statuses from 400 on (416 excepted, which is an answer), redirects that lead nowhere, broken connections
 */
export async function request(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  let at = url;
  for (let hops = 0; hops <= REDIRECTS; hops++) {
    const response = await ask(at, headers, signal);
    if (!REDIRECT.has(response.status)) return judged(response, at);
    await response.body?.cancel();
    const next = allowedAddress(response.headers.get('location') ?? '', at);
    if (!next) throw new Fault(`${at.host} sends on to an address that is not allowed`, false);
    at = next;
  }
  throw new Fault(`${url.host} sends on more than ${REDIRECTS} times`, false);
}

async function ask(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'manual', headers: { 'accept-encoding': 'identity', ...headers }, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw networkFault(error, url.host) ?? error;
  }
}

async function judged(response: Response, url: URL): Promise<Response> {
  const { status } = response;
  if (status < 400 || status === 416) return response;
  await response.body?.cancel();
  const why =
    status === 401 || status === 403
      ? 'wants a login, or its licence accepted on its own page'
      : status === 404 || status === 410
        ? 'has no such file'
        : 'answers with an error';
  throw new Fault(`${shown(url)} ${why} (${status})`, LATER.has(status), retryAfter(response));
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? Math.min(LONGEST_WAIT_MS, Math.max(0, seconds * 1000)) : 0;
}

/** Work that is ended when it shows no life for `stallMs`. */
export async function whileAlive<Result>(
  stallMs: number,
  outer: AbortSignal,
  work: (signal: AbortSignal, alive: () => void) => Promise<Result>,
): Promise<Result> {
  const end = endedWith(outer);
  const timer = setTimeout(() => {
    end.controller.abort(new Fault(`nothing came for ${Math.round(stallMs / 1000)} s`, true));
  }, stallMs);
  const { signal } = end.controller;
  try {
    return await work(signal, () => timer.refresh());
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    end.release();
  }
}

/** A small text. @throws InbetweenError `download-failed` */
export async function fetchSmall(url: URL, limit: number, outer: AbortSignal): Promise<string> {
  try {
    return await whileAlive(30_000, outer, async (signal, alive) => {
      const response = await request(url, {}, signal);
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of chunksOf(response, signal)) {
        alive();
        bytes += chunk.length;
        if (bytes > limit) throw new Fault(`${shown(url)} sends more than a catalogue can be`, false);
        chunks.push(chunk);
      }
      return Buffer.concat(chunks).toString('utf8');
    });
  } catch (error) {
    outer.throwIfAborted();
    const fault = error instanceof Fault ? error : networkFault(error, url.host);
    if (!fault) throw error;
    throw downloadFailed(`The catalogue could not be fetched: ${fault.message}.`, undefined, error);
  }
}

/** The bytes of a body as they come. Ending the loop early, or the signal, lets go of the connection. */
export async function* chunksOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  const reader = response.body.getReader();
  // A read that waits for a silent server ends at once, whether or not fetch still listens to its signal.
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const result: { readonly value?: unknown } = await reader.read();
      signal.throwIfAborted();
      if (!(result.value instanceof Uint8Array)) return;
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
