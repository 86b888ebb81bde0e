/**
 * The runner's place taken by a farm: leases jobs from this companion's queue, hands them to Redis, lands what comes back. This companion's
 * store stays the truth: whatever happens to Redis or a worker, a job is here until its clip is.
 */
import { Queue, QueueEvents, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { problem } from '../../../shared/problem';
import type { JobSpec, Settings } from '../../../shared/protocol';
import { boardGone } from '../board-gone';
import type { ChoosyDispatch, Lease, Refuse } from '../dispatch';
import { diskProblem } from '../disk-problem';
import type { BoardShelf, Clock, Log } from '../ports';
import { boardsOf } from '../record';
import { Bell } from '../runner/bell';
import { clipName, makeAttemptFolder, type ResultFolders } from '../runner/folders';
import { discard, land } from '../runner/landing';
import {
  farmId,
  KEYS,
  queueOf,
  zFarmJob,
  zFarmOutcome,
  zFarmProgress,
  type FarmOutcome,
  type WorkerCard,
} from './messages';
import type { FarmDesk } from './carrier';
import { emptyFarm, meansOf, refusal } from './crew';
import { workersOf } from './status';

export interface FarmRunnerSettings {
  /** Of which engines' takes PREVIS is burnt in, by job: workers have no settings of their own for that. */
  readonly previs?: (spec: JobSpec) => Settings['previsBurnIn'];
  readonly folders: ResultFolders;
  /** Jobs on the farm at once: the rest keeps its order here. */
  readonly mostOut: number;
  /** So often everything that is out is looked at, whatever events were missed. */
  readonly lookMs: number;
  /** So often the workers are looked at while there are none for something that waits. */
  readonly seekMs: number;
  /** A job that nobody has begun and nobody there could begin for so long is taken back. */
  readonly strandedMs: number;
}

export const FARM_DEFAULTS = { mostOut: 200, lookMs: 5_000, seekMs: 1_000, strandedMs: 30_000 } as const;

export interface FarmRunnerParts {
  readonly queue: ChoosyDispatch;
  readonly shelf: BoardShelf;
  readonly desk: FarmDesk;
  readonly redis: Redis;
  readonly clock: Clock;
  readonly log: Log;
}

interface Out {
  readonly lease: Lease;
  readonly id: string;
  readonly queue: string;
  readonly began: number;
  /** Since when nobody there could begin it; null where somebody can. */
  stranded: number | null;
  settling: boolean;
}

const MOST_WARNINGS = 32;

const LOST_BY_FARM = problem({
  code: 'render-crashed',
  message: 'The farm lost this shot: its workers went one after the other.',
  safe: 'The other shots go on.',
  action: 'Look at the workers with "inbetween farm status", then retry the shot.',
  retry: true,
});

export class FarmRunner {
  private readonly queues = new Map<string, { queue: Queue; events: QueueEvents; listening: Redis }>();
  private readonly out = new Map<string, Out>();
  private readonly bell = new Bell();
  private workers: readonly WorkerCard[] = [];
  /** What the workers could do together when they were looked at last. */
  private means = '';
  private stopping = false;
  private running: Promise<void> | null = null;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly parts: FarmRunnerParts,
    private readonly settings: FarmRunnerSettings,
  ) {}

  /** A farm shows no frames and answers for its workers nowhere but in their cards. */
  readonly capabilities = null;
  readonly frame = null;

  start(): void {
    this.unsubscribe = this.parts.queue.subscribe({
      work: () => this.bell.ring(),
      event: (event) => {
        if (event.state === 'cancelled') void this.cancel(event.jobId).catch(() => undefined);
      },
    });
    this.running ??= this.run();
  }

  /** What is out stays out: the next start takes it up again. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    await this.running;
    this.unsubscribe();
    // Jobs on the farm are given back to the queue here and found again by their ids.
    for (const { lease } of this.out.values()) if (this.parts.queue.stillHolds(lease)) this.parts.queue.release(lease);
    for (const { queue, events, listening } of this.queues.values()) {
      await events.close().catch(() => undefined);
      await queue.close().catch(() => undefined);
      listening.disconnect();
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.meet();
        await this.fill();
        await this.look();
      } catch (error) {
        this.parts.log.warn(
          { error: error instanceof Error ? error.message : String(error) },
          'the farm did not answer',
        );
      }
      const { seekMs, lookMs } = this.settings;
      await this.bell.wait(emptyFarm(this.workers) ? Math.min(seekMs, lookMs) : lookMs);
    }
  }

  private readonly refuse: Refuse = (run) => refusal(run, this.workers);

  /** Sees who is there. When that has changed, jobs that waited for others are looked at again. */
  private async meet(): Promise<void> {
    this.workers = await workersOf(this.parts.redis);
    const means = meansOf(this.workers);
    if (means === this.means) return;
    this.parts.queue.hold(emptyFarm(this.workers));
    await this.parts.queue.reconsider(this.refuse);
    this.means = means;
  }

  private at(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known.queue;
    const queue = new Queue(name, { connection: this.parts.redis });
    const listening = this.parts.redis.duplicate();
    listening.on('error', () => undefined);
    const events = new QueueEvents(name, { connection: listening });
    queue.on('error', () => undefined);
    events.on('error', () => undefined);
    events.on('completed', () => this.bell.ring());
    events.on('failed', () => this.bell.ring());
    events.on('progress', ({ jobId, data }) => this.glimpse(jobId, data));
    this.queues.set(name, { queue, events, listening });
    return queue;
  }

  private glimpse(id: string, data: unknown): void {
    const out = this.out.get(id);
    const read = zFarmProgress.safeParse(data);
    if (out && read.success && this.parts.queue.stillHolds(out.lease)) this.parts.queue.progress(out.lease, read.data);
  }

  /** Hands jobs out until enough are out or nothing waits. */
  private async fill(): Promise<void> {
    while (!this.stopping && this.out.size < this.settings.mostOut) {
      const lease = this.parts.queue.lease(this.refuse);
      if (!lease) return;
      try {
        await this.hand(lease);
      } catch (error) {
        if (this.parts.queue.stillHolds(lease)) this.parts.queue.release(lease);
        throw error;
      }
    }
  }

  private async hand(lease: Lease): Promise<void> {
    const { spec, run, attempt, tries, remarks } = lease;
    const { desk } = this.parts;
    for (const sha256 of boardsOf(spec)) {
      const file = await this.parts.shelf.pathOf(sha256);
      if (file === null) {
        this.parts.queue.boardGone(sha256);
        this.parts.queue.fail(lease, boardGone(spec.shot.name));
        return;
      }
      await desk.putBoard(sha256, file);
    }
    const id = farmId({ spec, run, tries });
    const queue = queueOf(run);
    const way = { door: desk.door, ticket: desk.ticket(id), shared: desk.hasFolder };
    const { previs } = this.settings;
    const wished = previs && { previs: previs(spec) };
    const data = zFarmJob.parse({ spec, run, attempt, tries, remarks, ...wished, ...way });
    // The same id is the same job: one that is being done, or is done, is found and not done again.
    await this.at(queue).add('render', data, { jobId: id });
    this.out.set(id, { lease, id, queue, began: this.parts.clock.monotonic(), stranded: null, settling: false });
  }

  /** Every job that is out, by what Redis says of it now. */
  private async look(): Promise<void> {
    for (const out of [...this.out.values()]) {
      if (this.stopping) return;
      if (!this.parts.queue.stillHolds(out.lease)) {
        this.out.delete(out.id);
        continue;
      }
      const job: Job<unknown, unknown> | undefined = await this.at(out.queue).getJob(out.id);
      if (!job) {
        // Redis was replaced by an empty one: hand it out again.
        this.out.delete(out.id);
        await this.hand(out.lease);
        continue;
      }
      const state = await job.getState();
      if (state === 'completed' || state === 'failed') await this.settle(out, job, state === 'completed');
      else if (state !== 'active') await this.fetchBack(out, job);
    }
  }

  /** A job whose workers have all gone is taken back after a while: here it says what it waits for, and does not keep others waiting. */
  private async fetchBack(out: Out, job: Job<unknown, unknown>): Promise<void> {
    const now = this.parts.clock.monotonic();
    out.stranded = this.refuse(out.lease.run) ? (out.stranded ?? now) : null;
    if (out.stranded === null || now - out.stranded < this.settings.strandedMs) return;
    // Throws where somebody has begun it just now.
    await job.remove();
    this.out.delete(out.id);
    if (this.parts.queue.stillHolds(out.lease)) this.parts.queue.release(out.lease);
  }

  private async settle(out: Out, job: Job<unknown, unknown>, completed: boolean): Promise<void> {
    if (out.settling) return;
    out.settling = true;
    const read = completed ? zFarmOutcome.safeParse(job.returnvalue) : null;
    const outcome: FarmOutcome = read?.success ? read.data : { type: 'lost', problem: LOST_BY_FARM, worker: '' };
    await this.store(out, outcome);
    this.out.delete(out.id);
    await job.remove().catch(() => undefined);
    this.bell.ring();
  }

  private async store(out: Out, outcome: FarmOutcome): Promise<void> {
    const { queue, log, desk } = this.parts;
    const { lease } = out;
    log.info({ jobId: lease.spec.id, worker: outcome.worker, outcome: outcome.type }, 'the farm answered');
    if (!queue.stillHolds(lease)) return;
    if (outcome.type === 'rendered') {
      await this.land(out, outcome);
      await desk.discard(out.id, outcome.files ? null : outcome.take);
    } else if (outcome.type === 'failed') queue.fail(lease, outcome.problem);
    else if (outcome.type === 'lost') queue.lose(lease, outcome.problem);
    else queue.release(lease);
  }

  private async land({ lease, id }: Out, outcome: Extract<FarmOutcome, { type: 'rendered' }>): Promise<void> {
    const { queue, desk } = this.parts;
    const { folders } = this.settings;
    const { spec, attempt, tries, remarks } = lease;
    const attemptDir = await makeAttemptFolder(folders.attempts, spec.id, attempt);
    try {
      const fetched = await desk.fetch(id, outcome.take, outcome.files ?? null, attemptDir, clipName(spec));
      const take = { ...fetched, warnings: [...remarks, ...fetched.warnings].slice(0, MOST_WARNINGS) };
      const landed = await land({ spec, attempt, tries, take, attemptDir, takesDir: folders.takes });
      if (queue.stillHolds(lease)) queue.finish(lease, landed, outcome.seconds);
      else await discard(landed);
    } catch (error) {
      if (queue.stillHolds(lease)) queue.fail(lease, diskProblem(error, path.dirname(folders.takes), 'render-failed'));
    } finally {
      await rm(attemptDir, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  /** A job that nobody has begun is taken off; whoever makes it is told to stop. */
  private async cancel(jobId: string): Promise<void> {
    for (const out of [...this.out.values()].filter(({ lease }) => lease.spec.id === jobId)) {
      this.out.delete(out.id);
      const job: Job<unknown, unknown> | undefined = await this.at(out.queue).getJob(out.id);
      await job?.remove().catch(() => undefined);
      await this.parts.desk.discard(out.id, null);
    }
    await this.parts.redis.publish(KEYS.cancel, jobId);
  }
}
