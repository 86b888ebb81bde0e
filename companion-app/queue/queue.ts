/** The queue: every change of a job is stored, then logged, then broadcast, in that order. */
import type {
  Fact,
  Hold,
  JobEvent,
  JobRow,
  JobSpec,
  OrderPlace,
  Placement,
  Prunable,
  Take,
} from '../../shared/protocol';
import { InbetweenError, problem, type Problem } from '../../shared/problem';
import type { Sha256 } from '../../shared/shot';
import { aboutJob } from './about';
import { breathe } from './breathe';
import { Broadcast } from './broadcast';
import type { ChoosyDispatch, Glimpse, Lease, QueueListener, Refuse } from './dispatch';
import { isFileOf } from './files';
import type { SecondsRange, WorkGroup } from './estimate';
import type { EventFilter, FactFilter, JobFilter, JobStore, StoredChange } from './job-store';
import { freeze } from './plan/freeze';
import { ALWAYS, PLAIN_PLAN, type Conditions, type QueuePlan } from './plan/plan';
import { previewIdOf } from './plan/previews';
import { runOf, Scheduler } from './plan/scheduler';
import { taken } from './plan/tries';
import type { BoardShelf, Clock, Log } from './ports';
import { advance, mayChange, type JobChange } from './states';
import { submitJobs, type SubmitOutcome } from './submit';
import { TimeLeft } from './time-left';
import { verdictFact, type Judgement } from './verdict';

export interface QueueSettings {
  /** So many attempts lost in a row set a job aside. */
  readonly maxLost: number;
  /** Most jobs that may be waiting or rendering at once. */
  readonly maxOpenJobs: number;
  /** How to work the queue off; asked at each step. */
  readonly plan: () => QueuePlan;
  readonly conditions: Conditions;
}

export const QUEUE_DEFAULTS: QueueSettings = {
  maxLost: 3,
  maxOpenJobs: 20_000,
  plan: () => PLAIN_PLAN,
  conditions: ALWAYS,
};

/** Jobs held one after the other while one is looked for: each is a synced write. */
const MOST_HELD_AT_ONCE = 8;

export interface QueueParts {
  readonly store: JobStore;
  readonly shelf: BoardShelf;
  readonly clock: Clock;
  readonly log: Log;
}

export class JobQueue implements ChoosyDispatch {
  readonly #parts: QueueParts;
  readonly #settings: QueueSettings;
  readonly #broadcast: Broadcast;
  readonly #timeLeft: TimeLeft;
  readonly #scheduler: Scheduler;
  /** Jobs are put in order by one person after the other. */
  #reorders: Promise<unknown> = Promise.resolve();

  constructor(parts: QueueParts, settings: Partial<QueueSettings> = {}) {
    this.#parts = parts;
    this.#settings = { ...QUEUE_DEFAULTS, ...settings };
    this.#broadcast = new Broadcast(parts.log);
    this.#timeLeft = new TimeLeft(parts.store, parts.clock);
    const { plan, conditions } = this.#settings;
    this.#scheduler = new Scheduler({ ...parts, timeLeft: this.#timeLeft, plan, conditions });
  }

  /** One step of the machine: stored, logged, broadcast. Throws InbetweenError; nothing has changed then. */
  #change(jobId: string, change: JobChange, fact?: (row: JobRow) => Fact): JobRow {
    const context = { at: this.#parts.clock.now(), maxLost: this.#settings.maxLost };
    const stored = this.#parts.store.change(
      jobId,
      (record) => advance(record, change, context),
      fact && ((record) => fact(record.row)),
    );
    this.#tell(stored);
    return stored.record.row;
  }

  #tell({ event, record }: StoredChange): void {
    const { seq, jobId, state, attempts, problem: told } = event;
    this.#parts.log.info({ seq, jobId, state, attempts, ...(told && { problem: told.code }) }, 'job changed');
    this.#timeLeft.jobsChanged();
    this.#scheduler.jobChanged(record);
    this.#broadcast.tell((listener) => listener.event?.(event));
    if (state === 'queued') this.#wake();
  }

  #wake(): void {
    this.#broadcast.tell((listener) => listener.work?.());
  }

  /**
   * Stores jobs; the same id with the same spec is one job. A job that cannot be taken carries its problem in the answer, the
   * others are stored. Says which boards are missing; jobs wait for theirs. Throws InbetweenError when the boards cannot be looked up.
   */
  async submit(specs: readonly JobSpec[]): Promise<SubmitOutcome> {
    const { previewsFirst } = this.#settings.plan();
    const outcome = await submitJobs(specs, {
      ...this.#parts,
      previewsFirst,
      maxOpenJobs: this.#settings.maxOpenJobs,
      tell: (stored) => this.#tell(stored),
    });
    // Boards may have been found that nobody knew of.
    this.#scheduler.boardsChanged();
    this.#wake();
    return outcome;
  }

  /** Events after `seq`, oldest first. */
  eventsSince(seq: number, filter?: EventFilter): readonly JobEvent[] {
    return this.#parts.store.eventsSince(seq, filter);
  }

  newestSeq(): number {
    return this.#parts.store.newestSeq();
  }

  subscribe(listener: QueueListener): () => void {
    return this.#broadcast.add(listener);
  }

  list(filter: JobFilter = {}): { readonly jobs: readonly JobRow[]; readonly total: number } {
    return this.#parts.store.list(filter);
  }

  find(jobId: string): JobRow | undefined {
    return this.#parts.store.find(jobId)?.row;
  }

  #require(jobId: string): JobRow {
    const row = this.find(jobId);
    if (row) return row;
    throw new InbetweenError({
      code: 'not-found',
      message: `There is no job ${jobId} here.`,
      safe: 'Nothing was changed.',
      action: 'Send the shot again.',
    });
  }

  /**
   * Hands a rendered take over; saying it again gives the same answer. Throws InbetweenError: "not-found" for an unknown job and for a
   * clip that is no longer there (its job then is `failed` and can be retried), "out-of-order" for a job without a take.
   */
  async deliver(jobId: string): Promise<JobRow> {
    const before = this.#require(jobId);
    if (before.take && before.state !== 'cancelled' && !(await isFileOf(before.take.path, before.take.bytes)))
      this.#clipGone(before);
    const row = this.#require(jobId);
    if (row.state === 'delivered' || row.state === 'placed') return row;
    return this.#change(jobId, { kind: 'deliver' });
  }

  #clipGone(row: JobRow): never {
    const gone = problem({
      code: 'not-found',
      message: `The clip of ${row.spec.shot.name} is no longer where it was written.`,
      safe: 'The timeline and the other clips are untouched.',
      action: 'Retry the shot to have it rendered again.',
      retry: true,
    });
    if (mayChange(row.state, 'fail')) this.#change(row.spec.id, { kind: 'fail', problem: gone });
    throw new InbetweenError(gone);
  }

  /** The clip is on the timeline. Saying it again is harmless. Throws InbetweenError "not-found" or "out-of-order". */
  placed(jobId: string, placement: Placement): JobRow {
    const row = this.#require(jobId);
    if (row.state === 'placed') return row;
    // After a store was rebuilt from results it knows less than the panel: what is on the timeline was delivered.
    if (row.state === 'rendered') this.#change(jobId, { kind: 'deliver' });
    return this.#change(jobId, { kind: 'place', placement });
  }

  /** Cancels what is not yet over. Returns the ids that are cancelled now. */
  cancel(jobIds: readonly string[]): string[] {
    this.#each(jobIds.map(previewIdOf), 'cancel', 'cancelled');
    return this.#each(jobIds, 'cancel', 'cancelled');
  }

  /** Queues failed jobs again. Returns the ids that are queued now. */
  retry(jobIds: readonly string[]): string[] {
    return this.#each(jobIds, 'retry', 'queued');
  }

  #each(jobIds: readonly string[], kind: 'cancel' | 'retry', goal: JobRow['state']): string[] {
    return [...new Set(jobIds)].filter((jobId) => {
      const row = this.find(jobId);
      if (!row) return false;
      if (mayChange(row.state, kind)) this.#change(jobId, { kind });
      return this.find(jobId)?.state === goal;
    });
  }

  /**
   * A person's word on a take, stored as a fact and shown in its row; the same word again changes nothing. Throws InbetweenError
   * "not-found", or "out-of-order" for a job without a take.
   */
  judge(jobId: string, judgement: Judgement): JobRow {
    const row = this.#require(jobId);
    const { verdict, reason } = judgement;
    if ((row.verdict?.verdict ?? 'none') === verdict && row.verdict?.reason === (reason || undefined)) return row;
    const change = { kind: 'judge', verdict, ...(reason && { reason }) } as const;
    return this.#change(jobId, change, (after) => verdictFact(after, judgement));
  }

  /** What of our takes is on a timeline at this look. */
  cut(sequenceId: string, takes: readonly { readonly jobId: string; readonly frames: number }[]): void {
    this.addFacts([{ kind: 'cut', at: this.#parts.clock.now(), sequenceId, takes: [...takes] }]);
  }

  /** Somebody has looked at a take for so many seconds. Throws InbetweenError "not-found". */
  reviewed(jobId: string, seconds: number): void {
    const about = aboutJob(this.#require(jobId));
    this.addFacts([{ kind: 'review', at: this.#parts.clock.now(), jobId, about, seconds }]);
  }

  addFacts(facts: readonly Fact[]): void {
    this.#parts.store.addFacts(facts);
  }

  /** In the order they were added. */
  facts(filter?: FactFilter): readonly Fact[] {
    return this.#parts.store.facts(filter);
  }

  /** While paused no job is begun; the one that runs goes on. Kept over a restart. `afterCrash`: it waits for a person to look. */
  setPaused(paused: boolean, afterCrash = false): void {
    if (paused === this.paused) return;
    this.#scheduler.setPaused(paused, afterCrash);
    this.#parts.log.info({}, paused ? 'queue paused' : 'queue resumed');
    if (!paused) this.#wake();
  }

  get paused(): boolean {
    return this.#scheduler.paused;
  }

  /** Everything that keeps jobs from being begun now. */
  holds(): readonly Hold[] {
    return this.#scheduler.holds();
  }

  /** What waits, in groups of equal jobs. */
  waitingWork(): readonly WorkGroup[] {
    return this.#timeLeft.queued();
  }

  /** Seconds until all that waits is done, while nothing runs; null when a part of it cannot be told. */
  waitingSeconds(): SecondsRange | null {
    return this.#timeLeft.waiting(this.#scheduler.planned(0));
  }

  /** How many jobs are at work and how many wait with all their boards there. */
  busy(): { readonly rendering: number; readonly waiting: number } {
    const { store } = this.#parts;
    return { rendering: store.count(['rendering']), waiting: store.nextReady() ? store.count(['queued']) : 0 };
  }

  /** Something around the queue has changed (settings, power, a disk): jobs may be begun now that could not be, or the other way round. */
  conditionsChanged(): void {
    this.#wake();
  }

  /** `asker` (a connection) says that its host plays or exports, or no longer does. */
  hostBusy(asker: object, busy: boolean): void {
    if (this.#scheduler.hostBusy(asker, busy)) this.#wake();
  }

  /**
   * Puts waiting jobs in front, behind, or before one of them; a preview goes with its full take. Ids of those that wait. Takes no longer
   * the more there are; where a plan has ordered them, that order is written down first, in pieces.
   */
  reorder(jobIds: readonly string[], to: OrderPlace): Promise<string[]> {
    const done = this.#reorders.then(() => this.#reorder(jobIds, to));
    this.#reorders = done.catch(() => undefined);
    return done;
  }

  async #reorder(jobIds: readonly string[], to: OrderPlace): Promise<string[]> {
    const { store } = this.#parts;
    const planned = this.#scheduler.notByRank();
    await freeze(store, planned);
    if (planned.length > 0) this.#scheduler.allChanged();
    const wanted = jobIds.flatMap((id) => [previewIdOf(id), id]);
    const moved = store.move(wanted, to);
    this.#scheduler.orderChanged(moved);
    const waiting = new Set(moved.map(({ jobId }) => jobId));
    return [...new Set(jobIds)].filter((id) => waiting.has(id));
  }

  /** Another order was set: what a person had put in order by hand follows it again. */
  forgetOrder(): void {
    this.#parts.store.forgetOrder();
    this.#scheduler.allChanged();
    this.#wake();
  }

  /** Takes jobs in these states out of the lists; nothing else of them goes. Returns how many. */
  prune(states: readonly Prunable[]): number {
    return this.#parts.store.prune(states);
  }

  /** A board has arrived whole: jobs that waited for it may go. */
  boardArrived(board: Sha256): void {
    this.#parts.store.addBoards([board]);
    this.#scheduler.boardsChanged();
    this.#wake();
  }

  boardGone(board: Sha256): void {
    this.#parts.store.dropBoards([board]);
    this.#scheduler.boardsChanged();
  }

  lease(refuse: Refuse = () => null): Lease | null {
    if (this.holds().length > 0) return null;
    const next = this.#nextTaken(refuse);
    if (!next) return null;
    const { fallback } = next;
    const row = this.#change(next.record.row.spec.id, { kind: 'lease', ...(fallback && { fallback }) });
    const tries = row.tries?.length ?? 0;
    const run = runOf(row.spec, tries, fallback);
    this.#timeLeft.began(run);
    return { spec: row.spec, attempt: row.attempts, run, tries, remarks: fallback ? [fallback.why] : [] };
  }

  /** The next job that is not refused; null after some that are. */
  #nextTaken(refuse: Refuse): ReturnType<Scheduler['next']> {
    for (let held = 0; held < MOST_HELD_AT_ONCE; held += 1) {
      const next = this.#scheduler.next();
      const why = next && refuse(runOf(next.record.row.spec, next.record.row.tries?.length ?? 0, next.fallback));
      if (!next || !why) return next;
      this.#change(next.record.row.spec.id, { kind: 'hold', problem: why });
    }
    return null;
  }

  async reconsider(refuse: Refuse): Promise<void> {
    for (const jobId of this.#parts.store.held()) {
      await breathe();
      const row = this.find(jobId);
      if (row?.state !== 'queued' || !row.problem) continue;
      const why = refuse(runOf(row.spec, row.tries?.length ?? 0, undefined));
      if (why?.message === row.problem.message) continue;
      this.#change(jobId, why ? { kind: 'hold', problem: why } : { kind: 'free' });
    }
  }

  hold(hold: Hold | null): void {
    this.#scheduler.hold(hold);
    this.#wake();
  }

  stillHolds(lease: Lease): boolean {
    const row = this.find(lease.spec.id);
    return row?.state === 'rendering' && row.attempts === lease.attempt;
  }

  finish(lease: Lease, take: Take, seconds: number): void {
    const { retriesOfFailedChecks } = this.#settings.plan();
    const tries = this.find(lease.spec.id)?.tries ?? [];
    this.#change(lease.spec.id, taken(take, tries, lease.attempt, retriesOfFailedChecks));
    try {
      this.#timeLeft.measured(lease.run, take, seconds);
    } catch (error) {
      this.#parts.log.warn({ jobId: lease.spec.id, error: String(error) }, 'a timing was not stored');
    }
  }

  fail(lease: Lease, why: Problem): void {
    this.#change(lease.spec.id, { kind: 'fail', attempt: lease.attempt, problem: why });
  }

  lose(lease: Lease, why: Problem): void {
    this.#change(lease.spec.id, { kind: 'lose', attempt: lease.attempt, problem: why });
  }

  release(lease: Lease): void {
    this.#change(lease.spec.id, { kind: 'release', attempt: lease.attempt });
  }

  progress(lease: Lease, glimpse: Glimpse): void {
    const progress = this.#timeLeft.progress(lease, glimpse, (seconds) => this.#scheduler.planned(seconds));
    this.#broadcast.tell((listener) => listener.progress?.(progress));
  }
}
