/** Finished clips over HTTP, for a panel on another machine: whole, or from a byte on to resume a cut download. */
import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ClipPort, PairingPort } from './ports';

/** Answers GET /clip/<jobId>. Needs `Authorization: Bearer <token>`; understands `Range: bytes=N-` and `bytes=N-M`. */
export async function sendClip(
  jobId: string,
  request: IncomingMessage,
  response: ServerResponse,
  clips: ClipPort,
  pairing: Pick<PairingPort, 'verify'>,
): Promise<void> {
  const token = /^Bearer ([\w-]{1,256})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined || !pairing.verify(token)) {
    response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end();
    return;
  }
  const path = await clips.clipPath(jobId);
  if (path === null) {
    response.writeHead(404).end();
    return;
  }
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
      'Content-Type': path.endsWith('.mov') ? 'video/quicktime' : 'video/mp4',
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
