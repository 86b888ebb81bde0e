import type { IncomingMessage } from 'node:http';

/** The token of `Authorization: Bearer …`, or null. */
export function bearerOf({ headers }: Pick<IncomingMessage, 'headers'>): string | null {
  return /^Bearer ([\w-]{1,256})$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
