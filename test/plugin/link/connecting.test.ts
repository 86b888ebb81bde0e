/** How a panel finds its companion, pairs, loses it and finds it again. */
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { COMPANION_URLS } from '../../../plugin/link';
import { PROTOCOL, type CompanionMessage } from '../../../shared/protocol';
import { toProblem, type Problem } from '../../../shared/problem';
import { startRig, type Rig } from '../../gateway/support/rig';
import { jobSpec } from '../../gateway/support/samples';
import { openPanel, reach, socketsTo, Tokens, until, type Panel } from './support/panel';
import { startProxy } from './support/proxy';

let rig: Rig;
let panels: Panel[];
const panelAt = (...options: Parameters<typeof openPanel>): Panel => {
  const panel = openPanel(...options);
  panels.push(panel);
  return panel;
};
const problemOf = (work: Promise<unknown>): Promise<Problem | null> =>
  work.then(
    () => null,
    (error: unknown) => toProblem(error),
  );
beforeEach(async () => {
  panels = [];
  rig = await startRig();
});
afterEach(async () => {
  for (const { link } of panels) link.close();
  await rig.close();
});

test('localhost comes before 127.0.0.1, over all the ports the manifest lists', () => {
  expect(COMPANION_URLS[0]).toBe('ws://localhost:47810');
  expect(COMPANION_URLS[4]).toBe('ws://127.0.0.1:47810');
  expect(COMPANION_URLS).toHaveLength(8);
});

test('with a token it connects and knows whom it talks to', async () => {
  const { link, states } = panelAt(rig.port, rig.token);
  link.connect();
  expect(await reach(link, 'connected')).toMatchObject({
    companion: { instance: 'store-1' },
    capabilities: { engines: ['parallax'] },
  });
  expect(states).toEqual(['connecting', 'connected']);
});

test('without one it says that pairing is needed, pairs, keeps the token, and comes back with it', async () => {
  const { link, tokens } = panelAt(rig.port, null);
  link.connect();
  expect((await reach(link, 'pairing-needed')).problem.action).toMatch(/six digits/);
  await expect(link.submit([jobSpec('job-0001')])).rejects.toMatchObject({ problem: { code: 'unauthorised' } });
  const code = rig.pairing.openCode();
  expect((await problemOf(link.pair(code === '111111' ? '222222' : '111111')))?.code).toBe('pairing-failed');
  expect((await problemOf(link.pair('12345')))?.code).toBe('pairing-failed');
  await link.pair(` ${code} `);
  expect(link.state.kind).toBe('connected');
  expect(rig.pairing.verify(tokens.token ?? '')).toBe(true);

  const later = panelAt(rig.port, tokens.token, { client: { name: 'panel', version: '0.2.0', instance: 'panel-2' } });
  later.link.connect();
  await reach(later.link, 'connected');
});

test('pairing works before connect, and while connected', async () => {
  const { link, tokens } = panelAt(rig.port, null);
  await link.pair(rig.pairing.openCode());
  const first = tokens.token;
  await link.pair(rig.pairing.openCode());
  expect(tokens.token).not.toBe(first);
  expect(link.state.kind).toBe('connected');
});

test('pairing with nobody there says so', async () => {
  await rig.stopGateway();
  const { link } = panelAt(rig.port, null);
  expect(await problemOf(link.pair('123456'))).toMatchObject({ code: 'companion-unavailable', retry: true });
});

test('a token that is no longer known needs pairing; a store that fails is no harm', async () => {
  const { link } = panelAt(rig.port, 'x'.repeat(43));
  link.connect();
  expect((await reach(link, 'pairing-needed')).problem.code).toBe('unauthorised');
  await link.pair(rig.pairing.openCode());

  class Broken extends Tokens {
    override load(): Promise<string | null> {
      return Promise.reject(new Error('secure storage is gone'));
    }
    override save(): Promise<void> {
      return Promise.reject(new Error('secure storage is gone'));
    }
  }
  const other = panelAt(rig.port, null, { tokens: new Broken(), client: { name: 'p', version: '0', instance: 'p2' } });
  other.link.connect();
  await reach(other.link, 'pairing-needed');
  await other.link.pair(rig.pairing.openCode());
  expect(other.link.state.kind).toBe('connected');
});

test('URLs that throw, that nobody answers, and that others hold are passed over', async () => {
  const stranger = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  stranger.on('connection', (socket) => socket.send('hello, I am another program'));
  const address = stranger.address();
  const strangerPort = typeof address === 'object' && address ? address.port : 0;
  const dialled: string[] = [];
  const open = socketsTo(rig.port);
  const { link } = panelAt(rig.port, rig.token, {
    urls: ['ws://not-listed:1', 'ws://127.0.0.1:9', `ws://127.0.0.1:${strangerPort}`, rig.url],
    openSocket: (url) => {
      dialled.push(url);
      if (url.includes('not-listed')) throw new Error('Permission denied to the url. Manifest entry not found.');
      return open(url);
    },
  });
  link.connect();
  await reach(link, 'connected');
  expect(dialled).toEqual(['ws://not-listed:1', 'ws://127.0.0.1:9', `ws://127.0.0.1:${strangerPort}`, rig.url]);
  await new Promise((resolve) => stranger.close(resolve));
});

test("another user's companion on an earlier port does not hide one's own", async () => {
  const theirs = await startRig();
  const { link } = panelAt(rig.port, rig.token, {
    urls: [theirs.url, rig.url],
    openSocket: (url) => socketsTo(Number(url.split(':')[2]))(url),
  });
  link.connect();
  await reach(link, 'connected');
  expect(theirs.gateway.clients).toBe(0);
  await theirs.close();
});

test('the companion comes late, goes, and comes back', async () => {
  await rig.stopGateway();
  const { link, states } = panelAt(rig.port, rig.token);
  link.connect();
  expect((await reach(link, 'disconnected')).problem.code).toBe('companion-unavailable');
  await rig.restart();
  await reach(link, 'connected');
  await rig.stopGateway();
  await reach(link, 'disconnected');
  await rig.restart();
  await reach(link, 'connected');
  expect(states.filter((state) => state === 'connected')).toHaveLength(2);
});

test('it backs off: each wait longer, the last for ever, and the first again on demand', async () => {
  await rig.stopGateway();
  const waits: number[] = [];
  const timers: (() => void)[] = [];
  const { link } = panelAt(rig.port, rig.token, {
    backOff: [1_000, 2_000, 5_000, 10_000],
    timing: { helloMs: 1 }, // told apart from the waits by its length
    clock: {
      after: (ms, act) => {
        if (ms < 1_000) return () => undefined;
        waits.push(ms);
        timers.push(act);
        return () => undefined;
      },
    },
  });
  link.connect();
  for (let i = 1; i <= 6; i++) {
    await until(() => waits.length === i);
    timers[i - 1]!();
  }
  expect(waits).toEqual([1_000, 2_000, 5_000, 10_000, 10_000, 10_000]);
  await until(() => waits.length === 7);
  link.connect();
  await until(() => waits.length === 8);
  expect(waits[7]).toBe(1_000);
});

test('a second panel takes over; the first stays away until it is told to take over again', async () => {
  const first = panelAt(rig.port, rig.token);
  first.link.connect();
  await reach(first.link, 'connected');
  const second = panelAt(rig.port, rig.token);
  second.link.connect();
  expect((await reach(first.link, 'superseded')).problem.action).toMatch(/take over/);
  await reach(second.link, 'connected');
  await expect(first.link.list()).rejects.toMatchObject({ problem: { code: 'superseded' } });
  await new Promise((resolve) => setTimeout(resolve, 100)); // several back-offs
  expect(first.link.state.kind).toBe('superseded');
  first.link.connect();
  await reach(second.link, 'superseded');
  await reach(first.link, 'connected');
});

test('a wire that is dead without a word is noticed, and dialled anew', async () => {
  const proxy = await startProxy(rig.port);
  const { link } = panelAt(rig.port, rig.token, {
    urls: [proxy.url, rig.url],
    timing: { pingMs: 20, silenceMs: 150, helloMs: 300 },
  });
  link.connect();
  await reach(link, 'connected');
  await new Promise((resolve) => setTimeout(resolve, 400)); // pings keep an idle connection alive
  expect(link.state.kind).toBe('connected');
  proxy.freeze();
  await reach(link, 'disconnected');
  await reach(link, 'connected'); // by the other way: the frozen one never says hello
  await proxy.close();
});

test('a listener that throws harms nobody', async () => {
  const { link } = panelAt(rig.port, rig.token);
  link.onState(() => {
    throw new Error('a widget is gone');
  });
  link.connect();
  await reach(link, 'connected');
});

test('close is for good, and settles whatever waits', async () => {
  const { link } = panelAt(rig.port, null);
  const waiting = problemOf(link.pair('123456'));
  link.close();
  link.close();
  expect((await waiting)?.code).toBe('cancelled');
  link.connect();
  expect(link.state.kind).toBe('disconnected');
  expect((await problemOf(link.list()))?.code).toBe('cancelled');
  expect((await problemOf(link.pair('123456')))?.code).toBe('cancelled');
  await until(() => rig.gateway.clients === 0);
});

/** A companion that says what the test wants, for what ours never says. */
async function scripted(
  answer: (text: string, socket: ServerSocket) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => socket.on('message', (data: Buffer) => answer(data.toString('utf8'), socket)));
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  const address = server.address();
  return {
    url: `ws://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate();
        server.close(() => resolve());
      }),
  };
}

const helloAck = (more: object = {}): CompanionMessage => ({
  type: 'hello-ack',
  protocol: PROTOCOL,
  companion: { name: 'other', version: '9', instance: 'other' },
  capabilities: { engines: [], codecs: [], providers: [] },
  seq: 0,
  limits: { textBytes: 1_048_576, chunkBytes: 262_144, windowBytes: 2_097_152, boardBytes: 1e9 },
  ...more,
});

test.each([
  ['panel', { major: 2, minor: 0 }],
  ['companion', { major: 0, minor: 9 }],
])('a companion of another age: the %s has to be updated', async (side, protocol) => {
  const other = await scripted((_text, socket) => socket.send(JSON.stringify(helloAck({ protocol }))));
  const { link } = panelAt(rig.port, rig.token, { urls: [other.url] });
  link.connect();
  expect((await reach(link, 'version-mismatch')).problem.action).toMatch(new RegExp(side));
  await other.close();
});

test('a refusal for version is shown, and ends when the companion was updated', async () => {
  const problem = {
    code: 'version-mismatch',
    message: 'Too old.',
    safe: '',
    action: 'Update the panel in Premiere.',
    retry: false,
  };
  let updated = false;
  const other = await scripted((_text, socket) => {
    socket.send(JSON.stringify(updated ? helloAck() : { type: 'error', fatal: true, problem }));
  });
  const { link } = panelAt(rig.port, rig.token, { urls: [other.url] });
  link.connect();
  expect((await reach(link, 'version-mismatch')).problem.message).toBe('Too old.');
  await expect(link.list()).rejects.toMatchObject({ problem: { code: 'version-mismatch' } });
  updated = true;
  await reach(link, 'connected');
  await other.close();
});

test('what a newer companion adds is passed over; an error code of its own is kept readable', async () => {
  const other = await scripted((text, socket) => {
    const { type, ref } = JSON.parse(text) as { type: string; ref?: string };
    if (type === 'hello') {
      socket.send(JSON.stringify(helloAck({ protocol: { major: 1, minor: 7 }, news: ['more'] })));
      socket.send(JSON.stringify({ type: 'weather', ref: 'r1', sunny: true }));
      socket.send('not even JSON');
      socket.send(Buffer.from([1, 2, 3]));
    } else {
      const problem = { code: 'quantum-foam', message: 'Foam got in.', safe: '', action: 'Wipe it.', retry: false };
      socket.send(JSON.stringify({ type: 'error', ref, problem, fatal: false }));
    }
  });
  const { link } = panelAt(rig.port, rig.token, { urls: [other.url] });
  link.connect();
  await reach(link, 'connected');
  expect(await problemOf(link.deliver('job-0001'))).toMatchObject({
    code: 'internal',
    message: 'Foam got in.',
    action: 'Wipe it.',
  });
  await other.close();
});

test('an answer of the wrong kind, and no answer at all, are errors', async () => {
  const other = await scripted((text, socket) => {
    const { type, ref } = JSON.parse(text) as { type: string; ref?: string };
    if (type === 'hello') socket.send(JSON.stringify(helloAck()));
    if (type === 'deliver') socket.send(JSON.stringify({ type: 'have-ack', ref, missing: [] }));
  });
  const { link } = panelAt(rig.port, rig.token, { urls: [other.url], requestMs: 200 });
  link.connect();
  await reach(link, 'connected');
  expect((await problemOf(link.deliver('job-0001')))?.code).toBe('bad-message');
  expect((await problemOf(link.list()))?.code).toBe('companion-unavailable');
  await other.close();
});
