/** Plain HTTP beside the WebSocket: health, the companion's pages, finished clips. Everything else is 404. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PROTOCOL } from '../../shared/protocol';
import { pairRoutes } from './api/pair';
import type { Route } from './api/route';
import { answerApi } from './api/router';
import { sendClip } from './clip';
import type { FarmDoor } from './farm/door';
import type { Guard } from './guard';
import { sendPage } from './pages';
import type { ClipPort, Log, PairingPort } from './ports';
import { targetOf } from './target';

export interface HttpOptions {
  readonly guard: Guard;
  readonly log: Log;
  readonly pairing: PairingPort;
  /** Folder of the companion's pages; without one there are none. */
  readonly pagesFolder?: string;
  /** Finished clips; without it there are none. */
  readonly clips?: ClipPort;
  /** What the farm's workers reach; without it there is no farm. */
  readonly farmDoor?: FarmDoor | undefined;
  /** What the pages may ask beyond pairing. */
  readonly routes?: readonly Route[];
}

/** Sent with every answer: no sniffing, no framing, no other origin, nothing kept. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; script-src 'self'; connect-src 'self' ws://localhost:* ws://127.0.0.1:*; img-src 'self' blob: data:; " +
    "media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
} as const;

/** One request, answered whatever it is. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  try {
    await route(request, response, options);
  } catch (error) {
    // Whoever hung up in the middle needs no answer, and nothing of ours failed.
    if (response.destroyed) return;
    options.log.warn({ error }, 'an HTTP request failed');
    if (response.headersSent) response.destroy();
    else sendText(response, 500, 'The companion could not answer; its log says why.');
  }
}

async function route(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  const refusal = options.guard.refuses(request);
  if (refusal !== null) {
    sendText(response, 403, refusal);
    return;
  }
  const { path } = targetOf(request.url);
  if (path.startsWith('/api/')) {
    const routes = [...pairRoutes(options.pairing), ...(options.routes ?? [])];
    return answerApi(path, request, response, { ...options, routes });
  }
  if (await options.farmDoor?.answers(request, response)) return;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    sendText(response, 405, 'Only GET is answered here.');
    return;
  }
  if (path === '/health') {
    sendJson(response, { ok: true, name: 'inbetween', protocol: PROTOCOL });
    return;
  }
  const clip = /^\/clip\/([0-9a-z-]{8,64})$/.exec(path);
  if (clip?.[1] !== undefined && options.clips)
    return sendClip(clip[1], request, response, options.clips, options.pairing);
  if (options.pagesFolder !== undefined && (await sendPage(options.pagesFolder, path, response))) return;
  sendText(response, 404, 'There is nothing here.');
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}
