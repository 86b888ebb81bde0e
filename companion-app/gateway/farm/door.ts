/**
 * The farm's workers over HTTP, each with the ticket of its job: `GET /farm/<job>/board/<sha256>` (Range understood), and
 * `PUT /farm/<job>/file/<sha256>?offset=N&bytes=TOTAL` with the next piece of a file, answered by `{"offset"}`, the bytes there now.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { InbetweenError, type ErrorCode } from '../../../shared/problem';
import { LIMITS } from '../../../shared/protocol';
import { bearerOf } from '../api/bearer';
import type { Clock } from '../ports';
import { sendFile } from '../send-file';
import { targetOf } from '../target';
import { Deliveries } from './deliveries';
import type { FarmPort } from './port';

const PATH = /^\/farm\/([0-9a-z][0-9a-z-]{7,63}_[0-9a-f]{8})\/(board|file)\/([0-9a-f]{64})$/;
/** Longest piece of a file. */
const PIECE_BYTES = LIMITS.textBytes;

const STATUS: Partial<Record<ErrorCode, number>> = {
  'limit-reached': 503,
  busy: 503,
  'disk-full': 507,
  'folder-unwritable': 507,
  'upload-mismatch': 422,
  'board-too-large': 413,
  'too-large': 413,
};

export class FarmDoor {
  private readonly deliveries: Deliveries;

  constructor(
    private readonly port: FarmPort,
    clock: Clock,
  ) {
    this.deliveries = new Deliveries(port, clock);
  }

  /** Answers what is meant for it; false for everything else. */
  async answers(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { path, query } = targetOf(request.url);
    if (!path.startsWith('/farm/')) return false;
    const [, job = '', kind, sha256 = ''] = PATH.exec(path) ?? [];
    const ticket = bearerOf(request);
    if (job === '') response.writeHead(404).end();
    else if (ticket === null || !this.port.admits(job, ticket))
      response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end();
    else if (kind === 'board' && (request.method === 'GET' || request.method === 'HEAD'))
      await this.sendBoard(sha256, request, response);
    else if (kind === 'file' && request.method === 'PUT')
      await this.takePiece({ job, sha256 }, query, request, response);
    else response.writeHead(405, { Allow: kind === 'board' ? 'GET, HEAD' : 'PUT' }).end();
    return true;
  }

  close(): Promise<void> {
    return this.deliveries.close();
  }

  private async sendBoard(sha256: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = await this.port.board(sha256);
    if (path === null) response.writeHead(404).end();
    else await sendFile(path, 'application/octet-stream', request, response);
  }

  private async takePiece(
    { job, sha256 }: { job: string; sha256: string },
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const [offset, bytes] = [countOf(query.get('offset')), countOf(query.get('bytes'))];
    if (offset === null || bytes === null || bytes === 0) {
      response.writeHead(400).end();
      return;
    }
    try {
      const piece = await pieceOf(request);
      const there = await this.deliveries.take({ job, sha256, bytes }, offset, piece);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ offset: there }));
    } catch (error) {
      const status = error instanceof InbetweenError ? STATUS[error.problem.code] : undefined;
      if (status === undefined) throw error;
      // The rest of what is too long is not waited for.
      if (status === 413) response.setHeader('Connection', 'close');
      response.writeHead(status).end();
    }
  }
}

function countOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

async function pieceOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.length;
    if (bytes > PIECE_BYTES)
      throw new InbetweenError({
        code: 'too-large',
        message: `A piece of a take is longer than ${PIECE_BYTES} bytes.`,
        safe: 'What came before is kept.',
      });
    parts.push(part);
  }
  return Buffer.concat(parts);
}
