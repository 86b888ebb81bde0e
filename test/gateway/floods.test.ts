/** Peers that send or ask for more than they should, or come too often: held back, counted, cut off. */
import { truncate, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import WebSocket from 'ws';
import { encodeChunk } from '../../shared/protocol';
import { RawClient } from './support/raw-client';
import { startRig, type Rig } from './support/rig';
import { boardBytes, jobSpec, sha256 } from './support/samples';

let rig: Rig;
const start = async (options: Parameters<typeof startRig>[0] = {}): Promise<void> => {
  rig = await startRig(options);
};
afterEach(() => rig.close());

/** The HTTP status that an attempt to connect gets. */
const knock = (): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(rig.url);
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

describe('floods', () => {
  test('a flood of chunks is held back, and all of it arrives', async () => {
    await start({ limits: { inboxBytes: 400_000, inboxMessages: 2 } });
    const client = await RawClient.welcomed(rig);
    const board = boardBytes(8_000_000);
    client.say({ type: 'upload-begin', ref: 'u', sha256: sha256(board), bytes: board.length, name: 'x' });
    const { transfer } = await client.next('upload-ready');
    // Far beyond the window, without waiting for a single acknowledgement.
    for (let at = 0; at < board.length; at += 200_000) {
      client.sayBytes(encodeChunk({ transfer, offset: at, payload: board.subarray(at, at + 200_000) }));
    }
    for (let i = 0; i < 40; i++) await client.next('upload-ack');
    await client.next('upload-done');
  });

  test('a client that asks much and reads nothing is cut off, not buffered', async () => {
    await start({ limits: { outboxBytes: 50_000, stallMs: 200 } });
    await rig.queue.submit(Array.from({ length: 100 }, (_, i) => jobSpec(`job-${String(i).padStart(4, '0')}`)));
    const client = await RawClient.welcomed(rig);
    client.socket.pause();
    for (let i = 0; i < 2_000; i++) client.say({ type: 'list', ref: `l${i}` });
    await until(() => rig.log.some(({ fields }) => fields['reason'] === 'reads too slowly'));
    await until(() => rig.gateway.clients === 0);
    client.socket.terminate();
  });

  test('strangers and connections are counted', async () => {
    await start({ limits: { connections: 5, strangers: 2 } });
    const strangers = [await RawClient.connect(rig.url), await RawClient.connect(rig.url)];
    expect(await knock()).toBe(503);
    await strangers[0]!.close();
    await until(async () => (await knock()) === 101);
    await strangers[1]!.close();
    await until(async () => (await knock()) === 101);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await until(async () =>
        RawClient.welcomed(rig, name).then(
          () => true,
          () => false,
        ),
      );
    }
    expect(rig.gateway.clients).toBe(5);
    expect(await knock()).toBe(503);
  });
});

describe('floods over HTTP', () => {
  const clip = async (bytes: number): Promise<{ asked: () => number; request: () => string }> => {
    let asked = 0;
    await start({
      clips: { clipPath: () => Promise.resolve((asked += 1) > 0 ? path.join(rig.folder, 'clip.mov') : null) },
      limits: { stallMs: 300 },
    });
    const file = path.join(rig.folder, 'clip.mov');
    await writeFile(file, '');
    await truncate(file, bytes);
    const head = `GET /clip/job-0001 HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\n`;
    return { asked: () => asked, request: () => `${head}Authorization: Bearer ${rig.token}\r\n\r\n` };
  };
  const dial = (text: string): { socket: net.Socket; closed: Promise<void>; bytes: () => number } => {
    let bytes = 0;
    const socket = net.connect(rig.port, '127.0.0.1', () => socket.write(text));
    socket.on('error', () => undefined).on('data', (part) => (bytes += part.length));
    return { socket, closed: new Promise((resolve) => socket.on('close', () => resolve())), bytes: () => bytes };
  };

  test('a thousand requests sent ahead of their answers open nothing: the connection is closed', async () => {
    const { asked, request } = await clip(1_000_000);
    await dial(request().repeat(1_000)).closed;
    expect(asked()).toBeLessThanOrEqual(1);
    const after = dial(request());
    await until(() => after.bytes() > 1_000_000);
    after.socket.write(request());
    await until(() => after.bytes() > 2_000_000);
    after.socket.destroy();
  });

  test('one who asks for a clip and takes none of it is cut off', async () => {
    const size = 64 * 1_048_576;
    const { request } = await clip(size);
    const { socket, closed, bytes } = dial(request());
    socket.pause();
    await until(() => rig.log.some(({ fields }) => fields['reason'] === 'reads too slowly'));
    socket.resume();
    await closed;
    expect(bytes()).toBeLessThan(size);
  });
});

test('a newer connection of the same client takes the place of the older', async () => {
  await start();
  const older = await RawClient.welcomed(rig, 'panel');
  const newer = await RawClient.welcomed(rig, 'panel');
  expect(await older.next('error')).toMatchObject({ fatal: true, problem: { code: 'superseded' } });
  expect(await older.closed).toEqual({ code: 4001, reason: 'superseded' });
  newer.say({ type: 'ping', ref: 'p' });
  await newer.next('pong');
  expect(rig.gateway.clients).toBe(1);
});

/** Waits until it holds; the suite's own time limit is the only one. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
