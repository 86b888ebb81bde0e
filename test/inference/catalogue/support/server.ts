/** A file server with the faults of real ones: each path has a script, one way to answer a request after the other. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

export type Way =
  | 'well'
  | 'stall'
  | 'die'
  | 'short'
  | 'drip'
  | 'lie'
  | 'html'
  | 'ignore-range'
  | 'wrong-range'
  | 'more'
  | 'other-bytes'
  | 'busy'
  | 'gone'
  | 'forbidden'
  | 'redirect-loop'
  | 'redirect-away'
  | 'reset';

export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

export interface FileServer {
  readonly address: string;
  readonly files: Map<string, Buffer>;
  /** Ways still to come, by path; a path without any is served well. The last one stays where it is said to. */
  readonly script: Map<string, Way[]>;
  readonly asked: Asked[];
  /** ETags of the files; strong ones. Absent: none is sent. */
  readonly tags: Map<string, string>;
  /** Requests answered at the same time, at most. */
  readonly most: () => number;
  close(): Promise<void>;
}

export async function startFileServer(): Promise<FileServer> {
  const files = new Map<string, Buffer>();
  const script = new Map<string, Way[]>();
  const tags = new Map<string, string>();
  const asked: Asked[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1);
    const file = files.get(path);
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => (open -= 1));
    asked.push({ path, range: request.headers.range, ifRange: request.headers['if-range']?.toString() });
    if (!file) return void response.writeHead(404).end();
    answer(script.get(path)?.shift() ?? 'well', { request, response, file, path, tag: tags.get(path) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    address: `http://127.0.0.1:${port}`,
    files,
    script,
    asked,
    tags,
    most: () => most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly file: Buffer;
  readonly path: string;
  readonly tag: string | undefined;
}

function answer(way: Way, { request, response, file, path, tag }: Exchange): void {
  const wanted = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const ifRange = request.headers['if-range'];
  const ranged = wanted !== null && way !== 'ignore-range' && (ifRange === undefined || ifRange === tag);
  const from = ranged ? Number(wanted[1]) : 0;
  const body = (way === 'other-bytes' ? file.map((byte) => byte ^ 1) : file).subarray(from);
  const half = body.subarray(0, Math.ceil(body.length / 2));
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': body.length,
    ...(tag !== undefined && { etag: tag }),
    ...(ranged && { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` }),
  };
  const status = ranged ? 206 : 200;
  const { 'content-length': _length, ...unsized } = headers;
  switch (way) {
    case 'stall':
      response.writeHead(status, headers).write(half);
      return;
    case 'die':
      response.writeHead(status, headers).write(half, () => setTimeout(() => response.destroy(), 100));
      return;
    case 'short':
      response.writeHead(status, unsized).end(half);
      return;
    case 'drip': {
      response.writeHead(status, headers);
      let at = 0;
      const timer = setInterval(() => {
        response.write(body.subarray(at, (at += 20_000)));
        if (at >= body.length) response.end();
      }, 20);
      response.once('close', () => clearInterval(timer));
      return;
    }
    case 'lie':
      response.writeHead(200, { ...headers, 'content-length': file.length + 1000 }).write(file);
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Please log in</h1>');
      return;
    case 'wrong-range':
      response.writeHead(206, { ...unsized, 'content-range': `bytes 0-${file.length - 1}/${file.length}` }).end(file);
      return;
    case 'more':
      response.writeHead(status, unsized).end(Buffer.concat([body, Buffer.from('and more')]));
      return;
    case 'busy':
      response.writeHead(503, { 'retry-after': '1' }).end('busy');
      return;
    case 'gone':
      response.writeHead(404).end('gone');
      return;
    case 'forbidden':
      response.writeHead(403).end('no');
      return;
    case 'redirect-loop':
      response.writeHead(302, { location: `/${path}` }).end();
      return;
    case 'redirect-away':
      response.writeHead(302, { location: 'file:///etc/hosts' }).end();
      return;
    case 'reset':
      request.socket.destroy();
      return;
    default:
      response.writeHead(status, headers).end(body);
  }
}
