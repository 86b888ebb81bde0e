/** The store on disk: libsql through one connection, write-ahead log, every commit synced. Opened by open.ts. */
import type Database from 'libsql';
import { z } from 'zod';
import type { Fact, JobEvent, JobState, OrderPlace } from '../../../shared/protocol';
import { InbetweenError } from '../../../shared/problem';
import { attemptAfter } from '../attempt-log';
import { workOf, type Timing, type WorkGroup } from '../estimate';
import type {
  AttemptRow,
  EventFilter,
  FactFilter,
  JobFilter,
  JobStore,
  Ranked,
  StoredChange,
  WaitingJob,
} from '../job-store';
import { RANK_STEP } from '../plan/ranks';
import { boardsOf, eventOf, type JobRecord } from '../record';
import { Places } from './places';
import { attemptFrom, COLUMNS, eventFrom, factFrom, recordFrom, timingFrom, waitingFrom, workFrom } from './rows';
import { SettingTable } from './setting-table';
import { SpecShelf } from './spec-shelf';
import { Sql, type Value } from './sql';

const READY = `FROM jobs WHERE state = 'queued' AND problem IS NULL AND NOT EXISTS (
  SELECT 1 FROM job_boards WHERE job_id = jobs.id AND sha256 NOT IN (SELECT sha256 FROM boards))`;

/** Text of people goes in as JSON too: a NUL in it would end a bare column early. */
const text = (value: object | string | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

export class LibsqlStore implements JobStore {
  readonly #sql: Sql;
  readonly #settings: SettingTable;
  readonly #places: Places;
  readonly #specs = new SpecShelf();

  /** `db` is open and migrated, and from here on this store's alone; `where` names its folder in errors. */
  constructor(db: Database.Database, where: string) {
    this.#sql = new Sql(db, where);
    this.#settings = new SettingTable(this.#sql);
    this.#places = new Places(this.#sql, this.#settings);
  }

  insert(records: readonly JobRecord[]): StoredChange[] {
    return this.#sql.whole(() => {
      let number = this.#sql.number('SELECT max(ord) AS n FROM jobs') ?? 0;
      let order = this.#places.last();
      return records.map((draft) => {
        number += 1;
        order += RANK_STEP;
        const record = { ...draft, row: { ...draft.row, order } };
        this.#insertJob(record, number);
        return { record, event: this.#tell(record) };
      });
    });
  }

  #insertJob({ row, specHash, lost, lastProblem }: JobRecord, number: number): void {
    const { spec } = row;
    const { engine, quality, pixels, frames, boards } = workOf(spec);
    this.#sql.run(
      `INSERT INTO jobs (id, ord, state, sequence_id, attempts, lost, submitted_at, changed_at, engine, quality, pixels, frames,
        spec, spec_hash, take, problem, last_problem, placement, tries, rank, start_frame, uses)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
      [
        ...[
          spec.id,
          number,
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
      this.#sql.run('INSERT INTO job_boards (job_id, sha256) VALUES (?,?)', [spec.id, board]);
  }

  #tell(record: JobRecord): JobEvent {
    const told = eventOf(record, 1);
    this.#sql.run(
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
    return { ...told, seq: this.#sql.number('SELECT last_insert_rowid() AS n') ?? 0 };
  }

  #records(sql: string, values: readonly Value[]): JobRecord[] {
    return this.#sql.all(sql, values).map((row) => recordFrom(row, this.#specs));
  }

  find(jobId: string): JobRecord | undefined {
    return this.#records(`SELECT ${COLUMNS} FROM jobs WHERE id = ?`, [jobId])[0];
  }

  change(jobId: string, step: (record: JobRecord) => JobRecord, fact?: (record: JobRecord) => Fact): StoredChange {
    return this.#sql.whole(() => {
      const before = this.find(jobId);
      if (!before) throw new InbetweenError({ code: 'not-found', message: `There is no job ${jobId}.` });
      const record = step(before);
      const { row, lost, lastProblem } = record;
      this.#sql.run(
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
      this.#sql.run('INSERT INTO attempts (job_id, attempt, started_at) VALUES (?,?,?)', [
        jobId,
        attempt.attempt,
        startedAt,
      ]);
    } else {
      this.#sql.run('UPDATE attempts SET ended_at = ?, outcome = ?, reason = ? WHERE job_id = ? AND attempt = ?', [
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
    const byHand = previewsFirst ? this.#places.byHand : null;
    const groups: [string, Value[]][] =
      byHand === null
        ? [['TRUE', []]]
        : [
            ['rank <= ?', [byHand]],
            ["quality = 'preview' AND rank > ?", [byHand]],
            ['rank > ?', [byHand]],
          ];
    for (const [group, values] of groups) {
      const [row] = this.#sql.all(`SELECT ${COLUMNS} ${READY} AND ${group} ORDER BY rank LIMIT 1`, values);
      if (row !== undefined) return recordFrom(row, this.#specs);
    }
    return undefined;
  }

  held(): string[] {
    return this.#sql
      .all("SELECT id FROM jobs WHERE state = 'queued' AND problem IS NOT NULL ORDER BY rank")
      .map((row) => z.object({ id: z.string() }).parse(row).id);
  }

  waiting(): WaitingJob[] {
    // One row that holds them all: thousands of rows are slow to hand over one by one.
    const [row] = this.#sql.all(
      `WITH firsts AS MATERIALIZED (SELECT sequence_id, min(ord) AS ord FROM jobs GROUP BY sequence_id)
        SELECT json_group_array(json_array(id, rank, rank <= ?, ready, first, start_frame, submitted_at,
          engine, quality, pixels, frames, uses)) AS jobs FROM (
        SELECT jobs.*, firsts.ord AS first,
          problem IS NULL AND
            NOT EXISTS (SELECT 1 FROM job_boards WHERE job_id = jobs.id AND sha256 NOT IN (SELECT sha256 FROM boards)) AS ready
        FROM jobs JOIN firsts USING (sequence_id) WHERE state = 'queued' ORDER BY rank)`,
      [this.#places.byHand],
    );
    return waitingFrom(row);
  }

  move(jobIds: readonly string[], to: OrderPlace): Ranked[] {
    return this.#sql.whole(() => this.#places.move(jobIds, to));
  }

  rank(jobIds: readonly string[], from: number): void {
    this.#sql.whole(() => this.#places.rank(jobIds, from));
  }

  lastRank(): number {
    return this.#places.last();
  }

  forgetOrder(): void {
    this.#sql.whole(() => this.#places.forget());
  }

  prune(states: readonly JobState[]): number {
    return this.#sql.whole(() => {
      this.#sql.run('UPDATE jobs SET pruned = 1 WHERE pruned = 0 AND state IN (SELECT value FROM json_each(?))', [
        JSON.stringify(states),
      ]);
      return this.#sql.number('SELECT changes() AS n') ?? 0;
    });
  }

  inState(state: JobState): JobRecord[] {
    return this.#records(`SELECT ${COLUMNS} FROM jobs WHERE state = ? ORDER BY rank`, [state]);
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
    // The page is found in an index; whole rows are read of it alone.
    const page = this.#records(
      `SELECT ${COLUMNS} FROM jobs WHERE rowid IN (SELECT rowid FROM jobs ${where} ORDER BY rank LIMIT ? OFFSET ?)
        ORDER BY rank`,
      [...values, filter.limit ?? 500, filter.offset ?? 0],
    );
    return {
      jobs: page.map((record) => record.row),
      total: this.#sql.number(`SELECT count(*) AS n FROM jobs ${where}`, values) ?? 0,
    };
  }

  count(states: readonly JobState[]): number {
    const sql = 'SELECT count(*) AS n FROM jobs WHERE state IN (SELECT value FROM json_each(?))';
    return this.#sql.number(sql, [JSON.stringify(states)]) ?? 0;
  }

  queuedWork(): WorkGroup[] {
    return this.#sql
      .all(
        `SELECT engine, quality, pixels, frames, uses, count(*) AS count FROM jobs WHERE state = 'queued'
        GROUP BY engine, quality, pixels, frames, uses`,
      )
      .map(workFrom);
  }

  eventsSince(seq: number, filter: EventFilter = {}): JobEvent[] {
    const mine = filter.sequenceId === undefined ? '' : 'AND sequence_id = ?';
    const values = filter.sequenceId === undefined ? [] : [text(filter.sequenceId)];
    return this.#sql
      .all(`SELECT * FROM events WHERE seq > ? ${mine} ORDER BY seq LIMIT ?`, [seq, ...values, filter.limit ?? -1])
      .map(eventFrom);
  }

  newestSeq(): number {
    return this.#sql.number("SELECT seq AS n FROM sqlite_sequence WHERE name = 'events'") ?? 0;
  }

  #addFact(fact: Fact): void {
    this.#sql.run('INSERT INTO facts (at, kind, body) VALUES (?,?,?)', [fact.at, fact.kind, JSON.stringify(fact)]);
  }

  addFacts(facts: readonly Fact[]): void {
    this.#sql.whole(() => facts.forEach((fact) => this.#addFact(fact)));
  }

  facts({ kinds, since }: FactFilter = {}): Fact[] {
    return this.#sql
      .all(
        `SELECT body FROM facts WHERE (?1 IS NULL OR kind IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR at >= ?2)
        ORDER BY id`,
        [kinds === undefined ? null : JSON.stringify(kinds), since ?? null],
      )
      .map(factFrom);
  }

  addBoards(boards: readonly string[]): void {
    this.#sql.whole(() =>
      boards.forEach((board) => this.#sql.run('INSERT OR IGNORE INTO boards (sha256) VALUES (?)', [board])),
    );
  }

  dropBoards(boards: readonly string[]): void {
    this.#sql.whole(() => boards.forEach((board) => this.#sql.run('DELETE FROM boards WHERE sha256 = ?', [board])));
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
    return this.#sql.all(sql).map((row) => z.object({ sha256: z.string() }).parse(row).sha256);
  }

  attempts(jobId: string): AttemptRow[] {
    return this.#sql.all('SELECT * FROM attempts WHERE job_id = ? ORDER BY attempt', [jobId]).map(attemptFrom);
  }

  addTiming(run: Timing): void {
    this.#sql.whole(() =>
      this.#sql.run(
        'INSERT INTO timings (requested, engine, device, quality, pixels, frames, uses, seconds) VALUES (?,?,?,?,?,?,?,?)',
        [run.requested, run.engine, run.device, run.quality, run.pixels, run.frames, run.boards, run.seconds],
      ),
    );
  }

  timings(limit: number): Timing[] {
    return this.#sql.all('SELECT * FROM timings ORDER BY id DESC LIMIT ?', [limit]).map(timingFrom);
  }

  setting(name: string): string | undefined {
    return this.#settings.get(name);
  }

  setSetting(name: string, value: string): void {
    this.#sql.whole(() => this.#settings.set(name, value));
  }

  close(): void {
    this.#sql.close();
  }
}
