/** A connection that is kept for the next request may be closed by the other side just as that one is sent. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { DoorClient, type Ask } from '../../../companion-app/daemon/farm/door-client';
import type { FarmJob } from '../../../companion-app/queue/farm';
import { spec } from '../fixtures/specs';

const WHOLE = 'HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok';
const BROKEN_OFF = 'HTTP/1.1 200 OK\r\nContent-Le';

let server: Server;
/** Connection and request of each, counted from 1, with its head and body. */
let asked: { readonly connection: number; readonly nth: number; readonly text: string }[];
const sockets = new Set<Socket>();
function end(): Promise<unknown> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(resolve));
}
afterEach(end);

/** Answers by `how`: an answer, a part of one before the reset, or nothing before it. */
async function doorOf(how: (connection: number, nth: number) => string): Promise<DoorClient> {
  asked = [];
  let connections = 0;
  server = createServer((socket: Socket) => {
    const connection = (connections += 1);
    let nth = 0;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      asked.push({ connection, nth: (nth += 1), text: bytes.toString() });
      const answer = how(connection, nth);
      if (answer === WHOLE) socket.write(answer);
      else if (answer === '') socket.resetAndDestroy();
      else socket.write(answer, () => socket.resetAndDestroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new DoorClient(() => Promise.resolve(JSON.stringify({ urls: [`http://127.0.0.1:${port}`] })));
}

const job = {
  ...{ spec: spec(1), run: spec(1), attempt: 1, tries: 0, remarks: [] },
  ...{ door: '0123456789abcdef', ticket: 'a-ticket-of-this-job', shared: false },
} satisfies FarmJob;
const piece: Ask = { method: 'PUT', path: 'file/x?offset=0&bytes=5', body: Buffer.from('piece') };

async function ask(client: DoorClient): Promise<string> {
  const answer = await client.ask(job, 'job-000001_00000000', piece, AbortSignal.timeout(10_000));
  const parts: Buffer[] = [];
  for await (const part of answer) if (Buffer.isBuffer(part)) parts.push(part);
  // The connection goes back among those that are kept.
  await new Promise((resolve) => setImmediate(resolve));
  return Buffer.concat(parts).toString();
}

it('asks again on a new connection where a kept one is closed under it, with the same bytes', async () => {
  const client = await doorOf((_connection, nth) => (nth === 1 ? WHOLE : ''));
  expect([await ask(client), await ask(client)]).toEqual(['ok', 'ok']);
  expect(asked.map(({ connection, nth }) => [connection, nth])).toEqual([
    [1, 1],
    [1, 2],
    [2, 1],
  ]);
  expect(asked[2]?.text).toBe(asked[1]?.text);
  expect(asked[2]?.text).toMatch(/^PUT \/farm\/job-000001_00000000\/file\/x\?offset=0&bytes=5 [^]*\r\n\r\npiece$/);
});

it('does not ask again what was half answered, nor on a connection that was new', async () => {
  const half = await doorOf((_connection, nth) => (nth === 1 ? WHOLE : BROKEN_OFF));
  expect(await ask(half)).toBe('ok');
  await expect(ask(half)).rejects.toThrow();
  expect(asked).toHaveLength(2);
  await end();

  const never = await doorOf(() => '');
  await expect(ask(never)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(asked).toHaveLength(1);
});
