/** The pages' requests to the companion: `call` for JSON, `callRaw` for pictures, clips and archives. */
import type { z } from 'zod';
import { InbetweenError, problem, toProblem, type Problem } from '../../../shared/problem';
import { zApiError, type Endpoint, type RawEndpoint } from '../../../shared/protocol';
import { pageToken } from './token';

interface Asking {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

/** Asks and parses the answer. Throws InbetweenError; `cancelled` once the signal is aborted. */
export async function call<I extends z.ZodType, O extends z.ZodType>(
  endpoint: Endpoint<I, O>,
  input: z.input<I>,
  signal?: AbortSignal,
): Promise<z.output<O>> {
  const response = await ask(endpoint, input, signal);
  const parsed = endpoint.output.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new InbetweenError(NOT_UNDERSTOOD);
}

/** Asks for bytes. Throws as `call` does. */
export async function callRaw<I extends z.ZodType>(
  endpoint: RawEndpoint<I>,
  input: z.input<I>,
  signal?: AbortSignal,
): Promise<Blob> {
  const response = await ask(endpoint, input, signal);
  return response.blob().catch(() => {
    throw new InbetweenError(UNREACHABLE);
  });
}

async function ask({ method, path }: Asking, input: unknown, signal?: AbortSignal): Promise<Response> {
  const token = pageToken.get();
  const response = await fetch(method === 'GET' ? path + query(input) : path, {
    method,
    headers: {
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(method === 'POST' ? { body: JSON.stringify(input) } : {}),
    ...(signal ? { signal } : {}),
    credentials: 'omit',
  }).catch((error: unknown) => {
    if (signal?.aborted) throw new InbetweenError({ code: 'cancelled', message: 'It was given up.' }, { cause: error });
    throw new InbetweenError(UNREACHABLE, { cause: error });
  });
  if (response.ok) return response;
  const error = zApiError.safeParse(await response.json().catch(() => undefined));
  const why = error.success ? error.data.problem : NOT_UNDERSTOOD;
  if (response.status === 401) pageToken.forget(token);
  throw new InbetweenError(why);
}

function query(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const pairs = Object.entries(input).filter((pair) => pair[1] !== undefined);
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()}`;
}

/** What a page shows of whatever was thrown. */
export const problemOf = (thrown: unknown): Problem => toProblem(thrown);

const UNREACHABLE = problem({
  code: 'companion-unavailable',
  message: 'The companion does not answer.',
  safe: 'The queue is kept; nothing is lost.',
  action: 'Start Inbetween, then try again.',
  retry: true,
});

const NOT_UNDERSTOOD = problem({
  code: 'internal',
  message: 'The companion gave an answer that this page does not understand.',
  safe: 'Nothing was changed by this page.',
  action: 'Load this page again.',
  retry: true,
});
