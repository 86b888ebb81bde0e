/** Brings a storyboard to a companion over its own API, as the page does. */
import type { z } from 'zod';
import {
  beginStoryboardEndpoint,
  readStoryboardEndpoint,
  storyboardEndpoint,
  storyboardPartEndpoint,
  zApiError,
  type Endpoint,
  type StoryboardView,
} from '../../shared/protocol';
import type { Problem } from '../../shared/problem';
import { until } from '../queue/fixtures/specs';

export interface Api {
  call<I extends z.ZodType, O extends z.ZodType>(endpoint: Endpoint<I, O>, input: z.input<I>): Promise<z.output<O>>;
  /** The problem that an input is answered with, whatever it is. */
  refusal(endpoint: { readonly method: string; readonly path: string }, input: unknown): Promise<Problem>;
}

/** The API with a token of its own. */
export async function apiOf({ port, code }: { readonly port: number; readonly code: string }): Promise<Api> {
  let token = '';
  const ask = (method: string, path: string, input: unknown): Promise<Response> => {
    const values = Object.entries(input ?? {}).map(([key, value]): [string, string] => [key, String(value)]);
    const query = method === 'GET' ? `?${new URLSearchParams(values).toString()}` : '';
    return fetch(`http://127.0.0.1:${port}${path}${query}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token === '' ? {} : { Authorization: `Bearer ${token}` }) },
      ...(method === 'POST' ? { body: JSON.stringify(input) } : {}),
    });
  };
  const paired: unknown = await (await ask('POST', '/api/pair', { code })).json();
  if (typeof paired === 'object' && paired !== null && 'token' in paired) token = String(paired.token);
  return {
    async call({ method, path, output }, input) {
      const answer = await ask(method, path, input);
      const told: unknown = await answer.json();
      if (!answer.ok) throw new Error(JSON.stringify(told));
      return output.parse(told);
    },
    async refusal({ method, path }, input) {
      return zApiError.parse(await (await ask(method, path, input)).json()).problem;
    },
  };
}

/** Sends files and waits until they are read. */
export async function sendStoryboard(
  api: Api,
  name: string,
  files: Readonly<Record<string, Buffer>>,
): Promise<StoryboardView> {
  const list = Object.entries(files);
  const about = list.map(([place, bytes]) => ({ place, bytes: bytes.length }));
  const { id } = await api.call(beginStoryboardEndpoint, { name, files: about });
  for (const [file, [, bytes]] of list.entries())
    for (let from = 0; from < bytes.length; from += 500_000)
      await api.call(storyboardPartEndpoint, {
        ...{ id, file, from },
        data: bytes.subarray(from, from + 500_000).toString('base64'),
      });
  await api.call(readStoryboardEndpoint, { id });
  return until(async () => {
    const view = await api.call(storyboardEndpoint, { id });
    return view.state === 'reading' ? null : view;
  });
}
