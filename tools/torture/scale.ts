/** Queues of 2,000 and of 10,000 jobs and results of 2 GB: how long a start, a list and a lease take, and how long the event loop is held. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { JobQueue, openStore, recover, systemClock, type BoardShelf } from '../../companion-app/queue';
import { sha256OfFile } from '../../companion-app/queue/files';
import { clipName, makeAttemptFolder } from '../../companion-app/queue/runner/folders';
import { land } from '../../companion-app/queue/runner/landing';
import { sha, silent, spec, takeOf } from '../../test/queue/fixtures/specs';
import { Turns } from '../turns';
import { table, writeFigures } from './page';

const QUEUES = [2_000, 10_000] as const;
const RESULT_BYTES = 2 * 1024 ** 3 + 4096;

interface Timed<T> {
  readonly value: T;
  readonly ms: number;
}

async function timed<T>(work: () => T | Promise<T>): Promise<Timed<T>> {
  const began = performance.now();
  const value = await work();
  return { value, ms: performance.now() - began };
}

const shelf: BoardShelf = { pathOf: () => Promise.resolve('/board') };

const idOf = (n: number): string => spec(n).id;

async function longQueue(folder: string, count: number) {
  const place = { file: path.join(folder, 'queue.db'), backup: path.join(folder, 'queue.backup.db') };
  const folders = { attempts: path.join(folder, 'attempts'), takes: path.join(folder, 'takes') };
  const parts = { shelf, clock: systemClock, log: silent };
  const first = await openStore(place, systemClock, silent);
  const filling = new JobQueue({ ...parts, store: first.store });
  const jobs = Array.from({ length: count }, (_, n) => spec(n + 1, { notes: 'slow push in on her face, then hold' }));
  for (let at = 0; at < count; at += 500) await filling.submit(jobs.slice(at, at + 500));
  first.store.close();

  const start = await timed(async () => {
    const { store } = await openStore(place, systemClock, silent);
    await recover({ ...parts, store, folders, maxLost: 3 }, false);
    return store;
  });
  const queue = new JobQueue({ ...parts, store: start.value });
  const page = await timed(() => queue.list({ limit: 200 }));
  const lease = await timed(() => queue.lease());
  const one = await timed(() => queue.reorder([idOf(count)], 'front'));
  const hundred = Array.from({ length: 100 }, (_, n) => idOf(count - 200 + n));
  const many = await timed(() => queue.reorder(hundred, { before: idOf(count / 2) }));
  start.value.close();
  return { start: start.ms, page: page.ms, lease: lease.ms, one: one.ms, many: many.ms };
}

/** Lands a clip of more than 2 GB as the runner does. */
async function largeResult(folder: string) {
  const job = spec(1);
  const attemptDir = await makeAttemptFolder(path.join(folder, 'attempts'), job.id, 1);
  const clip = path.join(attemptDir, clipName(job));
  const handle = await open(clip, 'w');
  const block = Buffer.alloc(1024 ** 2, sha('a clip'));
  for (let at = 0; at + block.length <= RESULT_BYTES; at += block.length) await handle.write(block);
  await handle.write(block.subarray(0, RESULT_BYTES % block.length));
  await handle.close();
  const take = { ...takeOf(job, clip), bytes: RESULT_BYTES, sha256: await sha256OfFile(clip) };
  const turns = new Turns();
  const landed = await timed(() =>
    land({ spec: job, attempt: 1, take, attemptDir, takesDir: path.join(folder, 'takes') }),
  );
  const held = turns.take();
  turns.stop();
  return { seconds: landed.ms / 1000, held };
}

export async function scale(root: string): Promise<boolean> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween scale '));
  try {
    const [short, long] = QUEUES;
    const queue = await longQueue(path.join(folder, 'short'), short);
    const longest = await longQueue(path.join(folder, 'long'), long);
    const result = await largeResult(folder);
    const { ownMs, longestMs } = result.held;
    const held = ownMs ?? longestMs;
    const ms = (value: number): string => `${value.toFixed(0)} ms`;
    const rows: [string, string, string, string][] = [
      ['start: check, copy, open, recover', ms(queue.start), '2,000 ms', ms(longest.start)],
      ['list of 200 of them, as pages and panel ask', ms(queue.page), '100 ms', ms(longest.page)],
      ['begin the next job', ms(queue.lease), '', ms(longest.lease)],
      ['put the last one first', ms(queue.one), '', ms(longest.one)],
      ['put a hundred of them before another', ms(queue.many), '', ms(longest.many)],
      ['bring a clip of 2 GB to its final name', `${result.seconds.toFixed(1)} s`, '', ''],
      ['… the event loop held meanwhile, for at most', ms(held), '50 ms', ''],
    ];
    const note =
      `The loop is held by its own work or its disk; while other processes had the processor it came to no turn for ${ms(longestMs)} at most. ` +
      `A load of ${(os.loadavg()[0] ?? 0).toFixed(1)} on ${os.cpus().length} cores.`;
    await writeFigures(
      root,
      'scale',
      `${table(['', '2,000 jobs queued', 'promised below', '10,000 jobs queued'], rows)}\n\n${note}`,
    );
    return queue.start < 2_000 && queue.page < 100 && held <= 50;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
