/** A client's whole life at the gateway when all goes well. */
import { encodeChunk } from '../../shared/protocol';
import { readFile } from 'node:fs/promises';
import { RawClient } from './support/raw-client';
import { startRig, type Rig } from './support/rig';
import { boardBytes, jobSpec, placement, sha256, take } from './support/samples';

let rig: Rig;
let client: RawClient;
beforeEach(async () => {
  rig = await startRig();
  client = await RawClient.welcomed(rig);
});
afterEach(() => rig.close());

test('from submit to placed', async () => {
  const board = boardBytes(600_000);
  const hash = sha256(board);
  client.say({ type: 'since', ref: 's', seq: 0 });
  expect(await client.next('caught-up')).toEqual({ type: 'caught-up', ref: 's', seq: 0 });

  client.say({
    type: 'submit',
    ref: 'a',
    jobs: [jobSpec('job-0001', { board: hash }), jobSpec('job-0002', { frames: 0 })],
  });
  const messages = [await client.any(), await client.any()];
  const ack = messages.find((message) => message.type === 'submit-ack')!;
  expect(ack).toMatchObject({
    jobs: [
      { jobId: 'job-0001', state: 'queued', known: false },
      { jobId: 'job-0002', known: false, problem: { code: 'shot-empty' } },
    ],
  });
  expect(messages.find((message) => message.type === 'event')).toMatchObject({
    ref: 's',
    event: { seq: 1, state: 'queued' },
  });

  client.say({ type: 'have', ref: 'h', boards: [hash] });
  expect(await client.next('have-ack')).toMatchObject({ missing: [hash] });
  client.say({ type: 'upload-begin', ref: 'u', sha256: hash, bytes: board.length, name: 'board.png' });
  const { transfer, offset } = await client.next('upload-ready');
  expect(offset).toBe(0);
  for (let at = 0; at < board.length; at += 200_000) {
    client.sayBytes(encodeChunk({ transfer, offset: at, payload: board.subarray(at, at + 200_000) }));
    expect(await client.next('upload-ack')).toMatchObject({ transfer, offset: at + 200_000 });
  }
  expect(await client.next('upload-done')).toMatchObject({ transfer, sha256: hash });
  expect((await readFile(rig.boards.fileOf(hash))).equals(board)).toBe(true);
  expect(rig.queue.boardsStored).toEqual([hash]);
  client.say({ type: 'have', ref: 'h2', boards: [hash] });
  expect(await client.next('have-ack')).toMatchObject({ missing: [] });
  client.say({ type: 'upload-begin', ref: 'u2', sha256: hash, bytes: board.length, name: 'again.png' });
  expect(await client.next('upload-ready')).toMatchObject({ transfer: 0 });

  rig.queue.render('job-0001', take());
  expect(await client.next('event')).toMatchObject({ event: { seq: 2, state: 'rendered', take: { frames: 48 } } });
  client.say({ type: 'deliver', ref: 'd', jobId: 'job-0001' });
  const delivered = [await client.any(), await client.any()].find((message) => message.type === 'deliver-ack');
  expect(delivered).toMatchObject({ ref: 'd', job: { state: 'delivered', take: { path: take().path } } });
  for (const ref of ['p1', 'p2']) client.say({ type: 'placed', ref, jobId: 'job-0001', placement });
  const rest = [await client.any(), await client.any(), await client.any()].map((message) => message.type);
  expect(rest.sort()).toEqual(['event', 'placed-ack', 'placed-ack']);
  expect(rig.queue.rows.get('job-0001')).toMatchObject({ state: 'placed', placement });
});

test('submitting the same job twice is one job', async () => {
  for (const ref of ['a', 'b']) client.say({ type: 'submit', ref, jobs: [jobSpec('job-0001')] });
  expect((await client.next('submit-ack')).jobs[0]!.known).toBe(false);
  expect((await client.next('submit-ack')).jobs[0]!.known).toBe(true);
  expect(rig.queue.stored).toHaveLength(1);
});

test('cancel, retry, list, pause, ping', async () => {
  const jobs = ['job-0001', 'job-0002', 'job-0003'].map((id) =>
    jobSpec(id, { sequenceId: id === 'job-0003' ? 'other' : 'this' }),
  );
  client.say({ type: 'submit', ref: 'a', jobs });
  await client.next('submit-ack');
  client.say({ type: 'cancel', ref: 'c', jobIds: ['job-0002'] });
  expect(await client.next('cancel-ack')).toMatchObject({ jobIds: ['job-0002'] });
  client.say({ type: 'list', ref: 'l', states: ['queued'], sequenceId: 'this' });
  const listed = await client.next('list-ack');
  expect([listed.total, listed.jobs.map(({ spec }) => spec.id)]).toEqual([1, ['job-0001']]);
  client.say({ type: 'retry', ref: 'r', jobIds: ['job-0002'] });
  expect(await client.next('retry-ack')).toMatchObject({ jobIds: ['job-0002'] });
  client.say({ type: 'list', ref: 'l2', offset: 1, limit: 1 });
  expect(await client.next('list-ack')).toMatchObject({ total: 3, jobs: [{ spec: { id: 'job-0002' } }] });
  for (const [paused, then] of [
    [true, true],
    [undefined, true],
    [false, false],
  ]) {
    client.say({ type: 'pause', ref: 'z', ...(paused === undefined ? {} : { paused }) });
    expect(await client.next('pause-ack')).toEqual({ type: 'pause-ack', ref: 'z', paused: then, holds: [] });
  }
  client.say({ type: 'pause', ref: 'q', paused: true });
  expect(await client.next('pause-ack')).toEqual({ type: 'pause-ack', ref: 'q', paused: true, holds: [] });
  client.say({ type: 'pause', ref: 'q' });
  expect((await client.next('pause-ack')).paused).toBe(true);
  client.say({ type: 'ping', ref: 'p' });
  expect(await client.next('pong')).toEqual({ type: 'pong', ref: 'p' });
});

test('a verdict, the cut and the time of a review are handed to the queue', async () => {
  client.say({ type: 'submit', ref: 'a', jobs: [jobSpec('job-0001')] });
  await client.next('submit-ack');
  client.say({ type: 'verdict', ref: 'v0', jobId: 'job-0001', verdict: 'approved', by: 'panel' });
  expect(await client.next('error')).toMatchObject({ ref: 'v0', problem: { code: 'out-of-order' } });
  rig.queue.render('job-0001', take());
  client.say({ type: 'verdict', ref: 'v1', jobId: 'job-0001', verdict: 'rejected', reason: 'too slow', by: 'page' });
  const judged = { ref: 'v1', job: { verdict: { verdict: 'rejected', reason: 'too slow' } } };
  expect(await client.next('verdict-ack')).toMatchObject(judged);
  client.say({ type: 'verdict', ref: 'v2', jobId: 'job-0001', verdict: 'none', by: 'page' });
  expect((await client.next('verdict-ack')).job.verdict).toBeUndefined();
  client.say({ type: 'cut', ref: 'c', sequenceId: 's', takes: [{ jobId: 'job-0001', frames: 40 }] });
  expect(await client.next('cut-ack')).toEqual({ type: 'cut-ack', ref: 'c' });
  expect(rig.queue.cuts).toEqual([{ sequenceId: 's', takes: [{ jobId: 'job-0001', frames: 40 }] }]);
  client.say({ type: 'review-time', ref: 't', jobId: 'job-0001', seconds: 2.5 });
  expect(await client.next('review-time-ack')).toEqual({ type: 'review-time-ack', ref: 't' });
  expect(rig.queue.reviews).toEqual([{ jobId: 'job-0001', seconds: 2.5 }]);
  client.say({ type: 'review-time', ref: 'u', jobId: 'job-9999', seconds: 1 });
  expect(await client.next('error')).toMatchObject({ ref: 'u', problem: { code: 'not-found' } });
});

test('a list longer than a message comes in parts that fit', async () => {
  const jobs = Array.from({ length: 300 }, (_, i) =>
    jobSpec(`job-${String(i).padStart(4, '0')}`, { notes: 'é'.repeat(4_000) }),
  );
  await rig.queue.submit(jobs);
  client.say({ type: 'list', ref: 'l', limit: 500 });
  const first = await client.next('list-ack');
  expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThanOrEqual(1_048_576);
  expect(first.total).toBe(300);
  expect(first.jobs.length).toBeGreaterThan(50);
  expect(first.jobs.length).toBeLessThan(300);
});

test('hello-ack says what the companion can do and where its events stand', async () => {
  await rig.queue.submit([jobSpec('job-0001')]);
  const second = await RawClient.connect(rig.url);
  second.say({
    type: 'hello',
    protocol: { major: 1, minor: 99 },
    client: { name: 'p', version: '1', instance: 'two' },
    auth: { token: rig.token },
  });
  expect(await second.next('hello-ack')).toMatchObject({
    protocol: { major: 1 },
    companion: { name: 'Inbetween', instance: 'store-1' },
    capabilities: { engines: ['parallax'] },
    seq: 1,
  });
  expect(rig.gateway.clients).toBe(2);
});

test('stop says goodbye and leaves nothing open', async () => {
  client.say({ type: 'since', ref: 's', seq: 0 });
  await client.next('caught-up');
  await rig.stopGateway();
  expect((await client.closed).code).toBe(1001);
  expect(rig.queue.streams).toBe(0);
  await expect(RawClient.connect(rig.url)).rejects.toThrow();
});

test('reorder, prune, host-busy', async () => {
  client.say({ type: 'submit', ref: 'a', jobs: [jobSpec('job-0001'), jobSpec('job-0002')] });
  await client.next('submit-ack');
  client.say({ type: 'reorder', ref: 'r', jobIds: ['job-0002', 'job-0009'], to: { before: 'job-0001' } });
  expect(await client.next('reorder-ack')).toEqual({ type: 'reorder-ack', ref: 'r', jobIds: ['job-0002'] });
  expect(rig.queue.reordered).toEqual([{ jobIds: ['job-0002', 'job-0009'], to: { before: 'job-0001' } }]);
  client.say({ type: 'cancel', ref: 'c', jobIds: ['job-0001'] });
  await client.next('cancel-ack');
  client.say({ type: 'prune', ref: 'p', states: ['cancelled', 'failed'] });
  expect(await client.next('prune-ack')).toEqual({ type: 'prune-ack', ref: 'p', pruned: 1 });
  client.sayText('{"type":"prune","ref":"x","states":["rendered"]}');
  expect(await client.next('error')).toMatchObject({ ref: 'x', problem: { code: 'bad-message' }, fatal: false });

  const other = await RawClient.welcomed(rig, 'another panel');
  for (const [who, busy] of [
    [client, true],
    [other, true],
    [client, false],
  ] as const) {
    who.say({ type: 'host-busy', ref: 'b', busy });
    await who.next('host-busy-ack');
  }
  expect(rig.queue.busyHosts.size).toBe(1);
  other.socket.terminate();
  while (rig.queue.busyHosts.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
});
