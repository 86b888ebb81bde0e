/** Questions to the companion's HTTP side. */
import type { z } from 'zod';
import { InbetweenError } from '../shared/problem';
import { zApiError, type Endpoint } from '../shared/protocol/pages';
import type { Door } from './link';

/** As much of `fetch` as is used. */
export type AskOverHttp = (
  url: string,
  options: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  },
) => Promise<{ readonly ok: boolean; json(): Promise<unknown> }>;

export type Ask = <I extends z.ZodType, O extends z.ZodType>(
  endpoint: Endpoint<I, O>,
  input: z.input<I>,
) => Promise<z.output<O>>;

/** `door` is asked at every request: the companion may have come back elsewhere. Every failure is an InbetweenError. */
export function askerAt(door: () => Door | null, fetch: AskOverHttp): Ask {
  return async ({ method, path, output }, input) => {
    const way = door();
    if (!way) throw new InbetweenError(AWAY);
    const named = typeof input === 'object' && input !== null ? Object.entries(input) : [];
    const query = named.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    const url = way.base + path + (method === 'GET' && query.length > 0 ? `?${query.join('&')}` : '');
    const headers = { Authorization: `Bearer ${way.token}` };
    const body = { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(input) };
    const answer = await fetch(url, { method, headers, ...(method === 'POST' ? body : {}) }).catch((cause: unknown) => {
      throw new InbetweenError(AWAY, { cause });
    });
    const told = await answer.json().catch(() => undefined);
    const refusal = answer.ok ? null : zApiError.safeParse(told);
    if (refusal?.success) throw new InbetweenError(refusal.data.problem);
    const read = output.safeParse(told);
    if (read.success) return read.data;
    throw new InbetweenError(NOT_UNDERSTOOD);
  };
}

const AWAY = {
  code: 'companion-unavailable',
  message: 'The companion does not answer.',
  safe: 'What it has is kept.',
  action: 'Start the companion, then try again.',
  retry: true,
} as const;

const NOT_UNDERSTOOD = {
  code: 'version-mismatch',
  message: 'The companion gave an answer that this panel does not understand.',
  safe: 'Nothing was changed in Premiere.',
  action: 'Update the companion and the panel to the same version.',
} as const;
