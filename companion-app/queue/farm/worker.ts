/**
 * Takes jobs off the farm, one at a time, and has the runner make them. The lease is kept alive from here, the process that never renders; a
 * worker that is killed lets its lease run out, and another one takes the job.
 */
import { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { problem, toProblem } from '../../../shared/problem';
import type { Glimpse } from '../dispatch';
import type { Log } from '../ports';
import { Bell } from '../runner/bell';
import type { Carrier } from './carrier';
import { FARM_VERSION, KEYS, zFarmJob, type FarmJob, type WorkerCard } from './messages';
import type { WorkerDispatch, WorkerEnd } from './worker-dispatch';

export interface FarmWorkerSettings {
  /** Unlike every other worker's. */
  readonly id: string;
  readonly version: string;
  readonly able: Able;
  /** How long a silent worker keeps its job, milliseconds: longer than this process ever blocks. */
  readonly leaseMs: number;
  /** So often the farm is asked when it had nothing. */
  readonly idleMs: number;
}

/** What a worker can do, as its card tells it; its queues are those it can serve, the most wanted first. */
export type Able = Pick<WorkerCard, 'provider' | 'device' | 'memoryBytes' | 'packs' | 'queues'>;

export interface FarmWorkerParts {
  readonly redis: Redis;
  readonly dispatch: WorkerDispatch;
  readonly carrier: Carrier;
  readonly log: Log;
}

/** A job that was stalled more often than this is given back as failed by BullMQ; the submitter counts lost attempts itself. */
const MOST_STALLS = 50;
const HEARTBEATS_PER_LEASE = 4;
/** Why a job is given up for good; without it, it goes back to the farm. */
const CANCELLED = 'cancelled';

export class FarmWorker {
  private readonly workers: readonly Worker[];
  private readonly bell = new Bell();
  private readonly listening: Redis;
  /** Connections of the workers; BullMQ closes only those it made itself. */
  private readonly connections: readonly Redis[];
  private stopping = false;
  private draining = false;
  /** What is being made, and what gives it up while its boards or its take travel. */
  private job: { readonly id: string; readonly leave: AbortController } | null = null;
  private running: Promise<void> | null = null;
  private beat: NodeJS.Timeout | null = null;

  constructor(
    private readonly parts: FarmWorkerParts,
    private readonly settings: FarmWorkerSettings,
  ) {
    const { leaseMs, able } = settings;
    this.listening = parts.redis.duplicate();
    this.listening.on('error', () => undefined);
    this.connections = able.queues.map(() => {
      const connection = parts.redis.duplicate();
      connection.on('error', () => undefined);
      return connection;
    });
    this.workers = able.queues.map((name, index) => {
      const worker = new Worker(name, null, {
        connection: this.connections[index] ?? parts.redis,
        lockDuration: leaseMs,
        stalledInterval: leaseMs / 2,
        maxStalledCount: MOST_STALLS,
      });
      worker.on('error', () => undefined);
      return worker;
    });
  }

  /** Serves until it is stopped or drained; resolves then. */
  async serve(): Promise<void> {
    this.running ??= this.run();
    await this.running;
  }

  /** Gives the present job back to the farm and ends. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.job?.leave.abort();
    this.bell.ring();
    await this.running;
  }

  private async run(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.startStalledCheckTimer()));
    await this.listening.subscribe(KEYS.cancel);
    this.listening.on('message', (_channel, jobId) => this.giveUp(jobId));
    this.beat = setInterval(
      () => void this.announce().catch(() => undefined),
      this.settings.leaseMs / HEARTBEATS_PER_LEASE,
    );
    await this.announce().catch(() => undefined);
    while (!this.stopping && !this.draining) {
      try {
        if (!(await this.turn())) await this.bell.wait(this.settings.idleMs);
      } catch (error) {
        // Redis is away: the job, if there was one, comes back by its lease.
        this.parts.log.warn(
          { error: error instanceof Error ? error.message : String(error) },
          'the farm did not answer',
        );
        await this.bell.wait(this.settings.idleMs);
      }
    }
    clearInterval(this.beat);
    await this.parts.redis.del(KEYS.card(this.settings.id)).catch(() => undefined);
    await Promise.all(this.workers.map((worker) => worker.close().catch(() => undefined)));
    for (const connection of [this.listening, ...this.connections]) connection.disconnect();
  }

  /** The next job of the first queue that has one. True when there was one. */
  private async turn(): Promise<boolean> {
    for (const worker of this.workers) {
      const token = `${this.settings.id}:${Date.now()}`;
      // Undefined when there is none, although its type does not say so.
      const found: unknown = await worker.getNextJob(token, { block: false });
      if (!isJob(found)) continue;
      await this.make(found, token);
      return true;
    }
    return false;
  }

  private async make(job: Job<unknown>, token: string): Promise<void> {
    const read = zFarmJob.safeParse(job.data);
    if (!read.success) {
      const told = problem({ code: 'shot-invalid', message: 'The farm holds a job that this version cannot read.' });
      await job.moveToCompleted({ type: 'failed', problem: told, worker: this.settings.id }, token, false);
      return;
    }
    const { spec } = read.data;
    const leave = new AbortController();
    this.job = { id: spec.id, leave };
    if (this.stopping) leave.abort();
    const { leaseMs } = this.settings;
    // Kept by this process, which renders nothing and so never blocks for long.
    const keep = setInterval(() => {
      job.extendLock(token, leaseMs).then(
        (kept) => {
          if (!kept) this.giveUp(spec.id);
        },
        () => undefined,
      );
    }, leaseMs / HEARTBEATS_PER_LEASE);
    let end: WorkerEnd;
    try {
      end = await this.made(read.data, leave.signal, (glimpse) => {
        job.updateProgress({ ...glimpse }).catch(() => undefined);
      });
    } finally {
      clearInterval(keep);
      this.job = null;
    }
    this.parts.log.info({ jobId: spec.id, attempt: read.data.attempt, end: end.type }, 'a job of the farm ended');
    if (end.type === 'released') await job.moveToDelayed(Date.now() + 1, token);
    else await job.moveToCompleted(end, token, false);
  }

  /** Boards here, the take made, the take there. */
  private async made(job: FarmJob, signal: AbortSignal, progress: (glimpse: Glimpse) => void): Promise<WorkerEnd> {
    const { dispatch, carrier } = this.parts;
    try {
      await carrier.bring(job, signal);
      signal.throwIfAborted();
      const end = await dispatch.offer(job, progress);
      if (end.type !== 'rendered') return end;
      const files = await carrier.deliver(job, end.take, signal);
      return files === null ? end : { ...end, files: [...files] };
    } catch (error) {
      const worker = this.settings.id;
      if (signal.aborted) return signal.reason === CANCELLED ? { type: 'cancelled', worker } : { type: 'released' };
      return { type: 'failed', problem: toProblem(error), worker };
    }
  }

  /** Somebody cancelled the job, or the farm has given it to another worker. */
  private giveUp(jobId: string): void {
    if (this.job?.id === jobId) this.job.leave.abort(CANCELLED);
    this.parts.dispatch.giveUp(jobId);
  }

  /** Says that it is there, and hears whether it shall leave. */
  private async announce(): Promise<void> {
    const { id, version, able, leaseMs } = this.settings;
    const { redis } = this.parts;
    this.draining ||=
      z
        .string()
        .nullable()
        .parse(await redis.get(KEYS.drain(id))) !== null;
    if (this.draining) this.bell.ring();
    const card: WorkerCard = {
      id,
      farm: FARM_VERSION,
      version,
      ...able,
      state: this.draining ? 'draining' : this.job === null ? 'idle' : 'busy',
      ...(this.job !== null && { job: this.job.id }),
    };
    await redis.set(KEYS.card(id), JSON.stringify(card), 'PX', leaseMs * 2);
  }
}

function isJob(value: unknown): value is Job<unknown> {
  return value instanceof Job;
}
