/** Peers that mean harm or make no sense: each is answered or cut off, and nobody else notices. */
import net from 'node:net';
import WebSocket from 'ws';
import fc from 'fast-check';
import { encodeChunk, type CompanionMessage } from '../../shared/protocol';
import { helloMessage, RawClient } from './support/raw-client';
import { startRig, type Rig } from './support/rig';
import { jobSpec, sha256 } from './support/samples';

let rig: Rig;
/** A client that behaves, connected all the while. */
let witness: RawClient;
const start = async (limits: Parameters<typeof startRig>[0] = {}): Promise<void> => {
  rig = await startRig(limits);
  witness = await RawClient.welcomed(rig, 'witness');
};
afterEach(async () => {
  witness.say({ type: 'ping', ref: 'still-here' });
  expect(await witness.next('pong')).toMatchObject({ ref: 'still-here' });
  await rig.close();
});

const upgrade = (options: WebSocket.ClientOptions, url = rig.url): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url, options);
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });

describe('before the door', () => {
  beforeEach(() => start({ hosts: ['studio-mac.local'], origins: () => ['https://allowed.example'] }));

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a page of another port', { origin: 'http://localhost:3000' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a file opened in a browser', { origin: 'file://' }],
    ['an origin that only starts well', { origin: 'uxp://x@evil.example/ y' }],
    ['a rebound name', { headers: { Host: 'evil.example:47810' } }],
    ['a name without the port', { headers: { Host: 'localhost' } }],
    ['another port', { headers: { Host: 'localhost:1' } }],
    ['a name that ends well', { headers: { Host: 'evil-localhost:80' } }],
  ])('%s is refused', async (_name, options: WebSocket.ClientOptions) => {
    expect(await upgrade(options)).toBe(403);
    expect(rig.log.some(({ text }) => text === 'a WebSocket was refused')).toBe(true);
  });

  test('own pages, plugin hosts, and what was allowed are let in', async () => {
    for (const origin of [
      `http://localhost:${rig.port}`,
      `http://[::1]:${rig.port}`,
      'uxp://com.example.inbetween',
      'https://allowed.example',
    ]) {
      expect(await upgrade({ origin })).toBe(101);
    }
    for (const host of ['LOCALHOST', '127.0.0.1', '[::1]', 'Studio-Mac.local']) {
      expect(await upgrade({ headers: { Host: `${host}:${rig.port}` } })).toBe(101);
    }
  });

  test('other paths lead nowhere', async () => {
    expect(await upgrade({}, `${rig.url}/admin`)).toBe(404);
  });

  test('a refused socket is let go of, however long the other side would hold on to it', async () => {
    const socket = net.connect({ port: rig.port, host: '127.0.0.1', allowHalfOpen: true });
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.resume();
    const knock = setInterval(() => socket.write('still here'), 10); // is answered by a reset once nobody is there
    await closed;
    clearInterval(knock);
  });

  test('garbage instead of HTTP is hung up on', async () => {
    const socket = net.connect(rig.port, '127.0.0.1');
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.write(Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10]));
    await closed;
  });
});

describe('a request that never ends', () => {
  beforeEach(() => start({ limits: { headersMs: 150, helloMs: 150 } }));

  test('slow headers are cut off', async () => {
    const socket = net.connect(rig.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    socket.resume();
    await closed;
  });

  test('a connection that says nothing is told and closed', async () => {
    const client = await RawClient.connect(rig.url);
    expect(await client.next('error')).toMatchObject({ fatal: true, problem: { code: 'hello-timeout' } });
    expect(await client.closed).toEqual({ code: 4000, reason: 'hello-timeout' });
  });

  test('one that ignores the close is cut off', async () => {
    const quiet = net.connect(rig.port, '127.0.0.1');
    const closed = new Promise<void>((resolve) => quiet.on('close', () => resolve()));
    quiet.write(
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    quiet.resume();
    await closed;
  });
});

test('a client that a person forgets is let out at its next word, and comes back only by a new code', async () => {
  await start();
  const token = await rig.pairing.redeem(rig.pairing.openCode(), { name: 'lent', instance: 'lent' });
  const client = await RawClient.connect(rig.url);
  client.say(helloMessage(token));
  await client.next('hello-ack');
  await rig.pairing.revoke('lent');
  client.say({ type: 'list', ref: 'l' });
  expect(await client.next('error')).toMatchObject({ fatal: true, problem: { code: 'unauthorised' } });
  expect((await client.closed).reason).toBe('unauthorised');
});

test('a client that falls silent is dropped, and what it held is let go', async () => {
  await start({ limits: { silenceMs: 100 } });
  const hold = setInterval(() => witness.say({ type: 'upload-abort', transfer: 1 }), 20);
  const client = await RawClient.welcomed(rig);
  client.say({ type: 'since', ref: 's', seq: 0 });
  expect((await client.closed).code).toBe(1006);
  clearInterval(hold);
  await rig.queue.submit([jobSpec('job-0001')]);
  expect(rig.queue.streams).toBe(0);
});

describe('the first message', () => {
  beforeEach(() => start());
  const hello = (): Record<string, unknown> => ({ ...helloMessage(rig.token) });

  test.each<[string, () => string | Buffer, string]>([
    [
      'that is binary',
      () => encodeChunk({ transfer: 1, offset: 0, payload: Buffer.from([1]) }) as Buffer,
      'out-of-order',
    ],
    ['that is no JSON', () => '{"type":', 'bad-message'],
    ['that is an array', () => '[]', 'bad-message'],
    ['that is no hello', () => JSON.stringify({ type: 'ping', ref: 'x' }), 'out-of-order'],
    ['of an unknown type', () => JSON.stringify({ type: 'hullo' }), 'unknown-type'],
    ['with a wrong token', () => JSON.stringify({ ...hello(), auth: { token: 'x'.repeat(43) } }), 'unauthorised'],
    ['without auth', () => JSON.stringify({ ...hello(), auth: {} }), 'bad-message'],
    ['with a code of five digits', () => JSON.stringify({ ...hello(), auth: { code: '12345' } }), 'bad-message'],
    [
      'with a wrong code',
      () => JSON.stringify({ ...hello(), auth: { code: rig.pairing.openCode() === '000000' ? '111111' : '000000' } }),
      'pairing-failed',
    ],
    ['with no code open', () => JSON.stringify({ ...hello(), auth: { code: '000000' } }), 'pairing-failed'],
    ['of protocol 0', () => JSON.stringify({ type: 'hello', protocol: { major: 0, minor: 9 } }), 'version-mismatch'],
    [
      'of protocol 2, shaped otherwise',
      () => JSON.stringify({ type: 'hello', protocol: { major: 2, minor: 0 }, who: [] }),
      'version-mismatch',
    ],
    ['that is long', () => JSON.stringify({ ...hello(), pad: 'x'.repeat(16_384) }), 'too-large'],
  ])('%s ends the connection', async (_name, make, code) => {
    const client = await RawClient.connect(rig.url);
    client.socket.send(make());
    expect(await client.next('error')).toMatchObject({ fatal: true, problem: { code } });
    expect(await client.closed).toEqual({ code: 4000, reason: code });
    expect(client.received).toHaveLength(1);
  });

  test.each([
    [0, 'Update the panel in Premiere.'],
    [2, 'Update the companion app.'],
  ])('of protocol %i says which side to update', async (major, action) => {
    const client = await RawClient.connect(rig.url);
    client.sayText(JSON.stringify({ ...hello(), protocol: { major, minor: 0 } }));
    expect((await client.next('error')).problem.action).toBe(action);
  });
});

describe('after hello', () => {
  let client: RawClient;
  beforeEach(async () => {
    await start({ limits: { badMessages: 8 } });
    client = await RawClient.welcomed(rig);
  });

  test.each<[string, string, string, string | undefined]>([
    ['no JSON', 'what?', 'bad-message', undefined],
    ['a number', '7', 'bad-message', undefined],
    ['null', 'null', 'bad-message', undefined],
    ['deep nesting', '['.repeat(200_000), 'bad-message', undefined],
    ['an unknown type', JSON.stringify({ type: 'drop-tables', ref: 'r' }), 'unknown-type', 'r'],
    ['a type from the prototype', JSON.stringify({ type: 'constructor', ref: 'r' }), 'unknown-type', 'r'],
    ['an answer instead of a question', JSON.stringify({ type: 'pong', ref: 'r' }), 'unknown-type', 'r'],
    ['a missing field', JSON.stringify({ type: 'deliver', ref: 'r' }), 'bad-message', 'r'],
    ['a ref that is too long', JSON.stringify({ type: 'ping', ref: 'r'.repeat(65) }), 'bad-message', undefined],
    ['a path as a hash', JSON.stringify({ type: 'have', ref: 'r', boards: ['../../etc/passwd'] }), 'bad-message', 'r'],
    ['no jobs', JSON.stringify({ type: 'submit', ref: 'r', jobs: [] }), 'bad-message', 'r'],
    [
      'too many jobs',
      JSON.stringify({ type: 'cancel', ref: 'r', jobIds: Array(501).fill('job-0001') }),
      'bad-message',
      'r',
    ],
    [
      'a job of half a shot',
      JSON.stringify({ type: 'submit', ref: 'r', jobs: [{ ...jobSpec('job-0001'), shot: { id: 'x' } }] }),
      'bad-message',
      'r',
    ],
    ['a negative seq', JSON.stringify({ type: 'since', ref: 'r', seq: -1 }), 'bad-message', 'r'],
    ['a seq from the future', JSON.stringify({ type: 'since', ref: 'r', seq: 99 }), 'not-found', 'r'],
    ['an unknown job', JSON.stringify({ type: 'deliver', ref: 'r', jobId: 'job-9999' }), 'not-found', 'r'],
    [
      'a board of a terabyte',
      JSON.stringify({ type: 'upload-begin', ref: 'r', sha256: sha256('x'), bytes: 1e12, name: 'x' }),
      'board-too-large',
      'r',
    ],
    [
      'a board of no bytes',
      JSON.stringify({ type: 'upload-begin', ref: 'r', sha256: sha256(''), bytes: 0, name: 'x' }),
      'bad-message',
      'r',
    ],
    ['too long a text', JSON.stringify({ type: 'ping', ref: 'r', pad: 'x'.repeat(1_048_577) }), 'too-large', undefined],
  ])('%s is answered and the connection goes on', async (_name, text, code, ref) => {
    client.sayText(text);
    const error = await client.next('error');
    expect(error).toMatchObject({ fatal: false, problem: { code } });
    expect(error.problem.message).not.toBe('');
    expect(error.ref).toBe(ref);
    client.say({ type: 'ping', ref: 'after' });
    await client.next('pong');
    expect(rig.queue.rows.size).toBe(0);
  });

  test('a second hello is out of order', async () => {
    client.say(helloMessage(rig.token));
    expect(await client.next('error')).toMatchObject({ fatal: false, problem: { code: 'out-of-order' } });
  });

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['a header alone', Buffer.from('IBC1'.padEnd(16, '\0'))],
    ['another magic', Buffer.alloc(64, 7)],
    [
      'too long a chunk',
      Buffer.concat([Buffer.from('IBC1'), Buffer.from([1, 0, 0, 0]), Buffer.alloc(8), Buffer.alloc(262_145)]),
    ],
  ])('binary data: %s is answered', async (_name, bytes) => {
    client.sayBytes(bytes);
    expect(await client.next('error')).toMatchObject({ fatal: false, problem: { code: 'bad-message' } });
  });

  test('a chunk of a transfer that never was is answered', async () => {
    client.sayBytes(encodeChunk({ transfer: 3, offset: 0, payload: Buffer.from([1]) }));
    expect(await client.next('error')).toMatchObject({ problem: { code: 'not-found' } });
  });

  test('noise without end is cut off', async () => {
    for (let i = 0; i < 9; i++) client.sayText('noise');
    for (let i = 0; i < 8; i++) expect((await client.next('error')).fatal).toBe(false);
    expect(await client.next('error')).toMatchObject({ fatal: true, problem: { code: 'limit-reached' } });
    expect((await client.closed).code).toBe(4000);
  });

  test('a message over the hard cap closes with 1009 before it is held whole', async () => {
    client.sayText(JSON.stringify({ type: 'ping', ref: 'r', pad: 'x'.repeat(3_000_000) }));
    expect((await client.closed).code).toBe(1009);
  });

  test('frames against the WebSocket protocol close that connection', async () => {
    const raw: unknown = Reflect.get(client.socket, '_socket');
    if (!(raw instanceof net.Socket)) throw new Error('the client has no TCP socket');
    raw.write(Buffer.from([0x83, 0x80, 0, 0, 0, 0])); // a reserved opcode, masked as a client has to
    expect((await client.closed).code).toBe(1002);
  });
});

test('anything at all may be said: every message is answered, the connection and the store are unharmed', async () => {
  await start({ limits: { badMessages: 100_000 } });
  const client = await RawClient.welcomed(rig);
  const hash = fc.constant(sha256('x'));
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(null, -1, 1e308, '', '__proto__', {}, []),
  );
  const almost = fc.record(
    {
      type: fc.constantFrom(
        'submit',
        'have',
        'upload-begin',
        'since',
        'list',
        'deliver',
        'placed',
        'cancel',
        'retry',
        'ping',
        'hello',
      ),
      ref: fc.oneof(fc.constant('f'), odd),
      jobs: fc.oneof(fc.constant([jobSpec('job-0001')]), fc.array(odd, { maxLength: 3 }), odd),
      boards: fc.oneof(fc.array(hash, { maxLength: 3 }), odd),
      sha256: fc.oneof(hash, odd),
      bytes: fc.oneof(fc.integer(), odd),
      name: odd,
      seq: fc.oneof(fc.integer({ min: -2, max: 3 }), odd),
      jobId: fc.oneof(fc.constant('job-0001'), odd),
      jobIds: fc.oneof(fc.constant(['job-0001']), odd),
      placement: odd,
      auth: odd,
    },
    { requiredKeys: ['type', 'ref'] },
  );
  const text = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    almost.map((value) => JSON.stringify(value)),
  );
  const message = fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 20 }), async (messages) => {
      for (const each of messages) client.socket.send(each, { binary: typeof each !== 'string' });
      round += 1;
      client.say({ type: 'ping', ref: `round-${round}` });
      const answers: CompanionMessage[] = [];
      for (;;) {
        const answer = await client.any();
        if (answer.type === 'pong' && answer.ref === `round-${round}`) break;
        answers.push(answer);
        if (answer.type === 'error') expect(answer.fatal).toBe(false);
      }
      expect(answers.filter(({ type }) => type !== 'event' && type !== 'caught-up').length).toBeLessThanOrEqual(
        messages.length,
      );
    }),
    { numRuns: 150 },
  );
  expect([...rig.queue.rows.keys()].filter((id) => id !== 'job-0001')).toEqual([]);
});
