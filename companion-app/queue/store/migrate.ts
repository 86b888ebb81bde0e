/** Brings a store's file to the newest shape, one numbered step after the other, each whole or not at all. */
import type Database from 'libsql';
import { z } from 'zod';
import { InbetweenError } from '../../../shared/problem';
import { first } from './migrations/001-first';
import { facts } from './migrations/002-facts';
import { night } from './migrations/003-night';
import { longQueues } from './migrations/004-long-queues';
import { fractionalRanks } from './migrations/005-fractional-ranks';
import { factsOnce } from './migrations/006-facts-once';

/** In order; the position plus one is the number a file carries as its user_version. */
const MIGRATIONS: readonly string[] = [first, facts, night, longQueues, fractionalRanks, factsOnce];

const zUserVersion = z.tuple([z.object({ user_version: z.number().int() })]);

/** Throws InbetweenError "version-mismatch" on a file that a newer companion has written. */
export function migrate(db: Database.Database): void {
  const [{ user_version: version }] = zUserVersion.parse(db.pragma('user_version'));
  if (version > MIGRATIONS.length) {
    throw new InbetweenError({
      code: 'version-mismatch',
      message: 'The queue on this machine was written by a newer companion.',
      safe: 'Nothing was changed.',
      action: 'Install the newest companion, or start this one with another data folder.',
    });
  }
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${index + 1}`);
    })();
  }
}
