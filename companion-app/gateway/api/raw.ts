/** Answers that are bytes: whole from memory, or a file of which a part may be asked for (players seek). */
import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { RawAnswer } from './route';

export async function sendRaw(answer: RawAnswer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('Content-Type', answer.type);
  if ('bytes' in answer) {
    if (answer.fileName !== undefined)
      response.setHeader('Content-Disposition', `attachment; filename="${answer.fileName.replace(/[^\w.-]/g, '_')}"`);
    response.writeHead(200, { 'Content-Length': answer.bytes.length });
    response.end(request.method === 'HEAD' ? undefined : answer.bytes);
    return;
  }
  const file = await open(answer.file, 'r');
  try {
    const { size } = await file.stat();
    const range = rangeOf(request.headers.range, size);
    if (range === null) {
      response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
      return;
    }
    const { start, end } = range;
    response.writeHead(end - start === size ? 200 : 206, {
      'Content-Length': end - start,
      'Accept-Ranges': 'bytes',
      ...(end - start === size ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }),
    });
    if (request.method === 'HEAD' || end === start) response.end();
    else await pipeline(file.createReadStream({ start, end: end - 1, autoClose: false }), response);
  } finally {
    await file.close();
  }
}

/** Bytes asked for, half-open; all without a range or with one of another form; null past the end. */
function rangeOf(range: string | undefined, size: number): { start: number; end: number } | null {
  const match = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(range ?? '');
  if (!match?.[1]) return { start: 0, end: size };
  const start = Number(match[1]);
  const end = match[2] ? Math.min(size, Number(match[2]) + 1) : size;
  return start < size && end > start ? { start, end } : null;
}
