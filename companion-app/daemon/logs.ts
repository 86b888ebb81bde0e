/** The daemon's log: JSON lines in a file that only its user can read. Notes, dialogue and pictures have no way into it. */
import { renameSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import pino from 'pino';
import { z } from 'zod';
import { InbetweenError } from '../../shared/problem';

/** For one-off runs that keep no log. */
export const silentLog = pino({ enabled: false });

export interface DaemonLog {
  readonly logger: pino.Logger;
  close(): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A log longer than this is put aside; the one put aside before goes. */
const KEEP_BYTES = 8 * 1_048_576;

/** Whatever an artist wrote, should it ever stray into a line. */
const REDACTED = ['spec', 'shot', 'notes', 'action', 'dialogue', 'token', 'code'].flatMap((key) => [key, `*.${key}`]);

/**
 * Opens the log for appending; each line is written before the call returns, so that a sudden end loses none. One that has grown past
 * `keepBytes` is put aside at once, whoever makes it grow: a page that knocks all night fills no disk.
 */
export async function openLog(file: string, level: LogLevel, keepBytes: number = KEEP_BYTES): Promise<DaemonLog> {
  let size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  const destination = pino.destination({ dest: file, sync: true, mkdir: true, mode: 0o600 });
  // A full disk must not end the daemon for want of a log line.
  destination.on('error', () => undefined);
  const putAside = (): void => {
    size = 0;
    try {
      renameSync(file, `${file}.1`);
      destination.reopen();
    } catch {
      // It cannot be moved now: it grows on, and is tried again as much later.
    }
  };
  destination.on('write', (bytes: number) => {
    size += bytes;
    if (size > keepBytes) putAside();
  });
  if (size > keepBytes) putAside();
  const redact = { paths: REDACTED, censor: '[kept out of the log]' };
  const logger = pino(
    { level, base: null, redact, serializers: { error: (error: unknown) => described(error) } },
    destination,
  );
  return { logger, close: () => destination.end() };
}

/** Longest message of an error. */
const MESSAGE = 300;

/** What is told of an error: its kind, the system's name for it, where it arose; its words only where they can be nobody's notes. */
function described(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { name, stack = '', cause } = error;
  return {
    name,
    ...(error instanceof InbetweenError ? { problem: error.problem.code } : {}),
    ...('code' in error && typeof error.code === 'string' ? { system: error.code } : {}),
    // A parser quotes what it could not read, a problem names boards and shots.
    ...(error instanceof SyntaxError || error instanceof InbetweenError || error instanceof z.ZodError
      ? {}
      : { message: error.message.slice(0, MESSAGE) }),
    at:
      stack
        .match(/^ {4}at .*$/gm)
        ?.slice(0, 5)
        .map((line) => line.trim()) ?? [],
    ...(cause === undefined || depth > 2 ? {} : { cause: described(cause, depth + 1) }),
  };
}
