/** `npm run bench:gateway [-- --boards 100 --shots 10000 --seconds 30 --profile]`: the gateway under load; writes docs/benchmarks-gateway.md. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { LIMITS, type JobSpec } from '../../../shared/protocol';
import { jobSpec } from '../../../test/gateway/support/samples';
import { drawing } from './boards';
import { Caller, echoed, opened } from './caller';
import { page, type Result } from './page';
import { rendering } from './rendering';

const CONNECTIONS = 50;
const SINGLE = 300;

const [root = '.', ...args] = process.argv.slice(2);
const option = (name: string, otherwise: number): number => {
  const at = args.indexOf(`--${name}`);
  return at < 0
    ? otherwise
    : z.coerce
        .number()
        .int()
        .min(1)
        .parse(args[at + 1]);
};

const zReady = z.object({ port: z.number(), code: z.string() });
const zFigures = z.object({
  longestMs: z.number(),
  p99Ms: z.number(),
  ownMs: z.number().nullable(),
  workMs: z.number().nullable(),
  rss: z.number(),
  heap: z.number(),
});

const told = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('message', resolve));
const figures = async (child: ChildProcess): Promise<z.output<typeof zFigures>> => {
  const answer = told(child);
  child.send('figures');
  return zFigures.parse(await answer);
};
const served = async (what: string, folder: string): Promise<{ child: ChildProcess; port: number; code: string }> => {
  const child = fork(path.join(__dirname, 'served.cjs'), [what, folder], {
    // For whoever looks for what holds the loop: profiles beside the bundle.
    execArgv: args.includes('--profile') ? ['--cpu-prof', `--cpu-prof-dir=${path.join(__dirname, 'profiles')}`] : [],
  });
  return { child, ...zReady.parse(await told(child)) };
};

/** Lets go of a process and waits for its end. */
const gone = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.disconnect();
  });

/** Seconds for all tasks, so many at a time. */
async function timed<T>(
  items: readonly T[],
  workers: number,
  act: (item: T, worker: number) => Promise<void>,
): Promise<number> {
  const left = [...items];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item, worker);
    }),
  );
  return (performance.now() - began) / 1000;
}

/** Small frames of a large board: many shots are rendered in the time there is. */
function shot(i: number, board: string): JobSpec {
  const job = jobSpec(`bench-${String(i).padStart(6, '0')}`, { board, frames: 12 });
  return { ...job, shot: { ...job.shot, size: { width: 320, height: 180 } } };
}

/** Milliseconds from the submit of one shot to its event on another connection. */
async function latency(from: Caller, to: Caller, spec: JobSpec): Promise<number> {
  const event = to.next((message) => message.type === 'event' && message.event.jobId === spec.id);
  const began = performance.now();
  from.say({ type: 'submit', ref: spec.id, jobs: [spec] });
  await event;
  return performance.now() - began;
}

async function measure(folder: string): Promise<Result> {
  const draw = await drawing();
  const drawn = Array.from({ length: option('boards', 2 * CONNECTIONS) }, (_, n) => draw(n));
  const megabytes = drawn.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
  const box = await served('companion', folder);
  const echo = await served('echo', '');
  // The clients stand for machines of their own: what is measured goes before them.
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  try {
    const { caller: first, token } = await Caller.welcomed(box.port, { code: box.code }, 'bench-0');
    const callers: [Caller, ...Caller[]] = [first];
    // One by one: only so many may stand at the door without having said hello.
    while (callers.length < CONNECTIONS)
      callers.push((await Caller.welcomed(box.port, { token }, `bench-${callers.length}`)).caller);
    const sender = (i: number): Caller => callers[i] ?? first;
    const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => opened(echo.port)));

    // Alternating halves, so that a busy moment of the machine meets both.
    const half = Math.ceil(drawn.length / 2);
    let [up, bare] = [0, 0];
    const idle = await figures(box.child);
    for (const part of [drawn.slice(0, half), drawn.slice(half)]) {
      up += await timed(part, CONNECTIONS, ({ bytes, sha256 }, worker) => sender(worker).upload(bytes, sha256));
      bare += await timed(part, CONNECTIONS, async ({ bytes }, worker) => {
        const socket = sockets[worker];
        if (socket) await echoed(socket, bytes);
      });
    }
    const uploaded = await figures(box.child);

    const total = option('shots', 10_000);
    const specs = Array.from({ length: total }, (_, i) => shot(i, drawn[i % drawn.length]?.sha256 ?? ''));
    const batches = Array.from({ length: Math.ceil(total / LIMITS.jobsPerSubmit) }, (_, i) =>
      specs.slice(i * LIMITS.jobsPerSubmit, (i + 1) * LIMITS.jobsPerSubmit),
    );
    const submitSeconds = await timed(batches, CONNECTIONS, async (jobs, worker) => {
      const ref = jobs[0]?.id ?? '';
      const ack = sender(worker).next((message) => message.type === 'submit-ack' && message.ref === ref);
      sender(worker).say({ type: 'submit', ref, jobs });
      await ack;
    });
    const submitted = await figures(box.child);

    for (const [i, caller] of callers.entries()) {
      const caught = caller.next((message) => message.type === 'caught-up');
      caller.say({ type: 'since', ref: `since-${i}`, seq: total });
      await caught;
    }
    const latencies: number[] = [];
    for (let i = 0; i < SINGLE; i += 1)
      latencies.push(
        await latency(sender(1 + (i % 20)), sender(30 + (i % 20)), shot(total + i, drawn[0]?.sha256 ?? '')),
      );
    latencies.sort((a, b) => a - b);
    const steady = await figures(box.child);

    // In two halves: memory has to be as it was after the first.
    const seconds = option('seconds', 30);
    const halves = [];
    for (const n of [0, 1]) {
      const firstBoard = drawn.length + n * CONNECTIONS;
      const made = await rendering(callers, draw, {
        seconds: seconds / 2,
        total: total + SINGLE,
        boardsEach: 1,
        firstBoard,
      });
      halves.push({ made, figures: await figures(box.child) });
    }
    return {
      connections: CONNECTIONS,
      boards: drawn.length,
      megabytes,
      uploadRate: megabytes / up,
      echoRate: megabytes / bare,
      shots: total,
      submitSeconds,
      p50: latencies[Math.floor(SINGLE / 2)] ?? 0,
      p99: latencies[Math.floor(SINGLE * 0.99)] ?? 0,
      singles: SINGLE,
      memory: { idle, uploaded, submitted, steady },
      seconds,
      halves,
      load: os.loadavg()[0] ?? 0,
      cores: os.cpus().length,
      processor: os.cpus()[0]?.model ?? '',
    };
  } finally {
    await Promise.all([box, echo].map(({ child }) => gone(child)));
  }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween-bench-'));
  try {
    const result = await measure(folder);
    if (result.halves.every(({ made }) => made.rendered === 0))
      throw new Error(`No shot was rendered, so nothing was measured. ${result.halves[0]?.made.reason ?? ''}`);
    await writeFile(path.join(root, 'docs/benchmarks-gateway.md'), page(result));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
