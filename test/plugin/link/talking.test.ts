/** Questions, answers and events of a panel, over wires that break. */
import fc from 'fast-check';
import type { JobEvent, Progress } from '../../../shared/protocol';
import { toProblem } from '../../../shared/problem';
import { MemoryQueue } from '../../gateway/support/memory-queue';
import { startRig, type Rig } from '../../gateway/support/rig';
import { jobSpec, placement, sha256, take } from '../../gateway/support/samples';
import { openPanel, reach, takeEvents, until, type Panel } from './support/panel';
import { startProxy, type Proxy } from './support/proxy';

let rig: Rig;
let proxy: Proxy;
let panel: Panel;
const id = (n: number): string => `job-${String(n).padStart(5, '0')}`;
beforeEach(async () => {
  rig = await startRig();
  proxy = await startProxy(rig.port);
  panel = openPanel(rig.port, rig.token, { urls: [proxy.url], requestMs: 10_000 });
  panel.link.connect();
  await reach(panel.link, 'connected');
});
afterEach(async () => {
  panel.link.close();
  await proxy.close();
  await rig.close();
});

test('the life of a shot', async () => {
  const { link } = panel;
  const events = link.events({ since: 0 });
  const reply = await link.submit([jobSpec(id(1)), jobSpec(id(2), { frames: 0 })]);
  expect(reply.jobs).toMatchObject([
    { jobId: id(1), state: 'queued', known: false },
    { jobId: id(2), problem: { code: 'shot-empty' } },
  ]);
  expect(reply.missing).toEqual([sha256(id(1)), sha256(id(2))]);
  expect(await link.missingBoards([sha256('a'), sha256('a')])).toEqual([sha256('a')]);
  rig.queue.render(id(1), take());
  expect((await takeEvents(events, 2)).map(({ state }) => state)).toEqual(['queued', 'rendered']);
  expect((await link.deliver(id(1))).take?.path).toBe(take().path);
  await link.placed(id(1), placement);
  await link.placed(id(1), placement);
  expect((await takeEvents(events, 2)).map(({ state }) => state)).toEqual(['delivered', 'placed']);
  expect(await link.cancel([id(1)])).toEqual([]);
  expect(await link.retry([id(1)])).toEqual([]);
  expect((await link.list({ states: ['placed'] })).map(({ spec }) => spec.id)).toEqual([id(1)]);
  expect(await link.list({ sequenceId: 'other' })).toEqual([]);
});

test("the companion's problem is what the panel is told", async () => {
  const error: unknown = await panel.link.deliver(id(9)).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'InbetweenError',
    problem: { code: 'not-found', message: `There is no job ${id(9)}.` },
  });
});

test('a batch longer than a message, and one longer than the count, are sent in parts', async () => {
  const jobs = Array.from({ length: 1_100 }, (_, i) => jobSpec(id(i), { notes: '👀'.repeat(i % 2 ? 500 : 10) }));
  const reply = await panel.link.submit(jobs);
  expect(reply.jobs.map(({ jobId }) => jobId)).toEqual(jobs.map((job) => job.id));
  expect(reply.missing).toHaveLength(1_100);
  expect((await panel.link.list()).map(({ spec }) => spec.id)).toEqual(jobs.map((job) => job.id));
  expect(await panel.link.cancel(jobs.map((job) => job.id))).toHaveLength(1_100);
  expect(await panel.link.submit([])).toEqual({ jobs: [], missing: [] });
});

test('a single shot that no message can hold is an error of its own', async () => {
  const spec = jobSpec(id(1));
  const region = (n: number) => ({
    id: `r${n}`,
    name: 'a',
    outline: Array.from({ length: 2_000 }, () => ({ x: -0.123_456_789_012_34, y: -0.123_456_789_012_34 })),
    path: Array.from({ length: 256 }, () => ({ x: -0.123_456_789_012_34, y: -0.123_456_789_012_34 })),
    from: 0,
    to: 1,
    ease: 'linear' as const,
  });
  const moves = Array.from({ length: 64 }, () => ({
    kind: 'hold' as const,
    from: 0,
    to: 1,
    amount: 0,
    ease: 'linear' as const,
    confidence: 1,
    text: '漢'.repeat(8_000),
  }));
  const huge = { ...spec, shot: { ...spec.shot, moves, regions: [1, 2, 3, 4, 5, 6].map(region) } };
  await expect(panel.link.submit([huge])).rejects.toMatchObject({ problem: { code: 'too-large' } });
  expect(rig.queue.rows.size).toBe(0);
});

test('a question that the drop left open is asked again; asked twice is stored once', async () => {
  proxy.cutAfter(10);
  const reply = await panel.link.submit([jobSpec(id(1))]);
  expect(reply.jobs[0]).toMatchObject({ state: 'queued' });
  expect(proxy.count).toBe(2);
  expect(rig.queue.stored).toHaveLength(1);
});

test('a question asked while nobody is there waits for the connection', async () => {
  await rig.stopGateway();
  await reach(panel.link, 'disconnected');
  const listed = panel.link.list();
  await rig.restart();
  expect(await listed).toEqual([]);
});

test('events: each once and in order, wherever and however often the wire is cut', async () => {
  let jobs = 0;
  let seen = 0;
  const events = panel.link.events({ since: 0 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.constantFrom<'submit' | 'cut' | 'restart' | 'wait'>('submit', 'submit', 'submit', 'cut', 'wait', 'restart'),
        { maxLength: 12 },
      ),
      async (steps) => {
        for (const step of steps) {
          if (step === 'submit') await rig.queue.submit(Array.from({ length: 7 }, () => jobSpec(id(jobs++))));
          else if (step === 'cut') proxy.cut();
          else if (step === 'restart') await rig.restart();
          else await new Promise((resolve) => setImmediate(resolve));
        }
        await rig.queue.submit([jobSpec(id(jobs++))]);
        const seqs = (await takeEvents(events, jobs - seen)).map(({ seq }) => seq);
        expect(seqs).toEqual(Array.from({ length: jobs - seen }, (_, i) => seen + 1 + i));
        seen = jobs;
      },
    ),
    { numRuns: 25 },
  );
});

test('a consumer that sleeps holds a bounded number of events, and gets all of them when it wakes', async () => {
  const events = panel.link.events({ since: 0 });
  await takeFirst(events);
  for (let i = 1; i < 4_000; i += 500)
    await rig.queue.submit(Array.from({ length: 500 }, (_, n) => jobSpec(id(i + n))));
  await panel.link.list({ states: ['placed'] }); // all that was sent has been taken in
  proxy.cut();
  await reach(panel.link, 'disconnected');
  const seqs = (await takeEvents(events, 4_000)).map(({ seq }) => seq);
  expect(seqs).toEqual(Array.from({ length: 4_000 }, (_, i) => i + 2));
});

async function takeFirst(events: AsyncIterator<JobEvent>): Promise<void> {
  await rig.queue.submit([jobSpec(id(0))]);
  await takeEvents(events, 1);
}

test('from where the panel left off, for one sequence, telling when it has caught up', async () => {
  for (let i = 0; i < 6; i++) await rig.queue.submit([jobSpec(id(i), { sequenceId: i % 2 ? 'mine' : 'theirs' })]);
  const caughtUp: number[] = [];
  const events = panel.link.events({
    since: 3,
    instance: 'store-1',
    sequenceId: 'mine',
    onCaughtUp: (seq) => caughtUp.push(seq),
  });
  expect((await takeEvents(events, 2)).map(({ seq }) => seq)).toEqual([4, 6]);
  const next = events.next();
  await until(() => caughtUp.length > 0);
  expect(caughtUp).toEqual([6]);
  await rig.queue.submit([jobSpec(id(7), { sequenceId: 'mine' })]);
  expect((await next).value).toMatchObject({ seq: 7 });
});

test.each([
  ['another store answers', { since: 2, instance: 'store-0' }],
  ['the store has fewer events than were seen', { since: 99, instance: 'store-1' }],
])('%s: the events start from the first', async (_name, query) => {
  for (let i = 0; i < 3; i++) await rig.queue.submit([jobSpec(id(i))]);
  const events = panel.link.events(query);
  expect((await takeEvents(events, 3)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('a store that is replaced under an open stream starts it anew', async () => {
  await rig.queue.submit([jobSpec(id(0))]);
  const events = panel.link.events({ since: 0 });
  await takeEvents(events, 1);
  await rig.restart({ companion: { name: 'Inbetween', version: '0.1.0', instance: 'store-2' } });
  expect((await takeEvents(events, 1)).map(({ seq }) => seq)).toEqual([1]);
});

test('one stream at a time; ended, another may begin, even while the first one waits', async () => {
  const events = panel.link.events({ since: 0 });
  const waiting = events.next();
  expect(() => panel.link.events({ since: 0 })).toThrow(/being read already/);
  await events.return?.();
  expect(await waiting).toMatchObject({ done: true });
  const unread = panel.link.events({ since: 0 });
  await unread.return?.(); // never read from
  const again = panel.link.events({ since: 0 });
  await rig.queue.submit([jobSpec(id(0))]);
  for await (const event of again) {
    expect(event.seq).toBe(1);
    break;
  }
  panel.link.events({ since: 0 });
});

test('close ends the stream', async () => {
  const waiting = panel.link.events({ since: 0 }).next();
  panel.link.close();
  expect(await waiting).toMatchObject({ done: true });
});

class Hiccuping extends MemoryQueue {
  private failures = 2;

  override events(after: number, signal: AbortSignal): AsyncIterable<JobEvent> {
    if (this.failures-- > 0) throw new Error('the disk hiccups');
    return super.events(after, signal);
  }
}

test('a queue that cannot give its events is asked again', async () => {
  const queue = new Hiccuping(rig.boards);
  await rig.restart({ queue });
  await queue.submit([jobSpec(id(0))]);
  const [event] = await takeEvents(panel.link.events({ since: 0 }), 1);
  expect(event?.seq).toBe(1);
  expect(rig.log.some(({ text }) => text.includes('reason of our own'))).toBe(true);
});

test('progress reaches the panel while it reads events', async () => {
  const glimpses: Progress[] = [];
  const stop = panel.link.onProgress((progress) => glimpses.push(progress));
  const events = panel.link.events({ since: 0 });
  await takeFirst(events);
  rig.queue.tellProgress({ jobId: id(0), stage: 'frames', done: 1, of: 2 });
  await until(() => glimpses.length === 1);
  stop();
  rig.queue.tellProgress({ jobId: id(0), stage: 'frames', done: 2, of: 2 });
  await panel.link.list();
  expect(glimpses).toHaveLength(1);
});

class Locked extends MemoryQueue {
  override list(): Promise<never> {
    return Promise.reject(new Error('/home/artist/secret.db is locked'));
  }
}

test('internal troubles of the companion are told without their details', async () => {
  await rig.restart({
    queue: new Locked(rig.boards),
  });
  const problem = await panel.link.list().catch((error: unknown) => toProblem(error));
  expect(problem).toMatchObject({ code: 'internal', retry: true });
  expect(JSON.stringify(problem)).not.toContain('secret');
});
