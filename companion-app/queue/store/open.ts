/** Opens the store's file: checked, migrated, copied; a broken one is set aside and replaced by its last copy or a new one. */
import { access, constants, copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import { InbetweenError } from '../../../shared/problem';
import { diskProblem, errorCode } from '../disk-problem';
import { syncFolder } from '../files';
import type { Clock, Log } from '../ports';
import { LibsqlStore } from './libsql-store';
import { migrate } from './migrate';

export interface StorePlace {
  /** Absolute path of the database; "-wal" and "-shm" lie beside it. */
  readonly file: string;
  /** Absolute path of the copy made at each start. */
  readonly backup: string;
}

export interface OpenedStore {
  readonly store: LibsqlStore;
  /** Present when the file was broken: where it was put, and whether the copy of an earlier start took its place. */
  readonly replaced?: { readonly setAside: string; readonly fromBackup: boolean };
}

const zCheck = z.array(z.object({ integrity_check: z.string() })).min(1);

/** Thrown inside this module only: the file is no sound database. */
class Unsound extends Error {}

function unsoundness(error: unknown): boolean {
  const code = errorCode(error);
  return error instanceof Unsound || code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT');
}

function openDatabase(file: string): Database.Database {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    const [first] = zCheck.parse(db.pragma('integrity_check'));
    if (first?.integrity_check !== 'ok') throw new Unsound(first?.integrity_check);
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

async function setAside(file: string, clock: Clock): Promise<string> {
  const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
  const aside = `${file}.broken-${stamp}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (await exists(file + suffix)) await rename(file + suffix, aside + suffix);
  }
  return aside;
}

async function restore(place: StorePlace, log: Log): Promise<{ db: Database.Database; fromBackup: boolean }> {
  if (await exists(place.backup)) {
    try {
      await copyFile(place.backup, place.file);
      return { db: openDatabase(place.file), fromBackup: true };
    } catch (error) {
      if (!unsoundness(error)) throw error;
      log.warn({ code: errorCode(error) }, 'the copy of the queue is broken too');
      for (const suffix of ['', '-wal', '-shm']) await rm(place.file + suffix, { force: true });
    }
  }
  return { db: openDatabase(place.file), fromBackup: false };
}

/**
 * Moves the event counter ahead of whatever the lost file may have reached, so that no number is ever given twice:
 * seconds since 1970 grow faster than events do.
 */
function skipAhead(db: Database.Database, clock: Clock): void {
  const floor = Math.floor(clock.now() / 1000);
  db.prepare(
    "INSERT INTO sqlite_sequence (name, seq) SELECT 'events', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'events')",
  ).run([]);
  db.prepare("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'events'").run([floor]);
}

async function writeBackup(db: Database.Database, place: StorePlace): Promise<void> {
  const fresh = `${place.backup}.new`;
  await rm(fresh, { force: true });
  db.prepare('VACUUM INTO ?').run([fresh]);
  const handle = await open(fresh, 'r+');
  await handle.chmod(0o600);
  await handle.sync();
  await handle.close();
  await rename(fresh, place.backup);
  await syncFolder(path.dirname(place.backup));
}

/**
 * Opens the store, alone with its file (the daemon's lock sees to that).
 * Throws InbetweenError: "disk-full", "folder-unwritable", "version-mismatch".
 */
export async function openStore(place: StorePlace, clock: Clock, log: Log): Promise<OpenedStore> {
  const folder = path.dirname(place.file);
  try {
    for (const each of [folder, path.dirname(place.backup)]) {
      await mkdir(each, { recursive: true, mode: 0o700 });
      await access(each, constants.W_OK);
    }
    const { db, replaced } = await openOrReplace(place, clock, log);
    try {
      // A read-only file opens all the same: better to hear of it now than at the first job.
      await access(place.file, constants.W_OK);
      await writeBackup(db, place);
    } catch (error) {
      db.close();
      throw error;
    }
    return { store: new LibsqlStore(db, folder), ...(replaced && { replaced }) };
  } catch (error) {
    throw error instanceof InbetweenError ? error : new InbetweenError(diskProblem(error, folder), { cause: error });
  }
}

async function openOrReplace(
  place: StorePlace,
  clock: Clock,
  log: Log,
): Promise<{ db: Database.Database; replaced?: NonNullable<OpenedStore['replaced']> }> {
  try {
    return { db: openDatabase(place.file) };
  } catch (error) {
    if (!unsoundness(error)) throw error;
    const aside = await setAside(place.file, clock);
    const { db, fromBackup } = await restore(place, log);
    skipAhead(db, clock);
    log.warn({ aside: path.basename(aside), fromBackup }, 'the queue file was broken and was set aside');
    return { db, replaced: { setAside: aside, fromBackup } };
  }
}
