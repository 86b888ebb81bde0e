/** The store on disk: libsql through one connection, write-ahead log, every commit synced. Opened by open.ts. */
import type Database from 'libsql';
import { z } from 'zod';
import type { Fact, JobEvent, JobState } from '../../../shared/protocol';
import { InbetweenError } from '../../../shared/problem';
import { attemptAfter } from '../attempt-log';
import { diskProblem } from '../disk-problem';
import { workOf, type Timing, type WorkGroup } from '../estimate';
import type { AttemptRow, EventFilter, FactFilter, JobFilter, JobStore, StoredChange, WaitingJob } from '../job-store';
import { boardsOf, eventOf, type JobRecord } from '../record';
import { attemptFrom, eventFrom, factFrom, recordFrom, timingFrom, waitingFrom, workFrom } from './rows';

type Value = string | number | null;

const READY = `FROM jobs WHERE state = 'queued' AND NOT EXISTS (
  SELECT 1 FROM job_boards WHERE job_id = jobs.id AND sha256 NOT IN (SELECT sha256 FROM boards))`;

/** Text of people goes in as JSON too: a NUL in it would end a bare column early. */
const text = (value: object | string | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

export class LibsqlStore implements JobStore {
  readonly #db: Database.Database;
  readonly #where: string;
  readonly #statements = new Map<string, Database.Statement>();

  /** `db` is open and migrated, and from here on this store's alone; `where` names its folder in errors. */
  constructor(db: Database.Database, where: string) {
    this.#db = db;
    this.#where = where;
  }

  #prepared(sql: string): Database.Statement {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #all(sql: string, values: readonly Value[] = []): unknown[] {
    return this.#prepared(sql).all(values);
  }

  #run(sql: string, values: readonly Value[]): void {
    this.#prepared(sql).run(values);
  }

  /** Column `n` of the first row; 0 where there is none. */
  #number(sql: string, values: readonly Value[] = []): number {
    return z.object({ n: z.number().nullable() }).parse(this.#all(sql, values)[0] ?? { n: null }).n ?? 0;
  }

  /** Runs `work` whole or not at all; the disk's faults come out as problems. */
  #whole<T>(work: () => T): T {
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      if (error instanceof InbetweenError) throw error;
      throw new InbetweenError(diskProblem(error, this.#where), { cause: error });
    }
  }

  insert(records: readonly JobRecord[]): StoredChange[] {
    return this.#whole(() => {
      let order = this.#number('SELECT max(ord) AS n FROM jobs');
      return records.map((draft) => {
        order += 1;
        const record = { ...draft, row: { ...draft.row, order } };
        this.#insertJob(record);
        return { record, event: this.#tell(record) };
      });
    });
  }

  #insertJob({ row, specHash, lost, lastProblem }: JobRecord): void {
    const { spec } = row;
    const { engine, quality, pixels, frames, boards } = workOf(spec);
    this.#run(
      `INSERT INTO jobs (id, ord, state, sequence_id, attempts, lost, submitted_at, changed_at, engine, quality, pixels, frames,
        spec, spec_hash, take, problem, last_problem, placement, tries, rank, start_frame, uses)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
      [
        ...[
          spec.id,
          row.order,
          row.state,
          text(spec.sequence.sequenceId),
          row.attempts,
          lost,
          row.submittedAt,
          row.changedAt,
        ],
        ...[engine, quality, pixels, frames, JSON.stringify(spec), specHash],
        ...[text(row.take), text(row.problem), text(lastProblem), text(row.placement), text(row.tries)],
        ...[row.order, spec.shot.startFrame, boards],
      ],
    );
    for (const board of boardsOf(spec))
      this.#run('INSERT INTO job_boards (job_id, sha256) VALUES (?,?)', [spec.id, board]);
  }

  #tell(record: JobRecord): JobEvent {
    const told = eventOf(record, 1);
    this.#run(
      'INSERT INTO events (at, job_id, sequence_id, shot_name, state, attempts, take, problem, verdict) VALUES (?,?,?,?,?,?,?,?,?)',
      [
        told.at,
        told.jobId,
        text(told.sequenceId),
        text(told.shotName),
        told.state,
        told.attempts,
        text(told.take),
        text(told.problem),
        text(told.verdict),
      ],
    );
    return { ...told, seq: this.#number('SELECT last_insert_rowid() AS n') };
  }

  find(jobId: string): JobRecord | undefined {
    return this.#all('SELECT * FROM jobs WHERE id = ?', [jobId]).map(recordFrom)[0];
  }

  change(jobId: string, step: (record: JobRecord) => JobRecord, fact?: (record: JobRecord) => Fact): StoredChange {
    return this.#whole(() => {
      const before = this.find(jobId);
      if (!before) throw new InbetweenError({ code: 'not-found', message: `There is no job ${jobId}.` });
      const record = step(before);
      const { row, lost, lastProblem } = record;
      this.#run(
        `UPDATE jobs SET state = ?, attempts = ?, lost = ?, changed_at = ?, take = ?, problem = ?, last_problem = ?, placement = ?,
          verdict = ?, fallback = ?, tries = ?, pruned = CASE WHEN state = ? THEN pruned ELSE 0 END
          WHERE id = ?`,
        [
          row.state,
          row.attempts,
          lost,
          row.changedAt,
          text(row.take),
          text(row.problem),
          text(lastProblem),
          text(row.placement),
          text(row.verdict),
          text(row.fallback),
          text(row.tries),
          row.state,
          jobId,
        ],
      );
      this.#noteAttempt(before, record);
      const told = fact?.(record);
      if (told) this.#addFact(told);
      return { record, event: this.#tell(record) };
    });
  }

  #noteAttempt(before: JobRecord, after: JobRecord): void {
    const attempt = attemptAfter(before, after);
    if (!attempt) return;
    const { jobId, startedAt, endedAt, outcome, reason } = attempt;
    if (startedAt !== undefined) {
      this.#run('INSERT INTO attempts (job_id, attempt, started_at) VALUES (?,?,?)', [
        jobId,
        attempt.attempt,
        startedAt,
      ]);
    } else {
      this.#run('UPDATE attempts SET ended_at = ?, outcome = ?, reason = ? WHERE job_id = ? AND attempt = ?', [
        endedAt ?? null,
        outcome ?? null,
        text(reason),
        jobId,
        attempt.attempt,
      ]);
    }
  }

  nextReady(previewsFirst = false): JobRecord | undefined {
    // One question a group, each answered by an index from its first row on.
    const groups = previewsFirst ? ['by_hand = 1', "by_hand = 0 AND quality = 'preview'", 'by_hand = 0'] : ['TRUE'];
    for (const group of groups) {
      const [row] = this.#all(`SELECT * ${READY} AND ${group} ORDER BY by_hand DESC, rank LIMIT 1`);
      if (row !== undefined) return recordFrom(row);
    }
    return undefined;
  }

  waiting(): WaitingJob[] {
    // One row that holds them all: thousands of rows are slow to hand over one by one.
    const [row] = this.#all(
      `WITH firsts AS MATERIALIZED (SELECT sequence_id, min(ord) AS ord FROM jobs GROUP BY sequence_id)
        SELECT json_group_array(json_array(id, rank, by_hand, ready, first, start_frame, submitted_at,
          engine, quality, pixels, frames, uses)) AS jobs FROM (
        SELECT jobs.*, firsts.ord AS first,
          NOT EXISTS (SELECT 1 FROM job_boards WHERE job_id = jobs.id AND sha256 NOT IN (SELECT sha256 FROM boards)) AS ready
        FROM jobs JOIN firsts USING (sequence_id) WHERE state = 'queued' ORDER BY rank)`,
    );
    return waitingFrom(row);
  }

  putInOrder(jobIds: readonly string[]): void {
    this.#whole(() => {
      const rank = new Map(this.waiting().map((job) => [job.jobId, job.rank]));
      const known = jobIds.filter((id) => rank.has(id));
      const ranks = known.map((id) => rank.get(id) ?? 0).sort((a, b) => a - b);
      this.#run(
        `UPDATE jobs SET rank = wanted.value ->> 'rank', by_hand = 1 FROM json_each(?) AS wanted
          WHERE jobs.id = wanted.value ->> 'id'`,
        [JSON.stringify(known.map((id, index) => ({ id, rank: ranks[index] })))],
      );
    });
  }

  forgetOrder(): void {
    this.#whole(() => this.#run('UPDATE jobs SET by_hand = 0 WHERE by_hand = 1', []));
  }

  prune(states: readonly JobState[]): number {
    return this.#whole(() => {
      this.#run('UPDATE jobs SET pruned = 1 WHERE pruned = 0 AND state IN (SELECT value FROM json_each(?))', [
        JSON.stringify(states),
      ]);
      return this.#number('SELECT changes() AS n');
    });
  }

  inState(state: JobState): JobRecord[] {
    return this.#all('SELECT * FROM jobs WHERE state = ? ORDER BY rank', [state]).map(recordFrom);
  }

  list(filter: JobFilter): ReturnType<JobStore['list']> {
    const conditions = ['pruned = 0'];
    const values: Value[] = [];
    if (filter.states) {
      conditions.push(`state IN (SELECT value FROM json_each(?))`);
      values.push(JSON.stringify(filter.states));
    }
    if (filter.sequenceId !== undefined) {
      conditions.push('sequence_id = ?');
      values.push(text(filter.sequenceId));
    }
    const where = `WHERE ${conditions.join(' AND ')}`;
    const rows = this.#all(`SELECT * FROM jobs ${where} ORDER BY rank LIMIT ? OFFSET ?`, [
      ...values,
      filter.limit ?? 500,
      filter.offset ?? 0,
    ]);
    return {
      jobs: rows.map((row) => recordFrom(row).row),
      total: this.#number(`SELECT count(*) AS n FROM jobs ${where}`, values),
    };
  }

  count(states: readonly JobState[]): number {
    return this.#number('SELECT count(*) AS n FROM jobs WHERE state IN (SELECT value FROM json_each(?))', [
      JSON.stringify(states),
    ]);
  }

  queuedWork(): WorkGroup[] {
    return this.#all(
      `SELECT engine, quality, pixels, frames, uses, count(*) AS count FROM jobs WHERE state = 'queued'
        GROUP BY engine, quality, pixels, frames, uses`,
    ).map(workFrom);
  }

  eventsSince(seq: number, filter: EventFilter = {}): JobEvent[] {
    const mine = filter.sequenceId === undefined ? '' : 'AND sequence_id = ?';
    const values = filter.sequenceId === undefined ? [] : [text(filter.sequenceId)];
    return this.#all(`SELECT * FROM events WHERE seq > ? ${mine} ORDER BY seq LIMIT ?`, [
      seq,
      ...values,
      filter.limit ?? -1,
    ]).map(eventFrom);
  }

  newestSeq(): number {
    return this.#number("SELECT seq AS n FROM sqlite_sequence WHERE name = 'events'");
  }

  #addFact(fact: Fact): void {
    this.#run('INSERT INTO facts (at, kind, body) VALUES (?,?,?)', [fact.at, fact.kind, JSON.stringify(fact)]);
  }

  addFacts(facts: readonly Fact[]): void {
    this.#whole(() => facts.forEach((fact) => this.#addFact(fact)));
  }

  facts({ kinds, since }: FactFilter = {}): Fact[] {
    return this.#all(
      `SELECT body FROM facts WHERE (?1 IS NULL OR kind IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR at >= ?2)
        ORDER BY id`,
      [kinds === undefined ? null : JSON.stringify(kinds), since ?? null],
    ).map(factFrom);
  }

  addBoards(boards: readonly string[]): void {
    this.#whole(() =>
      boards.forEach((board) => this.#run('INSERT OR IGNORE INTO boards (sha256) VALUES (?)', [board])),
    );
  }

  dropBoards(boards: readonly string[]): void {
    this.#whole(() => boards.forEach((board) => this.#run('DELETE FROM boards WHERE sha256 = ?', [board])));
  }

  wantedBoards(): string[] {
    return this.#boards(
      "SELECT DISTINCT sha256 FROM job_boards WHERE job_id IN (SELECT id FROM jobs WHERE state = 'queued') ORDER BY sha256",
    );
  }

  heldBoards(): string[] {
    return this.#boards('SELECT sha256 FROM boards ORDER BY sha256');
  }

  #boards(sql: string): string[] {
    return this.#all(sql).map((row) => z.object({ sha256: z.string() }).parse(row).sha256);
  }

  attempts(jobId: string): AttemptRow[] {
    return this.#all('SELECT * FROM attempts WHERE job_id = ? ORDER BY attempt', [jobId]).map(attemptFrom);
  }

  addTiming(run: Timing): void {
    this.#whole(() =>
      this.#run(
        'INSERT INTO timings (requested, engine, device, quality, pixels, frames, uses, seconds) VALUES (?,?,?,?,?,?,?,?)',
        [run.requested, run.engine, run.device, run.quality, run.pixels, run.frames, run.boards, run.seconds],
      ),
    );
  }

  timings(limit: number): Timing[] {
    return this.#all('SELECT * FROM timings ORDER BY id DESC LIMIT ?', [limit]).map(timingFrom);
  }

  setting(name: string): string | undefined {
    return this.#all('SELECT value FROM settings WHERE name = ?', [name]).map(
      (row) => z.object({ value: z.string() }).parse(row).value,
    )[0];
  }

  setSetting(name: string, value: string): void {
    this.#whole(() =>
      this.#run(
        'INSERT INTO settings (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        [name, value],
      ),
    );
  }

  close(): void {
    this.#statements.clear();
    // The connection itself only goes with its last statement, at some collection of garbage: leave no log for then.
    try {
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // A full disk: the log stays beside the file and is read at the next start.
    }
    this.#db.close();
  }
}
