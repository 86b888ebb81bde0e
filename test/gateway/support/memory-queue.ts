/** A queue that keeps everything in memory: a real implementation of the gateway's port, small enough to see through. */
import { problem, InbetweenError } from '../../../shared/problem';
import type {
  Hold,
  JobEvent,
  JobRow,
  JobSpec,
  JobState,
  OrderPlace,
  Placement,
  Progress,
  Prunable,
  Take,
} from '../../../shared/protocol';
import type { BoardStorePort, Judgement, ListQuery, QueuePort, SubmitResult } from '../../../companion-app/gateway';

export class MemoryQueue implements QueuePort {
  readonly rows = new Map<string, JobRow>();
  readonly stored: JobEvent[] = [];
  readonly boardsStored: string[] = [];
  readonly reordered: { jobIds: readonly string[]; to: OrderPlace }[] = [];
  readonly busyHosts = new Set<object>();
  paused = false;
  readonly cuts: { sequenceId: string; takes: readonly { jobId: string; frames: number }[] }[] = [];
  readonly reviews: { jobId: string; seconds: number }[] = [];
  /** Streams of events that are being read now. */
  streams = 0;
  private readonly wakers = new Set<() => void>();
  private readonly progressListeners = new Set<(progress: Progress) => void>();

  constructor(private readonly boards: Pick<BoardStorePort, 'missing'>) {}

  async submit(jobs: readonly JobSpec[]): Promise<SubmitResult> {
    const outcomes = jobs.map((spec) => {
      const row = this.rows.get(spec.id);
      if (row) return { jobId: spec.id, state: row.state, known: true };
      if (spec.shot.frames === 0) {
        const empty = problem({
          code: 'shot-empty',
          message: `${spec.shot.name} has no frames.`,
          action: 'Make it longer.',
        });
        return { jobId: spec.id, known: false, problem: empty };
      }
      this.rows.set(spec.id, {
        spec,
        state: 'queued',
        attempts: 0,
        order: this.rows.size,
        submittedAt: 0,
        changedAt: 0,
      });
      this.note(spec.id);
      return { jobId: spec.id, state: 'queued' as const, known: false };
    });
    const boards = jobs.flatMap((job) => job.shot.boards.map(({ board }) => board));
    return { jobs: outcomes, missing: await this.boards.missing(boards) };
  }

  async newestSeq(): Promise<number> {
    return this.stored.length;
  }

  async *events(after: number, signal: AbortSignal): AsyncIterable<JobEvent> {
    this.streams += 1;
    try {
      for (let next = after; !signal.aborted;) {
        const event = this.stored[next];
        if (event) {
          next += 1;
          yield event;
        } else await this.changed(signal);
      }
    } finally {
      this.streams -= 1;
    }
  }

  async list({ states, sequenceId, offset, limit }: ListQuery): Promise<{ jobs: JobRow[]; total: number }> {
    const rows = [...this.rows.values()].filter(
      (row) =>
        (!states || states.includes(row.state)) &&
        (sequenceId === undefined || row.spec.sequence.sequenceId === sequenceId),
    );
    return { jobs: rows.slice(offset, offset + limit), total: rows.length };
  }

  async deliver(jobId: string): Promise<JobRow> {
    const row = this.row(jobId);
    if (row.state === 'rendered') return this.move(jobId, 'delivered');
    if (row.state === 'delivered') return row;
    throw new InbetweenError({ code: 'out-of-order', message: `Job ${jobId} is ${row.state}, not rendered.` });
  }

  async placed(jobId: string, placement: Placement): Promise<void> {
    if (this.row(jobId).state !== 'placed') this.move(jobId, 'placed', { placement });
  }

  async pause(paused: boolean | null): Promise<{ paused: boolean; holds: readonly Hold[] }> {
    this.paused = paused ?? this.paused;
    return { paused: this.paused, holds: [] };
  }

  async reorder(jobIds: readonly string[], to: OrderPlace): Promise<readonly string[]> {
    this.reordered.push({ jobIds, to });
    return jobIds.filter((id) => this.rows.get(id)?.state === 'queued');
  }

  async prune(states: readonly Prunable[]): Promise<number> {
    const gone = [...this.rows.values()].filter((row) => states.some((state) => state === row.state));
    for (const row of gone) this.rows.delete(row.spec.id);
    return gone.length;
  }

  hostBusy(asker: object, busy: boolean): void {
    if (busy) this.busyHosts.add(asker);
    else this.busyHosts.delete(asker);
  }

  async cancel(jobIds: readonly string[]): Promise<readonly string[]> {
    const open = jobIds.filter((id) => this.row(id).state === 'queued');
    for (const id of open) this.move(id, 'cancelled');
    return open;
  }

  async retry(jobIds: readonly string[]): Promise<readonly string[]> {
    const over = jobIds.filter((id) => ['failed', 'cancelled'].includes(this.row(id).state));
    for (const id of over) this.move(id, 'queued');
    return over;
  }

  async judge(jobId: string, { verdict, reason }: Judgement): Promise<JobRow> {
    const { verdict: _before, ...row } = this.row(jobId);
    if (!row.take) throw new InbetweenError({ code: 'out-of-order', message: `Job ${jobId} has no take.` });
    const judged = verdict === 'none' ? row : { ...row, verdict: { verdict, ...(reason && { reason }), at: 0 } };
    this.rows.set(jobId, judged);
    return judged;
  }

  async cut(sequenceId: string, takes: readonly { jobId: string; frames: number }[]): Promise<void> {
    this.cuts.push({ sequenceId, takes });
  }

  async reviewed(jobId: string, seconds: number): Promise<void> {
    this.row(jobId);
    this.reviews.push({ jobId, seconds });
  }

  async boardStored(sha256: string): Promise<void> {
    this.boardsStored.push(sha256);
  }

  onProgress(listener: (progress: Progress) => void): () => void {
    this.progressListeners.add(listener);
    return () => void this.progressListeners.delete(listener);
  }

  tellProgress(progress: Progress): void {
    for (const listener of this.progressListeners) listener(progress);
  }

  /** What rendering would do. */
  render(jobId: string, take: Take): void {
    this.move(jobId, 'rendered', { take });
  }

  move(jobId: string, state: JobState, more: Partial<JobRow> = {}): JobRow {
    const row = { ...this.row(jobId), ...more, state };
    this.rows.set(jobId, row);
    this.note(jobId);
    return row;
  }

  private row(jobId: string): JobRow {
    const row = this.rows.get(jobId);
    if (!row) throw new InbetweenError({ code: 'not-found', message: `There is no job ${jobId}.` });
    return row;
  }

  private note(jobId: string): void {
    const { spec, state, attempts, take } = this.row(jobId);
    this.stored.push({
      seq: this.stored.length + 1,
      at: 0,
      jobId,
      state,
      attempts,
      shotName: spec.shot.name,
      sequenceId: spec.sequence.sequenceId,
      ...(take ? { take } : {}),
    });
    for (const wake of [...this.wakers]) wake();
  }

  private changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.wakers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.wakers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
