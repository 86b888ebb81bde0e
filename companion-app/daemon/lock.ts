/**
 * One daemon a data folder. The lock is the operating system's own, held through a database file: it goes with the process that
 * holds it, however that process ends, so no lock is ever left behind and no process number is ever mistaken for another's.
 */
import Database from 'libsql';
import { InbetweenError } from '../../shared/problem';

export interface FolderLock {
  release(): void;
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_BUSY');

/** Takes the lock. Throws InbetweenError "busy" while another process (or this one) holds it. */
export function lockFolder(file: string): FolderLock {
  const db = new Database(file);
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw error;
    throw new InbetweenError(
      {
        code: 'busy',
        message: 'Another companion is already running with this data folder.',
        safe: 'It goes on; nothing was started or changed.',
        action: 'Use the one that runs, or quit it first.',
      },
      { cause: error },
    );
  }
  return {
    release() {
      db.exec('ROLLBACK');
      db.close();
    },
  };
}
