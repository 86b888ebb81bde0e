/** The daemon's log: JSON lines in a file that only its user can read. Notes, dialogue and pictures have no way into it. */
import { rename, rm, stat } from 'node:fs/promises';
import pino from 'pino';

/** For one-off runs that keep no log. */
export const silentLog = pino({ enabled: false });

export interface DaemonLog {
  readonly logger: pino.Logger;
  close(): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A log longer than this is put aside at the next start; the one put aside before goes. */
const KEEP_BYTES = 8 * 1_048_576;

/** Whatever an artist wrote, should it ever stray into a line. */
const REDACTED = ['spec', 'shot', 'notes', 'action', 'dialogue', 'token', 'code'].flatMap((key) => [key, `*.${key}`]);

/** Opens the log for appending; each line is written before the call returns, so that a sudden end loses none. */
export async function openLog(file: string, level: LogLevel): Promise<DaemonLog> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > KEEP_BYTES) {
    await rm(`${file}.1`, { force: true });
    await rename(file, `${file}.1`);
  }
  const destination = pino.destination({ dest: file, sync: true, mkdir: true, mode: 0o600 });
  // A full disk must not end the daemon for want of a log line.
  destination.on('error', () => undefined);
  const logger = pino({ level, base: null, redact: { paths: REDACTED, censor: '[kept out of the log]' } }, destination);
  return { logger, close: () => destination.end() };
}
