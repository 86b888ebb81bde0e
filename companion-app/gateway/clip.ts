/** Finished clips over HTTP, for a panel on another machine: whole, or from a byte on to resume a cut download. */
import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ClipPort, PairingPort } from './ports';

/** Answers GET /clip/<jobId>. Needs `Authorization: Bearer <token>`; understands `Range: bytes=N-`. */
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
    const start = firstByte(request.headers.range, size);
    if (start === null) {
      response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
      return;
    }
    response.writeHead(start === 0 ? 200 : 206, {
      'Content-Type': path.endsWith('.mov') ? 'video/quicktime' : 'video/mp4',
      'Content-Length': size - start,
      'Accept-Ranges': 'bytes',
      ...(start === 0 ? {} : { 'Content-Range': `bytes ${start}-${size - 1}/${size}` }),
    });
    if (request.method === 'HEAD') response.end();
    else await pipeline(file.createReadStream({ start, autoClose: false }), response);
  } finally {
    await file.close();
  }
}

/** Where to start: 0 without a range or with one of another form, null when the range starts past the end. */
function firstByte(range: string | undefined, size: number): number | null {
  const match = /^bytes=(\d{1,15})-$/.exec(range ?? '');
  if (!match) return 0;
  const start = Number(match[1]);
  return start < size ? start : null;
}
