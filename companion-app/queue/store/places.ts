/** Places of the jobs in the order, and up to which of them a person has put them in order. Called within transactions. */
import { z } from 'zod';
import type { OrderPlace } from '../../../shared/protocol';
import type { Ranked } from '../job-store';
import { RANK_STEP, ranksBetween, ROOMY_STEP } from '../plan/ranks';
import type { SettingTable } from './setting-table';
import type { Sql } from './sql';

/** Setting: the last rank that is in order by hand. Named by a migration too. */
const BY_HAND = 'in order by hand up to';
/** Jobs behind a place that are spread out first when nothing fits there any more. */
const FIRST_REACH = 64;

const zNamed = z.object({ id: z.string() });
const zRanked = zNamed.extend({ rank: z.number() });

export class Places {
  readonly #sql: Sql;
  readonly #settings: SettingTable;

  constructor(sql: Sql, settings: SettingTable) {
    this.#sql = sql;
    this.#settings = settings;
  }

  /** The last rank that is in order by hand; one below all ranks where nothing is. */
  get byHand(): number {
    const kept = this.#settings.get(BY_HAND);
    return kept === undefined ? -Number.MAX_VALUE : z.coerce.number().parse(kept);
  }

  forget(): void {
    this.#settings.forget(BY_HAND);
  }

  last(): number {
    return this.#sql.number('SELECT max(rank) AS n FROM jobs') ?? 0;
  }

  /** See JobStore. */
  move(jobIds: readonly string[], to: OrderPlace): Ranked[] {
    const going = this.#queued(jobIds);
    if (going.length === 0) return [];
    const before = this.#placeBefore(going, to);
    const after = this.#sql.number(
      `SELECT max(rank) AS n FROM jobs WHERE rank < ? AND id NOT IN (SELECT value FROM json_each(?))`,
      [before ?? Number.MAX_VALUE, JSON.stringify(going)],
    );
    const ranked = this.#ranked(going, after, before);
    this.#write(ranked);
    const last = this.#sql.number("SELECT max(rank) AS n FROM jobs WHERE state = 'queued'");
    this.#settings.set(BY_HAND, String(last));
    return ranked;
  }

  /** See JobStore. */
  rank(jobIds: readonly string[], from: number): void {
    this.#write(this.#queued(jobIds).map((jobId, n) => ({ jobId, rank: from + n * RANK_STEP })));
  }

  /** Those of them that are queued, each once, in the order they are named. */
  #queued(jobIds: readonly string[]): string[] {
    return this.#sql
      .all(
        `SELECT jobs.id FROM json_each(?) AS named JOIN jobs ON jobs.id = named.value
          WHERE jobs.state = 'queued' GROUP BY jobs.id ORDER BY min(named.key)`,
        [JSON.stringify(jobIds)],
      )
      .map((row) => zNamed.parse(row).id);
  }

  /** Rank of the queued job that those which are going are put before; null where they go behind all. */
  #placeBefore(going: readonly string[], to: OrderPlace): number | null {
    if (to === 'back') return null;
    const named =
      to === 'front'
        ? null
        : this.#sql.number("SELECT rank AS n FROM jobs WHERE id = ? AND state = 'queued'", [to.before]);
    // Put before one of themselves: before the first of the others that came after it.
    return this.#sql.number(
      `SELECT min(rank) AS n FROM jobs WHERE state = 'queued' AND rank >= ? AND id NOT IN (SELECT value FROM json_each(?))`,
      [named ?? -Number.MAX_VALUE, JSON.stringify(going)],
    );
  }

  /** Ranks between these two; where nothing fits there, some jobs behind the place are spread out with them, more if need be. */
  #ranked(going: readonly string[], after: number | null, before: number | null): Ranked[] {
    const fits = ranksBetween(after, before, going.length);
    if (fits) return paired(going, fits);
    for (let reach = FIRST_REACH; ; reach *= 4) {
      const behind = this.#sql
        .all(
          `SELECT id, rank FROM jobs WHERE rank >= ? AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY rank LIMIT ?`,
          [before, JSON.stringify(going), reach + 1],
        )
        .map((row) => zRanked.parse(row));
      const ids = [...going, ...behind.slice(0, reach).map(({ id }) => id)];
      const ranks = ranksBetween(after, behind[reach]?.rank ?? null, ids.length, ROOMY_STEP);
      if (ranks) return paired(ids, ranks);
    }
  }

  #write(ranked: readonly Ranked[]): void {
    this.#sql.run(
      `UPDATE jobs SET rank = wanted.value ->> 'rank' FROM json_each(?) AS wanted WHERE jobs.id = wanted.value ->> 'jobId'`,
      [JSON.stringify(ranked)],
    );
  }
}

const paired = (ids: readonly string[], ranks: readonly number[]): Ranked[] =>
  ids.map((jobId, n) => ({ jobId, rank: ranks[n] ?? 0 }));
