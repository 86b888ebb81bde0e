/** A file over HTTP: whole, or from a byte on to resume a cut download. */
import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Answers GET and HEAD; understands `Range: bytes=N-` and `bytes=N-M`. Throws as the file system does. */
export async function sendFile(
  path: string,
  type: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const part = partOf(request.headers.range, size);
    if (part === null) {
      response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
      return;
    }
    const { start, end, whole } = part;
    response.writeHead(whole ? 200 : 206, {
      'Content-Type': type,
      'Content-Length': end - start,
      'Accept-Ranges': 'bytes',
      ...(whole ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }),
    });
    if (request.method === 'HEAD' || end === start) response.end();
    else await pipeline(file.createReadStream({ start, end: end - 1, autoClose: false }), response);
  } finally {
    await file.close();
  }
}

/** The bytes asked for, `end` exclusive: all without a range or with one of another form, null when it starts past the end. */
function partOf(range: string | undefined, size: number): { start: number; end: number; whole: boolean } | null {
  const match = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(range ?? '');
  if (!match) return { start: 0, end: size, whole: true };
  const start = Number(match[1]);
  const last = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start >= size || last < start) return null;
  return { start, end: last + 1, whole: start === 0 && last === size - 1 };
}
