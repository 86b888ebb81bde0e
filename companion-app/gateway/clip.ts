/** Finished clips over HTTP, for a panel on another machine: whole, or from a byte on to resume a cut download. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bearerOf } from './api/bearer';
import type { ClipPort, PairingPort } from './ports';
import { sendFile } from './send-file';

/** Answers GET /clip/<jobId>. Needs `Authorization: Bearer <token>`; understands `Range: bytes=N-` and `bytes=N-M`. */
export async function sendClip(
  jobId: string,
  request: IncomingMessage,
  response: ServerResponse,
  clips: ClipPort,
  pairing: Pick<PairingPort, 'verify'>,
): Promise<void> {
  const token = bearerOf(request);
  if (token === null || !pairing.verify(token)) {
    response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end();
    return;
  }
  const path = await clips.clipPath(jobId);
  if (path === null) {
    response.writeHead(404).end();
    return;
  }
  await sendFile(path, path.endsWith('.mov') ? 'video/quicktime' : 'video/mp4', request, response);
}
