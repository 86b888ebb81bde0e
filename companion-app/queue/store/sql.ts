/** Statements on one connection, prepared once; changes whole or not at all. */
import type Database from 'libsql';
import { z } from 'zod';
import { InbetweenError } from '../../../shared/problem';
import { diskProblem } from '../disk-problem';

export type Value = string | number | null;

const zNumber = z.object({ n: z.number().nullable() });

export class Sql {
  readonly #db: Database.Database;
  readonly #where: string;
  readonly #statements = new Map<string, Database.Statement>();

  /** `where` names the database's folder in errors. */
  constructor(db: Database.Database, where: string) {
    this.#db = db;
    this.#where = where;
  }

  #prepared(sql: string): Database.Statement {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  all(sql: string, values: readonly Value[] = []): unknown[] {
    return this.#prepared(sql).all(values);
  }

  run(sql: string, values: readonly Value[] = []): void {
    this.#prepared(sql).run(values);
  }

  /** Column `n` of the first row; null where there is none. */
  number(sql: string, values: readonly Value[] = []): number | null {
    return zNumber.parse(this.all(sql, values)[0] ?? { n: null }).n;
  }

  /** Runs `work` whole or not at all; the disk's faults come out as problems. */
  whole<T>(work: () => T): T {
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
