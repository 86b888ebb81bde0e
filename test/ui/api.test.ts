/** The pages' API from outside: who is let in, what is read, and that errors say what to do and nothing of the inside. */
import fc from 'fast-check';
import { startDaemon, type Daemon } from '../../companion-app/daemon';
import { zApiError, zBatchEstimate } from '../../shared/protocol';
import { tempFolder } from '../queue/fixtures/specs';
import path from 'node:path';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let daemon: Daemon;
let token: string;
const url = (at: string): string => `http://127.0.0.1:${daemon.port}${at}`;
const json = { 'Content-Type': 'application/json' };

beforeAll(async () => {
  folder = await tempFolder();
  const renderEntry = path.join(__dirname, '..', 'queue', 'fixtures', 'fake-render.cjs');
  daemon = await startDaemon({ dataDir: folder.path, ports: [0], renderEntry });
  const answer = await post('/api/pair', { code: daemon.pairingCode }, {});
  token = ((await answer.json()) as { token: string }).token;
});
afterAll(async () => {
  await daemon.stop();
  await folder.remove();
});

const post = (at: string, body: unknown, headers: Record<string, string> = { Authorization: `Bearer ${token}` }) =>
  fetch(url(at), {
    method: 'POST',
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (at: string, headers: Record<string, string> = { Authorization: `Bearer ${token}` }) =>
  fetch(url(at), { headers });

/** The problem an error carries; it never shows where in the code it arose. */
async function problemOf(response: Response) {
  const text = await response.text();
  expect(text).not.toMatch(/\bat .*\.(ts|cjs|js):\d+|node_modules|stack/);
  return zApiError.parse(JSON.parse(text)).problem;
}

test('pairing takes the code once and gives a token that opens the rest', async () => {
  const code = daemon.openPairing();
  expect((await post('/api/pair', { code }, {})).status).toBe(200);
  const again = await post('/api/pair', { code }, {});
  expect([again.status, (await problemOf(again)).code]).toEqual([403, 'pairing-failed']);
  expect((await get('/api/settings')).status).toBe(200);
});

test.each([
  ['GET', '/api/settings'],
  ['GET', '/api/queue'],
  ['GET', '/api/now'],
  ['GET', '/api/now/frame?number=1'],
  ['GET', '/api/models'],
  ['GET', '/api/night'],
  ['GET', '/api/doctor'],
  ['GET', '/api/doctor/support?pictures=no&notes=no'],
  ['POST', '/api/settings'],
  ['POST', '/api/settings/code'],
  ['POST', '/api/models/remove'],
])('%s %s needs a token', async (method, at) => {
  for (const headers of [{}, { Authorization: 'Bearer nope' }, { Authorization: `Basic ${token}` }]) {
    const answer = await fetch(url(at), {
      method,
      headers: { ...json, ...headers },
      ...(method === 'POST' && { body: '{}' }),
    });
    expect([answer.status, (await problemOf(answer)).code]).toEqual([401, 'unauthorised']);
  }
});

test.each([
  ['another origin', { Origin: 'https://evil.example' }],
  ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
])('%s is refused even with the token', async (_name, headers) => {
  const answer = await fetch(url('/api/settings'), { headers: { Authorization: `Bearer ${token}`, ...headers } });
  expect(answer.status).toBe(403);
});

test('an origin that a person has let in may connect, until it is taken out again', async () => {
  const origin = 'https://panel.example';
  const asked = async (): Promise<number> =>
    (await fetch(url('/api/settings'), { headers: { Authorization: `Bearer ${token}`, Origin: origin } })).status;
  expect(await asked()).toBe(403);
  await post('/api/settings', { origins: [origin] });
  expect(await asked()).toBe(200);
  await post('/api/settings', { origins: [] });
  expect(await asked()).toBe(403);
});

test('what is not there and what is not asked this way', async () => {
  expect((await get('/api/nothing')).status).toBe(404);
  const put = await fetch(url('/api/settings'), { method: 'PUT', headers: { Authorization: `Bearer ${token}` } });
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
  expect((await problemOf(await get('/api/now/frame?number=1'))).code).toBe('not-found');
});

test('a POST is JSON and no longer than allowed', async () => {
  const auth = { Authorization: `Bearer ${token}` };
  const form = await post('/api/settings', 'theme=light', {
    ...auth,
    'Content-Type': 'application/x-www-form-urlencoded',
  });
  expect([form.status, (await problemOf(form)).code]).toEqual([400, 'bad-message']);
  expect((await problemOf(await post('/api/settings', '{"theme":'))).code).toBe('bad-message');
  const long = await post('/api/settings', { theme: 'light', filler: 'x'.repeat(1_100_000) });
  expect([long.status, (await problemOf(long)).code]).toEqual([413, 'too-large']);
  const stranger = await post('/api/pair', { code: '000000', filler: 'x'.repeat(16_384) });
  expect([stranger.status, (await problemOf(stranger)).code]).toEqual([413, 'too-large']);
  expect((await get('/api/settings')).status).toBe(200);
});

test('a setting that is none changes nothing and is told', async () => {
  const before: unknown = await (await get('/api/settings')).json();
  for (const patch of [
    { theme: 'pink' },
    { night: { window: { from: '25:00', to: '1' } } },
    { cost: { currency: 'euros' } },
    7,
    null,
  ]) {
    const answer = await post('/api/settings', patch);
    expect([answer.status, (await problemOf(answer)).code]).toEqual([400, 'bad-message']);
  }
  expect(await (await get('/api/settings')).json()).toEqual(before);
});

test('names of packs never lead out of their folder', async () => {
  for (const name of ['..', '../queue', 'a/b', 'C:\\x', '.lock-x', 'nul\0']) {
    for (const at of ['/api/models/remove', '/api/models/verify', '/api/models/pull']) {
      const answer = await post(at, { name, acceptLicence: true });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      await problemOf(answer);
    }
  }
});

test('whatever is sent, the answer is a problem or what was asked, and the companion goes on', async () => {
  const paths = fc.constantFrom(
    '/api/pair',
    '/api/settings',
    '/api/models/import',
    '/api/models/stop',
    '/api/settings/revoke',
  );
  await fc.assert(
    fc.asyncProperty(paths, fc.jsonValue(), async (at, body) => {
      const answer = await post(at, body);
      expect(answer.status).toBeLessThan(500);
      if (answer.status !== 200) await problemOf(answer);
    }),
    { numRuns: 60 },
  );
  expect((await get('/health', {})).status).toBe(200);
});

test('a batch is estimated before anything is submitted, in what waits where no shots are named; odd batches are refused', async () => {
  const nothing = zBatchEstimate.parse(await (await post('/api/cost/estimate', {})).json());
  expect(nothing).toMatchObject({ jobs: 0, unknown: 0, seconds: null, money: null, currency: 'EUR' });
  const shot = { engine: 'parallax', width: 1920, height: 1080, frames: 48, boards: 1 };
  const three = await post('/api/cost/estimate', { shots: [{ ...shot, count: 2 }, shot] });
  expect(zBatchEstimate.parse(await three.json())).toMatchObject({ jobs: 3, unknown: 3, assumed: true });
  for (const odd of [{ frames: 0 }, { frames: 1e12 }, { engine: 'magic' }, { count: -1 }, { width: 0 }]) {
    const refused = await post('/api/cost/estimate', { shots: [{ ...shot, ...odd }] });
    expect([refused.status, (await problemOf(refused)).code]).toEqual([400, 'bad-message']);
  }
  expect((await post('/api/cost/estimate', {}, {})).status).toBe(401);
});
