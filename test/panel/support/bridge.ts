/**
 * What a page cannot do by itself: files, ffprobe, and sockets without a browser's Origin. A small server serves the page and does
 * these for it, really. The panel's ports lead to the daemon under test through it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as node from 'node:fs/promises';
import path from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { PORTS } from '../../../shared/protocol';
import { probe } from '../../premiere-simulator/media/probe';
import { renderFrame } from '../../premiere-simulator/media/picture';
import { pack, unpack } from './wire';

export interface Bridge {
  readonly url: string;
  /** The daemon that the panel's first port leads to; null: nobody is there. */
  target: number | null;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
  return Buffer.concat(parts);
}

type Operation = (args: readonly string[], body: Buffer) => Promise<unknown>;

const facts = async (read: Promise<{ size: number; mtimeMs: number; isFile(): boolean }>): Promise<unknown> => {
  const { size, mtimeMs, ...rest } = await read.then((s) => ({ size: s.size, mtimeMs: s.mtimeMs, file: s.isFile() }));
  return { size, mtimeMs, ...rest };
};

/** Files, by the names of node:fs/promises. */
const FILES: Readonly<Record<string, Operation>> = {
  readFile: ([file = '']) => node.readFile(file),
  writeFile: ([file = ''], body) => node.writeFile(file, body),
  lstat: ([file = '']) => facts(node.lstat(file)),
  stat: ([file = '']) => facts(node.stat(file)),
  rename: ([from = '', to = '']) => node.rename(from, to),
  copyFile: ([from = '', to = '']) => node.copyFile(from, to),
  unlink: ([file = '']) => node.unlink(file),
  mkdir: ([folder = '']) => node.mkdir(folder, { recursive: true }),
  rmdir: ([folder = '']) => node.rmdir(folder),
  readdir: ([folder = '']) => node.readdir(folder),
  rm: ([file = '']) => node.rm(file, { recursive: true, force: true }),
  appendFile: ([file = ''], body) => node.appendFile(file, body),
};

const zFrame = z.object({ at: z.bigint(), width: z.number(), height: z.number() });

type FrameArgs = Parameters<typeof renderFrame>;
const isFrame = (value: unknown): value is { project: FrameArgs[0]; sequence: FrameArgs[1] } =>
  typeof value === 'object' && value !== null && 'project' in value && 'sequence' in value;

const MEDIA: Readonly<Record<string, Operation>> = {
  probe: ([file = '']) => probe(file),
  frame: (_args, body) => {
    const asked = unpack(body.toString('utf8'));
    const { at, width, height } = zFrame.parse(asked);
    if (!isFrame(asked)) throw new Error('No frame was asked for.');
    return renderFrame(asked.project, asked.sequence, at, width, height);
  },
};

async function operate(operation: Operation, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const args = new URL(request.url ?? '/', 'http://bridge').searchParams.getAll('arg');
  try {
    const result = await operation(args, await bodyOf(request));
    if (result instanceof Uint8Array)
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(result);
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(pack(result ?? null));
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    const message = error instanceof Error ? error.message : String(error);
    response.writeHead(500, { 'Content-Type': 'application/json' }).end(pack({ message, code: String(code) }));
  }
}

/** `folders`: URL prefix to folder on disk. */
export async function startBridge(folders: Readonly<Record<string, string>>): Promise<Bridge> {
  const state = { target: null as number | null };
  /** Where an address of the panel really leads; null where nobody listens. */
  const real = (url: string): string | null => {
    const parsed = new URL(url);
    if (Number(parsed.port) !== PORTS[0] || state.target === null) return null;
    return `${parsed.protocol}//127.0.0.1:${state.target}${parsed.pathname}${parsed.search}`;
  };
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bridge');
      const [, area = '', name = ''] = pathname.split('/');
      const operation = area === 'files' ? FILES[name] : area === 'media' ? MEDIA[name] : undefined;
      if (operation) return operate(operation, request, response);
      if (area === 'http') {
        const address = real(searchParams.get('url') ?? '');
        if (address === null) return void response.writeHead(502).end();
        const { method = 'GET', headers: sent } = request;
        const headers = new Headers();
        for (const name of ['authorization', 'content-type'] as const) {
          const value = sent[name];
          if (value !== undefined) headers.set(name, value);
        }
        const body = method === 'POST' ? { body: new Uint8Array(await bodyOf(request)) } : {};
        const answer = await fetch(address, { method, headers, ...body });
        response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
        return void response.end(Buffer.from(await answer.arrayBuffer()));
      }
      const folder = folders[area];
      const file = folder === undefined ? null : path.join(folder, path.basename(name));
      if (file === null) return void response.writeHead(404).end();
      response.writeHead(200, { 'Content-Type': TYPES[path.extname(file)] ?? '' }).end(await node.readFile(file));
    })().catch(() => void response.writeHead(500).end());
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (page) => {
      const address = real(new URL(request.url ?? '/', 'http://bridge').searchParams.get('url') ?? '');
      if (address === null) page.terminate();
      else join(page, new WebSocket(address, { perMessageDeflate: false }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    get target() {
      return state.target;
    },
    set target(value) {
      state.target = value;
    },
    close: () =>
      new Promise((resolve) => {
        sockets.clients.forEach((client) => client.terminate());
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The first text the page gets says that the far side is open: until then it is not. */
function join(page: WebSocket, far: WebSocket): void {
  far.on('open', () => page.send('open'));
  far.on('message', (data: Buffer, binary) => page.send(data, { binary }));
  page.on('message', (data: Buffer, binary) => far.send(data, { binary }));
  far.on('error', () => page.terminate());
  far.on('close', (code, reason) => {
    if (code >= 3000 || code === 1000) page.close(code, reason);
    else page.terminate();
  });
  page.on('close', () => far.close());
  page.on('error', () => far.close());
}
