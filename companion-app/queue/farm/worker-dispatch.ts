/** The farm as the runner's queue: one job at a time, handed in from outside; its end is handed back. */
import type { Problem } from '../../../shared/problem';
import type { Hold, Settings, Take } from '../../../shared/protocol';
import type { Dispatch, Glimpse, Lease, QueueListener } from '../dispatch';
import type { FarmAttempt, FarmOutcome } from './messages';

/** How the runner let go of a job; `released`: it was given up because the worker is leaving. */
export type WorkerEnd = FarmOutcome | { readonly type: 'released' };

interface Offer {
  readonly job: FarmAttempt;
  readonly lease: Lease;
  taken: boolean;
  readonly progress: (glimpse: Glimpse) => void;
  readonly end: (end: WorkerEnd) => void;
}

export class WorkerDispatch implements Dispatch {
  private readonly listeners = new Set<QueueListener>();
  private current: Offer | null = null;

  constructor(
    private readonly worker: string,
    private readonly now: () => number,
  ) {}

  /** Has the runner make this job; resolves with how it ended. One at a time. */
  offer(job: FarmAttempt, progress: (glimpse: Glimpse) => void): Promise<WorkerEnd> {
    if (this.current) throw new RangeError('a worker makes one job at a time');
    return new Promise((resolve) => {
      const { spec, run, attempt, tries, remarks } = job;
      this.current = {
        job,
        lease: { spec, run, attempt, tries, remarks },
        taken: false,
        progress,
        end: (end) => {
          this.current = null;
          resolve(end);
        },
      };
      for (const listener of this.listeners) listener.work?.();
    });
  }

  /** Gives the job up: somebody cancelled it, or the farm has given it to another worker. */
  giveUp(jobId: string): void {
    const offer = this.current;
    if (offer?.job.spec.id !== jobId) return;
    offer.end({ type: 'cancelled', worker: this.worker });
    const { spec, attempt } = offer.job;
    for (const listener of this.listeners) {
      listener.event?.({
        seq: 1,
        at: this.now(),
        jobId,
        state: 'cancelled',
        attempts: attempt,
        shotName: spec.shot.name,
        sequenceId: spec.sequence.sequenceId,
      });
    }
  }

  /** Of which engines' takes PREVIS is burnt in, for the job that is being made. */
  previs(): Settings['previsBurnIn'] {
    return this.current?.job.previs ?? 'diffusion';
  }

  private held(lease: Lease): Offer | null {
    return this.current?.lease === lease ? this.current : null;
  }

  lease(): Lease | null {
    if (!this.current || this.current.taken) return null;
    this.current.taken = true;
    return this.current.lease;
  }

  stillHolds(lease: Lease): boolean {
    return this.held(lease) !== null;
  }

  holds(): readonly Hold[] {
    return [];
  }

  finish(lease: Lease, take: Take, seconds: number): void {
    this.held(lease)?.end({ type: 'rendered', take, seconds, worker: this.worker });
  }

  fail(lease: Lease, problem: Problem): void {
    this.held(lease)?.end({ type: 'failed', problem, worker: this.worker });
  }

  lose(lease: Lease, problem: Problem): void {
    this.held(lease)?.end({ type: 'lost', problem, worker: this.worker });
  }

  release(lease: Lease): void {
    this.held(lease)?.end({ type: 'released' });
  }

  progress(lease: Lease, glimpse: Glimpse): void {
    this.held(lease)?.progress(glimpse);
  }

  boardGone(): void {
    // The runner fails the job for it, and says so.
  }

  subscribe(listener: QueueListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
