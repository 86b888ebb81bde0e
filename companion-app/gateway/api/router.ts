/** /api/…: token, method, content type and size are checked here, and every error leaves as a problem with a fitting status. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { InbetweenError, problem, type ErrorCode, type Problem } from '../../../shared/problem';
import { API_BODY_BYTES } from '../../../shared/protocol/pages';
import { GATEWAY_LIMITS } from '../limits';
import type { Log, PairingPort } from '../ports';
import { targetOf } from '../target';
import { bearerOf } from './bearer';
import { readJson } from './body';
import { sendRaw } from './raw';
import type { Route } from './route';

export interface ApiOptions {
  readonly routes: readonly Route[];
  readonly pairing: Pick<PairingPort, 'verify'>;
  readonly log: Log;
}

/** Answers a request whose path starts with /api/, whatever it is. Host and Origin have been looked at before. */
export async function answerApi(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  { routes, pairing, log }: ApiOptions,
): Promise<void> {
  try {
    const route = find(routes, path, request, response);
    const token = bearerOf(request);
    if (!route.open && (token === null || !pairing.verify(token))) throw new InbetweenError(UNPAIRED);
    const input =
      route.method === 'POST'
        ? await readJson(request, route.open ? GATEWAY_LIMITS.helloBytes : API_BODY_BYTES)
        : Object.fromEntries(targetOf(request.url).query);
    const reply = await route.answer(input);
    if (reply.kind === 'raw') await sendRaw(reply.answer, request, response);
    else sendJson(response, 200, reply.value);
  } catch (error) {
    if (!(error instanceof InbetweenError)) log.warn({ error, path }, 'a page asked for something that failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    sendProblem(response, error instanceof InbetweenError ? error.problem : INTERNAL);
  }
}

function find(routes: readonly Route[], path: string, request: IncomingMessage, response: ServerResponse): Route {
  const here = routes.filter((route) => route.path === path);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = here.find((each) => each.method === method);
  if (route) return route;
  if (here.length === 0) throw new InbetweenError(NOTHING_HERE);
  response.setHeader('Allow', here.map((each) => each.method).join(', '));
  response.statusCode = 405;
  throw new InbetweenError({
    ...NOTHING_HERE,
    code: 'bad-message',
    message: `${request.method ?? ''} is not answered here.`,
  });
}

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  'bad-message': 400,
  'unknown-type': 400,
  unauthorised: 401,
  'pairing-failed': 403,
  'licence-not-accepted': 403,
  'not-found': 404,
  busy: 409,
  'job-conflict': 409,
  'out-of-order': 409,
  'too-large': 413,
  'pairing-locked': 429,
  'limit-reached': 429,
  internal: 500,
  'download-failed': 502,
  'companion-unavailable': 503,
  'disk-full': 507,
};

function sendProblem(response: ServerResponse, why: Problem): void {
  const status = response.statusCode === 200 ? (STATUS[why.code] ?? 422) : response.statusCode;
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  // What is left of a body that was not read must not be taken for the next request.
  if (!response.req.complete) response.setHeader('Connection', 'close');
  sendJson(response, status, { problem: why });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

const NOTHING_HERE = {
  code: 'not-found',
  message: 'The companion has no answer at this address.',
  safe: 'Nothing was changed.',
  action: 'Reload the page; if it happens again, update the companion.',
} as const;

const UNPAIRED = {
  code: 'unauthorised',
  message: 'This page is not paired with this companion.',
  safe: 'Queued shots go on rendering; nothing is lost.',
  action: 'Enter the six digits that the companion shows.',
} as const;

const INTERNAL = problem({
  code: 'internal',
  message: 'The companion could not do this; its log says why.',
  safe: 'Queued shots go on rendering; nothing is lost.',
  action: 'Try again. If it happens again, restart the companion.',
  retry: true,
});
