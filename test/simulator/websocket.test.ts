import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createSimulator, type Simulator, type UxpWebSocket } from '../premiere-simulator';

const sims: Simulator[] = [];
let server: WebSocketServer;
let port: number;

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    socket.on('message', (data, binary) => socket.send(data, { binary }));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  for (const sim of sims) sim.dispose();
});

function plugin(domains: unknown): Simulator {
  const sim = createSimulator({ manifest: { requiredPermissions: { network: { domains } } } });
  sims.push(sim);
  return sim;
}

/** Dials and hangs up at once: only the constructor's own verdict counts. */
function dials(domains: unknown, url: string): boolean {
  let socket: UxpWebSocket;
  try {
    socket = new (plugin(domains).WebSocket)(url);
  } catch {
    return false;
  }
  socket.close();
  return true;
}

describe('permission to dial', () => {
  it.each([
    [['ws://localhost:47810'], 'ws://localhost:47810', true],
    [['ws://localhost:47810'], 'ws://localhost:47810/panel', true],
    [['ws://localhost:47810'], 'ws://localhost:47811', false],
    [['ws://localhost:47810'], 'ws://127.0.0.1:47810', false],
    [['ws://localhost:47810'], 'wss://localhost:47810', false],
    [['ws://localhost'], 'ws://localhost:47810', false],
    [['ws://localhost'], 'ws://localhost', true],
    [['http://localhost:47810'], 'ws://localhost:47810', false],
    [['localhost:47810'], 'ws://localhost:47810', false],
    [['ws://*.example.test:80'], 'ws://a.example.test', true],
    [['all', 'ws://localhost:47810'], 'ws://localhost:47810', false],
    ['all', 'ws://localhost:47810', true],
    [[], 'ws://localhost:47810', false],
  ])('with %j for %s is %s', (domains, url, granted) => {
    expect(dials(domains, url)).toBe(granted);
  });

  it('is thrown about by the constructor', () => {
    expect(() => new (plugin([]).WebSocket)('ws://localhost:47810')).toThrow(/Permission denied/);
    expect(() => new (plugin('all').WebSocket)('http://localhost:47810')).toThrow(/scheme/);
  });

  it('follows a whole manifest, and is denied without one that asks', () => {
    const sim = createSimulator({ manifest: { manifestVersion: 5, id: 'x' } });
    sims.push(sim);
    expect(() => new sim.WebSocket('ws://localhost:1')).toThrow(/Permission denied/);
  });
});

it('speaks text and bytes with a real server', async () => {
  const socket = new (plugin([`ws://127.0.0.1:${port}`]).WebSocket)(`ws://127.0.0.1:${port}`);
  socket.binaryType = 'arraybuffer';
  expect(() => socket.send('early')).toThrow();
  const heard: unknown[] = [];
  await new Promise<void>((resolve) => {
    socket.onopen = () => {
      socket.send('hello');
      socket.send(new Uint8Array([0, 1, 2, 3, 4]).subarray(1, 4));
      socket.send(new Uint8Array([9]).buffer);
    };
    socket.addEventListener('message', ({ data }) => {
      heard.push(typeof data === 'string' ? data : data instanceof Blob ? data : [...new Uint8Array(data)]);
      if (heard.length === 3) resolve();
    });
  });
  expect(heard).toEqual(['hello', [1, 2, 3], [9]]);
  const closed = new Promise<number>((resolve) => (socket.onclose = ({ code }) => resolve(code)));
  socket.close(1000, 'done');
  expect(await closed).toBe(1000);
  expect(socket.readyState).toBe(3);
});

it('gives blobs unless told otherwise', async () => {
  const socket = new (plugin('all').WebSocket)(`ws://127.0.0.1:${port}`);
  const data = await new Promise((resolve) => {
    socket.onopen = () => socket.send(new Uint8Array([1]));
    socket.onmessage = (event) => resolve(event.data);
  });
  expect(data).toBeInstanceOf(Blob);
  socket.close();
});

it('closes with 1006 where no server is', async () => {
  const gone = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => gone.once('listening', resolve));
  const free = (gone.address() as AddressInfo).port;
  await new Promise((resolve) => gone.close(resolve));
  const socket = new (plugin('all').WebSocket)(`ws://127.0.0.1:${free}`);
  const heard: string[] = [];
  socket.onerror = () => heard.push('error');
  const code = await new Promise((resolve) => (socket.onclose = (event) => resolve(event.code)));
  expect([heard, code]).toEqual([['error'], 1006]);
});
