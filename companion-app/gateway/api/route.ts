/** One endpoint with what answers it; the parsed input is the only thing an area sees of a request. */
import type { z } from 'zod';
import { InbetweenError } from '../../../shared/problem';
import type { Endpoint, RawEndpoint } from '../../../shared/protocol/pages';

/** Bytes to answer with: from memory, or from a file (then parts of it can be asked for). */
export type RawAnswer =
  | { readonly type: string; readonly bytes: Uint8Array; readonly fileName?: string }
  | { readonly type: string; readonly file: string };

export type Reply =
  { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'raw'; readonly answer: RawAnswer };

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: `/api/${string}`;
  /** True where no token is needed. */
  readonly open: boolean;
  /** Throws InbetweenError for what cannot be done, `bad-message` for an input that does not fit. */
  answer(input: unknown): Promise<Reply>;
}

/** A route that answers with JSON; what it answers is checked against the schema too. */
export function route<I extends z.ZodType, O extends z.ZodType>(
  { method, path, input, output }: Endpoint<I, O>,
  handle: (input: z.output<I>) => Promise<z.input<O>>,
  { open = false } = {},
): Route {
  return {
    ...{ method, path, open },
    answer: async (given) => ({ kind: 'json', value: output.parse(await handle(fitting(input, given))) }),
  };
}

/** A route that answers with bytes. */
export function rawRoute<I extends z.ZodType>(
  { method, path, input }: RawEndpoint<I>,
  handle: (input: z.output<I>) => Promise<RawAnswer>,
): Route {
  return {
    ...{ method, path, open: false },
    answer: async (given) => ({ kind: 'raw', answer: await handle(fitting(input, given)) }),
  };
}

function fitting<I extends z.ZodType>(schema: I, given: unknown): z.output<I> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  const what = issue?.message ?? 'it does not fit';
  throw new InbetweenError({
    code: 'bad-message',
    message: `The request is malformed: ${(where ? `${where}: ${what}` : what).slice(0, 300)}`,
    safe: 'Nothing was changed.',
    action: 'Reload the page; if it happens again, update the companion.',
  });
}
