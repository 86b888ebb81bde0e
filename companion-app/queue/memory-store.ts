/** A store that forgets everything with its process: for one-off runs of the command line and for tests. */
import type { Fact, JobEvent, JobState, OrderPlace } from '../../shared/protocol';
import { InbetweenError } from '../../shared/problem';
import { attemptAfter } from './attempt-log';
import { workOf, type Timing, type WorkGroup } from './estimate';
import type {
  AttemptRow,
  EventFilter,
  FactFilter,
  JobFilter,
  JobStore,
  Ranked,
  StoredChange,
  WaitingJob,
} from './job-store';
import { moved } from './plan/order';
import { RANK_STEP } from './plan/ranks';
import { boardsOf, eventOf, type JobRecord } from './record';

export class MemoryStore implements JobStore {
  readonly #jobs = new Map<string, JobRecord>();
  readonly #events: JobEvent[] = [];
  readonly #facts: Fact[] = [];
  readonly #boards = new Set<string>();
  /** The last rank that is in order by hand. */
  #byHand = -Infinity;
  readonly #pruned = new Set<string>();
  readonly #attempts = new Map<string, AttemptRow[]>();
  readonly #timings: Timing[] = [];
  readonly #settings = new Map<string, string>();

  insert(records: readonly JobRecord[]): StoredChange[] {
    for (const [index, { row }] of records.entries()) {
      const twice = records.findIndex((other) => other.row.spec.id === row.spec.id) !== index;
      if (twice || this.#jobs.has(row.spec.id))
        throw new InbetweenError({ code: 'internal', message: `Job ${row.spec.id} is stored already.` });
    }
    const last = this.lastRank();
    return records.map((draft, n) => this.#put({ ...draft, row: { ...draft.row, order: last + (n + 1) * RANK_STEP } }));
  }

  #put(record: JobRecord): StoredChange {
    this.#jobs.set(record.row.spec.id, record);
    const event = eventOf(record, this.newestSeq() + 1);
    this.#events.push(event);
    return { record, event };
  }

  find(jobId: string): JobRecord | undefined {
    return this.#jobs.get(jobId);
  }

  change(jobId: string, step: (record: JobRecord) => JobRecord, fact?: (record: JobRecord) => Fact): StoredChange {
    const before = this.#jobs.get(jobId);
    if (!before) throw new InbetweenError({ code: 'not-found', message: `There is no job ${jobId}.` });
    const after = step(before);
    const told = fact?.(after);
    if (after.row.state !== before.row.state) this.#pruned.delete(jobId);
    const attempt = attemptAfter(before, after);
    if (attempt) this.#noteAttempt(attempt);
    if (told) this.#facts.push(told);
    return this.#put(after);
  }

  #noteAttempt(attempt: NonNullable<ReturnType<typeof attemptAfter>>): void {
    const rows = this.#attempts.get(attempt.jobId) ?? [];
    const known = rows.findIndex((row) => row.attempt === attempt.attempt);
    const before = rows[known];
    if (before) rows[known] = { ...before, ...attempt };
    else rows.push({ ...attempt, startedAt: attempt.startedAt ?? attempt.endedAt ?? 0 });
    this.#attempts.set(attempt.jobId, rows);
  }

  #ordered(): JobRecord[] {
    return [...this.#jobs.values()].sort((a, b) => a.row.order - b.row.order);
  }

  nextReady(previewsFirst = false): JobRecord | undefined {
    const key = ({ byHand, quality, rank }: WaitingJob): [number, number, number] => [
      byHand ? 0 : 1,
      previewsFirst && !byHand && quality !== 'preview' ? 1 : 0,
      rank,
    ];
    const [next] = this.waiting()
      .filter((job) => job.ready)
      .map((job) => ({ job, key: key(job) }))
      .sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1] || a.key[2] - b.key[2]);
    return next && this.#jobs.get(next.job.jobId);
  }

  held(): string[] {
    return this.inState('queued').flatMap(({ row }) => (row.problem ? row.spec.id : []));
  }

  waiting(): WaitingJob[] {
    const firsts = new Map<string, number>();
    for (const [index, { row }] of [...this.#jobs.values()].entries()) {
      const { sequenceId } = row.spec.sequence;
      if (!firsts.has(sequenceId)) firsts.set(sequenceId, index + 1);
    }
    return this.inState('queued').map(({ row }) => ({
      ...workOf(row.spec),
      jobId: row.spec.id,
      rank: row.order,
      byHand: row.order <= this.#byHand,
      ready: row.problem === undefined && boardsOf(row.spec).every((board) => this.#boards.has(board)),
      sequenceRank: firsts.get(row.spec.sequence.sequenceId) ?? 0,
      startFrame: row.spec.shot.startFrame,
      submittedAt: row.submittedAt,
    }));
  }

  move(jobIds: readonly string[], to: OrderPlace): Ranked[] {
    const waiting = this.inState('queued');
    const before = waiting.map(({ row }) => row.spec.id);
    if (!jobIds.some((id) => before.includes(id))) return [];
    // They share out the ranks they have among themselves.
    const ranked = moved(before, jobIds, to).map((jobId, n) => ({ jobId, rank: waiting[n]?.row.order ?? 0 }));
    this.#write(ranked);
    this.#byHand = waiting.at(-1)?.row.order ?? this.#byHand;
    return ranked;
  }

  rank(jobIds: readonly string[], from: number): void {
    const waiting = jobIds.filter((id) => this.#jobs.get(id)?.row.state === 'queued');
    this.#write(waiting.map((jobId, n) => ({ jobId, rank: from + n * RANK_STEP })));
  }

  #write(ranked: readonly Ranked[]): void {
    for (const { jobId, rank } of ranked) {
      const record = this.#jobs.get(jobId);
      if (record) this.#jobs.set(jobId, { ...record, row: { ...record.row, order: rank } });
    }
  }

  lastRank(): number {
    return this.#ordered().at(-1)?.row.order ?? 0;
  }

  forgetOrder(): void {
    this.#byHand = -Infinity;
  }

  prune(states: readonly JobState[]): number {
    const gone = this.#ordered().filter(({ row }) => states.includes(row.state) && !this.#pruned.has(row.spec.id));
    for (const { row } of gone) this.#pruned.add(row.spec.id);
    return gone.length;
  }

  inState(state: JobState): JobRecord[] {
    return this.#ordered().filter((record) => record.row.state === state);
  }

  list(filter: JobFilter): ReturnType<JobStore['list']> {
    const all = this.#ordered()
      .map((record) => record.row)
      .filter((row) => !this.#pruned.has(row.spec.id))
      .filter((row) => !filter.states || filter.states.includes(row.state))
      .filter((row) => filter.sequenceId === undefined || row.spec.sequence.sequenceId === filter.sequenceId);
    const from = filter.offset ?? 0;
    return { jobs: all.slice(from, from + (filter.limit ?? 500)), total: all.length };
  }

  count(states: readonly JobState[]): number {
    return [...this.#jobs.values()].filter((record) => states.includes(record.row.state)).length;
  }

  queuedWork(): WorkGroup[] {
    const groups = new Map<string, WorkGroup>();
    for (const record of this.inState('queued')) {
      const size = workOf(record.row.spec);
      const key = JSON.stringify(size);
      groups.set(key, { ...size, count: (groups.get(key)?.count ?? 0) + 1 });
    }
    return [...groups.values()];
  }

  eventsSince(seq: number, filter: EventFilter = {}): JobEvent[] {
    return this.#events
      .filter((event) => event.seq > seq && (filter.sequenceId === undefined || event.sequenceId === filter.sequenceId))
      .slice(0, filter.limit ?? Infinity);
  }

  newestSeq(): number {
    return this.#events.at(-1)?.seq ?? 0;
  }

  addFacts(facts: readonly Fact[]): void {
    this.#facts.push(...facts);
  }

  facts({ kinds, since = -Infinity }: FactFilter = {}): Fact[] {
    return this.#facts.filter((fact) => fact.at >= since && (!kinds || kinds.includes(fact.kind)));
  }

  addBoards(boards: readonly string[]): void {
    for (const board of boards) this.#boards.add(board);
  }

  dropBoards(boards: readonly string[]): void {
    for (const board of boards) this.#boards.delete(board);
  }

  wantedBoards(): string[] {
    return [...new Set(this.inState('queued').flatMap((record) => boardsOf(record.row.spec)))];
  }

  heldBoards(): string[] {
    return [...this.#boards];
  }

  attempts(jobId: string): AttemptRow[] {
    return [...(this.#attempts.get(jobId) ?? [])];
  }

  addTiming(timing: Timing): void {
    this.#timings.unshift(timing);
  }

  timings(limit: number): Timing[] {
    return this.#timings.slice(0, limit);
  }

  setting(name: string): string | undefined {
    return this.#settings.get(name);
  }

  setSetting(name: string, value: string): void {
    this.#settings.set(name, value);
  }

  close(): void {
    this.#jobs.clear();
  }
}
