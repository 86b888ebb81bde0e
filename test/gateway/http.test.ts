/** Plain HTTP: little is there, and nothing leads out of it. */
import http from 'node:http';
import net from 'node:net';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createGateway } from '../../companion-app/gateway';
import { toProblem } from '../../shared/problem';
import { RawClient } from './support/raw-client';
import { startRig, temporaryFolder, type Rig } from './support/rig';
import { rm } from 'node:fs/promises';

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

let rig: Rig;
let pages: string;
beforeEach(async () => {
  pages = await temporaryFolder();
  await mkdir(path.join(pages, 'site', 'assets'), { recursive: true });
  await writeFile(path.join(pages, 'secret.html'), 'secret');
  await writeFile(path.join(pages, 'site', 'index.html'), '<p>home</p>');
  await writeFile(path.join(pages, 'site', 'assets', 'a.js'), 'let a;');
  await writeFile(path.join(pages, 'site', '.env.html'), 'secret');
  await writeFile(path.join(pages, 'site', 'data.bin'), 'secret');
  await symlink(path.join(pages, 'secret.html'), path.join(pages, 'site', 'out.html'));
  await writeFile(path.join(pages, 'clip.mov'), '0123456789');
  rig = await startRig({
    pagesFolder: path.join(pages, 'site'),
    clips: { clipPath: async (id) => (id === 'job-0001' ? path.join(pages, 'clip.mov') : null) },
  });
});
afterEach(async () => {
  await rig.close();
  await rm(pages, { recursive: true, force: true });
});

const get = (
  target: string,
  headers: http.OutgoingHttpHeaders = {},
  method = 'GET',
  host = '127.0.0.1',
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = http.request({ host, port: rig.port, path: target, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });

test('health says that it is well, on both addresses, and no more', async () => {
  for (const host of ['127.0.0.1', '::1']) {
    const { status, body } = await get('/health', {}, 'GET', host);
    expect([status, JSON.parse(body)]).toEqual([
      200,
      { ok: true, name: 'inbetween', protocol: { major: 1, minor: 0 } },
    ]);
  }
});

test('every answer carries the headers that keep browsers in check', async () => {
  for (const target of ['/health', '/', '/nowhere', '/clip/job-0001']) {
    const { headers } = await get(target);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

test.each([
  ['a rebound name', { Host: 'evil.example' }],
  ['another origin', { Origin: 'https://evil.example' }],
  ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
  ['another port of this machine', { 'Sec-Fetch-Site': 'same-site' }],
])('%s is refused', async (_name, headers) => {
  expect((await get('/health', headers)).status).toBe(403);
});

test('pages are served as what they are', async () => {
  expect(await get('/')).toMatchObject({
    status: 200,
    body: '<p>home</p>',
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
  expect(await get('/assets/a.js?v=1')).toMatchObject({ status: 200, body: 'let a;' });
  expect(await get('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
});

test.each([
  '/../secret.html',
  '/assets/../../secret.html',
  '/%2e%2e/secret.html',
  '/..%2fsecret.html',
  '/..\\secret.html',
  '//secret.html',
  '/out.html',
  '/.env.html',
  '/data.bin',
  '/assets',
  '/assets/',
  '/index.html%00.js',
  '/index.html/',
  '/C:/secret.html',
  '/index.html::$DATA',
  '/%',
  '/nowhere',
  '/clip/../../secret.html',
  '/clip/',
  '*',
  'http://evil.example/index.html',
])('%s leads nowhere', async (target) => {
  const { status, body } = await get(target);
  expect(status).toBe(404);
  expect(body).not.toContain('secret\n');
});

test('only GET and HEAD', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await get('/', {}, method)).status).toBe(405);
});

test('clips need a token, and can be taken up again in the middle', async () => {
  const auth = { Authorization: `Bearer ${rig.token}` };
  expect((await get('/clip/job-0001')).status).toBe(401);
  expect((await get('/clip/job-0001', { Authorization: 'Bearer nope' })).status).toBe(401);
  expect((await get('/clip/job-0001', { Authorization: `Basic ${rig.token}` })).status).toBe(401);
  expect((await get('/clip/job-0002', auth)).status).toBe(404);
  expect(await get('/clip/job-0001', auth)).toMatchObject({
    status: 200,
    body: '0123456789',
    headers: { 'content-type': 'video/quicktime', 'content-length': '10' },
  });
  expect(await get('/clip/job-0001', { ...auth, Range: 'bytes=4-' })).toMatchObject({
    status: 206,
    body: '456789',
    headers: { 'content-range': 'bytes 4-9/10' },
  });
  expect((await get('/clip/job-0001', { ...auth, Range: 'bytes=10-' })).status).toBe(416);
  expect(await get('/clip/job-0001', auth, 'HEAD')).toMatchObject({ status: 200, body: '' });
});

test.each(['bytes=0-1,3-4', 'bytes=-5', 'bytes=x-', `bytes=${'9'.repeat(40)}-`, 'lines=1-2'])(
  'a range of another form (%s) is passed over: the clip comes whole, once',
  async (Range) => {
    const { status, body } = await get('/clip/job-0001', { Authorization: `Bearer ${rig.token}`, Range });
    expect([status, body]).toEqual([200, '0123456789']);
  },
);

test('a token is nobody’s in an address', async () => {
  expect((await get(`/clip/job-0001?token=${rig.token}&access_token=${rig.token}`)).status).toBe(401);
});

test.each([
  ['two lengths', 'Content-Length: 4\r\nContent-Length: 40\r\n'],
  ['a length below nothing', 'Content-Length: -4\r\n'],
  ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n'],
  ['chunks of another kind', 'Transfer-Encoding: xchunked\r\n'],
  ['more header than anybody needs', `X: ${'x'.repeat(9_000)}\r\n`],
])('%s: hung up on, and what follows is no second request', async (_name, headers) => {
  const socket = net.connect(rig.port, '127.0.0.1');
  let said = '';
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('error', () => undefined).on('data', (part) => (said += part.toString()));
  const host = `Host: 127.0.0.1:${rig.port}\r\n`;
  socket.write(`GET /health HTTP/1.1\r\n${host}${headers}\r\n0\r\n\r\nGET /health HTTP/1.1\r\n${host}\r\n`);
  await closed;
  expect(said).not.toContain('"ok":true');
});

test('a clip that has gone is an error of this request only', async () => {
  await rm(path.join(pages, 'clip.mov'));
  expect(await get('/clip/job-0001', { Authorization: `Bearer ${rig.token}` })).toMatchObject({ status: 500 });
  expect((await get('/health')).status).toBe(200);
});

test('WebSockets come in on both addresses and by name', async () => {
  for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
    const client = await RawClient.connect(`ws://${host}:${rig.port}`);
    await client.close();
  }
});

describe('ports', () => {
  const open = (ports: number[]) =>
    createGateway({
      queue: rig.queue,
      boards: rig.boards,
      pairing: rig.pairing,
      log: { info: () => undefined, warn: () => undefined },
      companion: { name: 'second', version: '0', instance: 'two' },
      capabilities: () => ({ engines: [], codecs: [], providers: [] }),
      ports,
    });

  test('a taken port is passed over, even when it is taken on one address only', async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(0, '::1', () => resolve()));
    const address = other.address();
    const half = typeof address === 'object' && address ? address.port : 0;
    const gateway = await open([rig.port, half, 0]);
    expect([rig.port, half]).not.toContain(gateway.port);
    await gateway.stop();
    await new Promise<void>((resolve) => other.close(() => resolve()));
  });

  test('no free port is an error that says what to do', async () => {
    const problem = await open([rig.port]).then(
      () => null,
      (error: unknown) => toProblem(error),
    );
    expect(problem).toMatchObject({ code: 'busy', retry: true });
    expect(problem?.action).not.toBe('');
  });
});
