/**
 * Daemon and render process are killed at random moments over a batch; after every start things go on. In the end each job is placed
 * once, in order, nothing is lost and no half file has a final name. TORTURE_ROUNDS asks for more than CI has time for.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JobEvent, JobState, Take } from '../../shared/protocol';
import { dataLayout } from '../../companion-app/daemon';
import { sha, spec, tempFolder, until } from '../queue/fixtures/specs';
import { install, serve, type Served } from './fixtures/installed';
import { Panel } from './fixtures/panel';

const ROUNDS = Number(process.env.TORTURE_ROUNDS ?? 10);
const jobs = Array.from({ length: Math.max(12, ROUNDS) }, (_, n) =>
  spec(n + 1, { board: sha(`board ${n % 3}`), notes: 'steps=8 delay=20' }),
);
const boards = [0, 1, 2].map((n) => `board ${n}`);

/** Moments that look random and are the same in every run. */
function* moments(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** What the artist's side remembers over all the crashes: the timeline, and how far it has heard. */
class Timeline {
  readonly clips = new Map<string, Take>();
  readonly events: JobEvent[] = [];
  readonly wrong: string[] = [];
  token: string | null = null;

  /** Follows one daemon until the line is cut. */
  async follow({ port, pairing }: Served): Promise<void> {
    const { panel, hello } = await Panel.connect(port, this.token === null ? { code: pairing } : { token: this.token });
    this.token ??= hello.token ?? null;
    let work: Promise<unknown> = Promise.resolve();
    panel.on((message) => {
      if (message.type !== 'event') return;
      this.events.push(message.event);
      const { state, jobId, problem: told } = message.event;
      work = work.then(() => this.#react(panel, { state, jobId, code: told?.code })).catch(() => panel.close());
    });
    await panel.submit(jobs, boards).catch(() => panel.close());
    const ref = panel.ref();
    const since = { type: 'since', ref, seq: this.events.at(-1)?.seq ?? 0 } as const;
    await panel.ask(since, 'caught-up').catch(() => panel.close());
    // What was delivered before the crash is drained as a panel does when it comes back.
    const left = await panel
      .ask({ type: 'list', ref: panel.ref(), states: ['rendered', 'delivered', 'failed'] }, 'list-ack')
      .catch(() => null);
    for (const row of left?.jobs ?? []) {
      work = work
        .then(() => this.#react(panel, { state: row.state, jobId: row.spec.id, code: row.problem?.code }))
        .catch(() => panel.close());
    }
    await panel.closed;
    await work;
  }

  async #react(panel: Panel, event: { state: JobState; jobId: string; code: string | undefined }): Promise<void> {
    if (event.state === 'rendered' || event.state === 'delivered') await this.#place(panel, event.jobId);
    if (event.state === 'failed') {
      if (event.code !== 'too-many-attempts') this.wrong.push(`${event.jobId} failed: ${String(event.code)}`);
      await panel.ask({ type: 'retry', ref: panel.ref(), jobIds: [event.jobId] }, 'retry-ack');
    }
  }

  async #place(panel: Panel, jobId: string): Promise<void> {
    const { job } = await panel.ask({ type: 'deliver', ref: panel.ref(), jobId }, 'deliver-ack');
    const before = this.clips.get(jobId);
    if (before && before.sha256 !== job.take!.sha256)
      this.wrong.push(`${jobId} was placed twice, with different clips`);
    this.clips.set(jobId, job.take!);
    const placement = { trackIndex: 1, startFrame: job.spec.shot.startFrame, frames: job.take!.frames, name: jobId };
    await panel.ask({ type: 'placed', ref: panel.ref(), jobId, placement }, 'placed-ack');
  }
}

/** The parent of a process, or 0. */
async function parentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
  if (status !== null) return Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  if (process.platform === 'linux') return 0;
  return Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim());
}

/** Kills the daemon's render process, unless it is gone already and its number belongs to nobody or to another. */
async function killRenderOf({ child }: Served, pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (pid > 0 && (await parentOf(pid)) === child.pid) process.kill(pid, 'SIGKILL');
}

const NEXT: Record<JobState, JobState[]> = {
  queued: ['rendering'],
  rendering: ['rendered', 'queued', 'failed'],
  rendered: ['delivered'],
  delivered: ['placed'],
  placed: [],
  failed: ['queued'],
  cancelled: [],
};

let folder: Awaited<ReturnType<typeof tempFolder>>;
let daemon: Served | null = null;
beforeAll(install);
beforeEach(async () => (folder = await tempFolder()));
afterEach(async () => {
  daemon?.child.kill('SIGKILL');
  await daemon?.ended;
  await folder.remove();
});

it(
  `loses nothing, places nothing twice, leaves no half file (${ROUNDS} kills)`,
  async () => {
    const pidFile = path.join(folder.path, 'render.pid');
    const dataDir = path.join(folder.path, 'data');
    const timeline = new Timeline();
    const random = moments(42);
    const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    let following: Promise<void> = Promise.resolve();
    const start = async (): Promise<void> => {
      daemon = await serve(dataDir, { FAKE_RENDER_PID: pidFile });
      following = timeline.follow(daemon);
    };

    await start();
    for (let round = 0; round < ROUNDS; round += 1) {
      await wait(30 + random.next().value * 500);
      if (random.next().value < 0.4) {
        await killRenderOf(daemon!, pidFile);
        continue;
      }
      daemon!.child.kill('SIGKILL');
      await daemon!.ended;
      await following;
      await start();
    }
    await until(
      () => jobs.every((job) => timeline.events.some((event) => event.jobId === job.id && event.state === 'placed')),
      60_000,
    );

    expect(timeline.wrong).toEqual([]);
    expect([...timeline.clips.keys()].sort()).toEqual(jobs.map((job) => job.id));
    expect(timeline.events.map((event) => event.seq)).toEqual(timeline.events.map((_, n) => n + 1));
    for (const job of jobs) {
      const mine = timeline.events.filter((event) => event.jobId === job.id);
      for (const [n, event] of mine.slice(1).entries()) expect(NEXT[mine[n]!.state]).toContain(event.state);
      expect(mine.at(-1)!.attempts).toBe(mine.filter((event) => event.state === 'rendering').length);
    }
    const begun = timeline.events
      .filter((event) => event.state === 'rendering' && event.attempts === 1)
      .map((event) => event.jobId);
    expect(begun).toEqual(jobs.map((job) => job.id));

    const takes = path.join(dataLayout(dataDir).takes, 'SQ01');
    const found = (await readdir(takes)).filter((name) => name.endsWith('.mov'));
    expect(found).toHaveLength(jobs.length);
    for (const take of timeline.clips.values()) {
      expect(
        createHash('sha256')
          .update(await readFile(take.path))
          .digest('hex'),
      ).toBe(take.sha256);
    }
    expect((await readdir(takes)).filter((name) => name.endsWith('.part'))).toEqual([]);
  },
  60_000 + ROUNDS * 10_000,
);
