/** The JSON body of a request, counted while it comes. */
import type { IncomingMessage } from 'node:http';
import { InbetweenError } from '../../../shared/problem';

/** Throws InbetweenError: `bad-message` for another content type or no JSON, `too-large` past `most` bytes. */
export async function readJson(request: IncomingMessage, most: number): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw bad('The request has to be sent as application/json.');
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) throw bad('The request is no JSON.');
    bytes += part.length;
    if (bytes > most) throw tooLarge(most);
    parts.push(part);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
    return value;
  } catch {
    throw bad('The request is no JSON.');
  }
}

const bad = (message: string): InbetweenError =>
  new InbetweenError({ code: 'bad-message', message, safe: 'Nothing was changed.', action: 'Reload the page.' });

const tooLarge = (most: number): InbetweenError =>
  new InbetweenError({
    code: 'too-large',
    message: `The request is longer than ${most} bytes.`,
    safe: 'Nothing was changed.',
    action: 'Do it in smaller parts.',
  });
