/** Events on one connection: from N on, then live, in order, each once; and what happens to a panel that reads slowly. */
import fc from 'fast-check';
import { MemoryStore, JobQueue, systemClock } from '../../companion-app/queue';
import { queuePort } from '../../companion-app/gateway';
import { RawClient } from './support/raw-client';
import { startRig, type Rig } from './support/rig';
import { jobSpec, take } from './support/samples';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());
const job = (n: number, sequenceId = 'sequence') => jobSpec(`job-${String(n).padStart(4, '0')}`, { sequenceId });

test('from any N, whatever is stored meanwhile, each event comes once and in order', async () => {
  let jobs = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 5 }), fc.nat({ max: 5 }), fc.nat(), async (before, after, pick) => {
      for (let i = 0; i < before; i++) await rig.queue.submit([job(jobs++)]);
      const head = rig.queue.stored.length;
      const since = pick % (head + 1);
      const client = await RawClient.welcomed(rig);
      client.say({ type: 'since', ref: 's', seq: since });
      for (let i = 0; i < after; i++) await rig.queue.submit([job(jobs++)]);
      const seqs: number[] = [];
      let caughtUpAt = -1;
      while (seqs.length < head + after - since || caughtUpAt < 0) {
        const message = await client.any();
        if (message.type === 'event') seqs.push(message.event.seq);
        if (message.type === 'caught-up') caughtUpAt = message.seq;
      }
      expect(seqs).toEqual(Array.from({ length: head + after - since }, (_, i) => since + 1 + i));
      expect(caughtUpAt).toBeGreaterThanOrEqual(head);
      await client.close();
    }),
    { numRuns: 30 },
  );
});

test('only those of one sequence, though caught-up counts them all', async () => {
  for (let i = 0; i < 6; i++) await rig.queue.submit([job(i, i % 2 ? 'mine' : 'theirs')]);
  const client = await RawClient.welcomed(rig);
  client.say({ type: 'since', ref: 's', seq: 1, sequenceId: 'mine' });
  for (const seq of [2, 4, 6]) expect((await client.next('event')).event.seq).toBe(seq);
  expect((await client.next('caught-up')).seq).toBe(6);
  await rig.queue.submit([job(7, 'theirs')]);
  await rig.queue.submit([job(8, 'mine')]);
  expect((await client.next('event')).event.seq).toBe(8);
});

test('a new since takes the place of the old one', async () => {
  for (let i = 0; i < 3; i++) await rig.queue.submit([job(i)]);
  const client = await RawClient.welcomed(rig);
  client.say({ type: 'since', ref: 'one', seq: 3 });
  client.say({ type: 'since', ref: 'two', seq: 2 });
  expect(await client.next('caught-up')).toMatchObject({ ref: 'one' });
  expect(await client.next('event')).toMatchObject({ ref: 'two', event: { seq: 3 } });
  expect(await client.next('caught-up')).toMatchObject({ ref: 'two' });
  await rig.queue.submit([job(4)]);
  expect(await client.next('event')).toMatchObject({ ref: 'two', event: { seq: 4 } });
  expect(rig.queue.streams).toBe(1);
});

test('progress goes to those who listen for events, and to nobody else', async () => {
  const [listener, other] = [await RawClient.welcomed(rig, 'a'), await RawClient.welcomed(rig, 'b')];
  listener.say({ type: 'since', ref: 's', seq: 0 });
  await listener.next('caught-up');
  rig.queue.tellProgress({ jobId: 'job-0001', stage: 'frames', done: 3, of: 48 });
  expect((await listener.next('progress')).progress.done).toBe(3);
  other.say({ type: 'ping', ref: 'p' });
  await other.next('pong');
  expect(other.received.map(({ type }) => type)).toEqual(['hello-ack', 'pong']);
});

test('a slow reader loses glimpses of progress but no event', async () => {
  await rig.restart({ limits: { outboxBytes: 100_000 } });
  const client = await RawClient.welcomed(rig);
  client.say({ type: 'since', ref: 's', seq: 0 });
  await client.next('caught-up');
  client.socket.pause();
  const glimpses = 40_000;
  const stage = 'x'.repeat(80);
  for (let done = 0; done < glimpses; done++) {
    rig.queue.tellProgress({ jobId: 'job-0001', stage, done, of: glimpses });
    if (done % 1_000 === 0) {
      await rig.queue.submit([job(done)]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  client.socket.resume();
  const seqs: number[] = [];
  let glimpsed = 0;
  while (seqs.length < 40) {
    const message = await client.any();
    if (message.type === 'event') seqs.push(message.event.seq);
    if (message.type === 'progress') glimpsed += 1;
  }
  expect(seqs).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(glimpsed).toBeLessThan(glimpses);
});

test('the queue room, behind its adapter, gives the same stream', async () => {
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = new JobQueue({ store: new MemoryStore(), shelf: rig.boards, clock: systemClock, log: quiet });
  await rig.restart({ queue: queuePort(queue) });
  const client = await RawClient.welcomed(rig);
  client.say({ type: 'submit', ref: 'a', jobs: Array.from({ length: 250 }, (_, i) => job(i)) });
  expect((await client.next('submit-ack')).jobs.every(({ state }) => state === 'queued')).toBe(true);
  client.say({ type: 'since', ref: 's', seq: 5 });
  for (let seq = 6; seq <= 250; seq++) expect((await client.next('event')).event.seq).toBe(seq);
  expect((await client.next('caught-up')).seq).toBe(250);
  client.say({ type: 'cancel', ref: 'c', jobIds: ['job-0003', 'job-0004'] });
  const rest = [await client.any(), await client.any(), await client.any()];
  expect(
    rest.flatMap((message) => (message.type === 'event' ? [[message.event.seq, message.event.state]] : [])),
  ).toEqual([
    [251, 'cancelled'],
    [252, 'cancelled'],
  ]);
  client.say({ type: 'deliver', ref: 'd', jobId: 'job-0005' });
  expect(await client.next('error')).toMatchObject({ ref: 'd', problem: { code: 'out-of-order' } });
  client.say({ type: 'list', ref: 'l', states: ['cancelled'] });
  expect((await client.next('list-ack')).total).toBe(2);
});

test('an event carries the take', async () => {
  const client = await RawClient.welcomed(rig);
  client.say({ type: 'since', ref: 's', seq: 0 });
  await client.next('caught-up');
  await rig.queue.submit([job(1)]);
  rig.queue.render('job-0001', take());
  expect((await client.next('event')).event.take).toBeUndefined();
  expect((await client.next('event')).event.take).toEqual(take());
});
