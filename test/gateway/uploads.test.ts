/** Uploads over the wire when connections break, collide, lie or dawdle. */
import { readdir, rm } from 'node:fs/promises';
import { encodeChunk } from '../../shared/protocol';
import { RawClient } from './support/raw-client';
import { startRig, type Rig } from './support/rig';
import { boardBytes, sha256 } from './support/samples';

let rig: Rig;
const board = boardBytes(500_000);
const hash = sha256(board);
const begin = (client: RawClient, ref = 'u', bytes = board.length): void =>
  client.say({ type: 'upload-begin', ref, sha256: hash, bytes, name: 'board.png' });
const send = (client: RawClient, transfer: number, from: number, to: number): void =>
  client.sayBytes(encodeChunk({ transfer, offset: from, payload: board.subarray(from, to) }));
afterEach(() => rig.close());

test('cut in the middle: the next connection goes on from what was acknowledged', async () => {
  rig = await startRig();
  const first = await RawClient.welcomed(rig, 'panel');
  begin(first);
  const { transfer } = await first.next('upload-ready');
  send(first, transfer, 0, 200_000);
  expect((await first.next('upload-ack')).offset).toBe(200_000);
  first.socket.terminate();
  await first.closed;
  await rig.restart(); // the companion may go meanwhile, too

  const second = await RawClient.welcomed(rig, 'panel');
  begin(second);
  const ready = await second.next('upload-ready');
  expect(ready.offset).toBe(200_000);
  send(second, ready.transfer, 200_000, 400_000);
  send(second, ready.transfer, 400_000, 500_000);
  expect([(await second.next('upload-ack')).offset, (await second.next('upload-ack')).offset]).toEqual([
    400_000, 500_000,
  ]);
  expect(await second.next('upload-done')).toMatchObject({ sha256: hash });
});

test('a panel that reconnects at once finds its own upload free', async () => {
  rig = await startRig();
  const first = await RawClient.welcomed(rig, 'panel');
  begin(first);
  const { transfer } = await first.next('upload-ready');
  send(first, transfer, 0, 250_000);
  const second = await RawClient.welcomed(rig, 'panel'); // the old connection is still open
  begin(second);
  expect((await second.next('upload-ready')).offset).toBe(250_000);
});

test('all bytes there but never checked: the board is checked at once', async () => {
  rig = await startRig();
  const upload = await rig.boards.begin({ sha256: hash, bytes: board.length });
  await upload?.write(0, board);
  await upload?.close(); // as if the companion had died before finishing
  const client = await RawClient.welcomed(rig);
  begin(client);
  expect(await client.next('upload-ready')).toMatchObject({ offset: board.length });
  await client.next('upload-done');
  expect(rig.queue.boardsStored).toEqual([hash]);
});

test('two panels with the same board: one sends it, the other waits, both have it', async () => {
  rig = await startRig();
  const [one, two] = [await RawClient.welcomed(rig, 'one'), await RawClient.welcomed(rig, 'two')];
  begin(one);
  const { transfer } = await one.next('upload-ready');
  begin(two, 'x');
  expect(await two.next('error')).toMatchObject({ ref: 'x', problem: { code: 'busy', retry: true } });
  send(one, transfer, 0, 250_000);
  send(one, transfer, 250_000, 500_000);
  await one.next('upload-ack');
  await one.next('upload-ack');
  await one.next('upload-done');
  begin(two, 'y');
  expect(await two.next('upload-ready')).toMatchObject({ ref: 'y', transfer: 0 });
});

test('another board under this name', async () => {
  rig = await startRig();
  const client = await RawClient.welcomed(rig);
  begin(client);
  const { transfer } = await client.next('upload-ready');
  const other = boardBytes(500_000, 2);
  for (let at = 0; at < other.length; at += 250_000) {
    client.sayBytes(encodeChunk({ transfer, offset: at, payload: other.subarray(at, at + 250_000) }));
    await client.next('upload-ack');
  }
  expect(await client.next('error')).toMatchObject({ transfer, fatal: false, problem: { code: 'upload-mismatch' } });
  expect(rig.queue.boardsStored).toEqual([]);
  expect(await readdir(rig.boardsFolder)).toEqual([]);
});

test('more bytes than were announced, and what follows is passed over in silence', async () => {
  rig = await startRig();
  const client = await RawClient.welcomed(rig);
  begin(client, 'u', 300_000);
  const { transfer } = await client.next('upload-ready');
  send(client, transfer, 0, 250_000);
  await client.next('upload-ack');
  send(client, transfer, 250_000, 500_000);
  expect(await client.next('error')).toMatchObject({ transfer, problem: { code: 'upload-mismatch' } });
  client.say({ type: 'ping', ref: 'p' });
  await client.next('pong');
  expect(await readdir(rig.boardsFolder)).toEqual([]);
});

test('a chunk out of its place ends that transfer; beginning again goes on', async () => {
  rig = await startRig();
  const client = await RawClient.welcomed(rig);
  begin(client);
  const { transfer } = await client.next('upload-ready');
  send(client, transfer, 0, 100_000);
  await client.next('upload-ack');
  send(client, transfer, 200_000, 300_000);
  expect(await client.next('error')).toMatchObject({ transfer, problem: { code: 'out-of-order', retry: true } });
  send(client, transfer, 100_000, 200_000); // was on its way already
  begin(client);
  expect((await client.next('upload-ready')).offset).toBe(100_000);
});

test('an aborted upload leaves nothing', async () => {
  rig = await startRig();
  const client = await RawClient.welcomed(rig);
  begin(client);
  const { transfer } = await client.next('upload-ready');
  send(client, transfer, 0, 100_000);
  await client.next('upload-ack');
  client.say({ type: 'upload-abort', transfer });
  client.say({ type: 'upload-abort', transfer: 77 });
  client.say({ type: 'ping', ref: 'p' });
  await client.next('pong');
  expect(await readdir(rig.boardsFolder)).toEqual([]);
});

test('uploads are counted, in one connection and in all', async () => {
  rig = await startRig({ limits: { uploadsPerConnection: 2, uploads: 3 } });
  const [one, two] = [await RawClient.welcomed(rig, 'one'), await RawClient.welcomed(rig, 'two')];
  const beginOther = (client: RawClient, name: string): void =>
    client.say({ type: 'upload-begin', ref: name, sha256: sha256(name), bytes: 10, name });
  for (const name of ['a', 'b']) {
    beginOther(one, name);
    await one.next('upload-ready');
  }
  beginOther(one, 'c');
  expect(await one.next('error')).toMatchObject({ ref: 'c', problem: { code: 'limit-reached', retry: true } });
  beginOther(two, 'd');
  await two.next('upload-ready');
  beginOther(two, 'e');
  expect(await two.next('error')).toMatchObject({ ref: 'e', problem: { code: 'limit-reached' } });
  one.say({ type: 'upload-abort', transfer: 1 });
  one.say({ type: 'ping', ref: 'p' });
  await one.next('pong');
  beginOther(two, 'e');
  await two.next('upload-ready');
});

test('an upload that dawdles gives its place up, and can be taken up again', async () => {
  rig = await startRig({ limits: { uploadIdleMs: 50 } });
  const client = await RawClient.welcomed(rig);
  begin(client);
  const { transfer } = await client.next('upload-ready');
  send(client, transfer, 0, 100_000);
  await client.next('upload-ack');
  expect(await client.next('error')).toMatchObject({ transfer, problem: { code: 'upload-refused', retry: true } });
  begin(client);
  expect((await client.next('upload-ready')).offset).toBe(100_000);
});

test('a board folder that is gone is told of, and the connection goes on', async () => {
  rig = await startRig();
  const client = await RawClient.welcomed(rig);
  await rm(rig.boardsFolder, { recursive: true });
  begin(client);
  expect(await client.next('error')).toMatchObject({ ref: 'u', fatal: false, problem: { code: 'folder-unwritable' } });
  client.say({ type: 'ping', ref: 'p' });
  await client.next('pong');
});
