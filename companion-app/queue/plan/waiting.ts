/** The queued jobs in short, read once and kept in step with the store, so that a plan of ten thousand asks nothing of it. */
import type { JobStore, Ranked, WaitingJob } from '../job-store';
import type { JobRecord } from '../record';

export class Waiting {
  readonly #store: Pick<JobStore, 'waiting'>;
  #jobs: Map<string, WaitingJob> | null = null;

  constructor(store: Pick<JobStore, 'waiting'>) {
    this.#store = store;
  }

  /** All of them, in no order that counts. */
  all(): WaitingJob[] {
    this.#jobs ??= new Map(this.#store.waiting().map((job) => [job.jobId, job]));
    return [...this.#jobs.values()];
  }

  /**
   * To be called with every job that has changed: one that is queued no longer goes, one that is held is not ready; for one that is queued
   * now all are read anew.
   */
  changed({ row }: JobRecord): void {
    const { id } = row.spec;
    const known = this.#jobs?.get(id);
    if (row.state !== 'queued') this.#jobs?.delete(id);
    else if (row.problem && known) this.#jobs?.set(id, { ...known, ready: false });
    else this.#jobs = null;
  }

  /** All are in order by hand now, these at new ranks. */
  moved(ranked: readonly Ranked[]): void {
    for (const { jobId, rank } of ranked) {
      const job = this.#jobs?.get(jobId);
      if (job) this.#jobs?.set(jobId, { ...job, rank });
    }
    for (const [jobId, job] of this.#jobs ?? []) if (!job.byHand) this.#jobs?.set(jobId, { ...job, byHand: true });
  }

  /** Something has changed that is not told of one job: boards, an order. */
  forget(): void {
    this.#jobs = null;
  }
}
