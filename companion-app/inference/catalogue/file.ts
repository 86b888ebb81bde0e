/** One file of a pack: tried until it is whole, then hashed, then given its name. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { attempt, discard, sizeOf } from './attempt';
import { Fault } from './fault';
import { sha256Of } from './hash';
import { PART } from './paths';
import { downloadFailed } from './problems';
import type { CatalogueFile } from './schema';

/** How patient a pull is. */
export interface Patience {
  /** An attempt that brings nothing for so long is ended, milliseconds. */
  readonly stallMs: number;
  /** Attempts that may fail one after the other before a file is given up. */
  readonly attempts: number;
  /** Pause after so many failures in a row, milliseconds. */
  readonly pauseMs: (failures: number) => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface FileContext extends Patience {
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => Promise<void>;
  /** Told why an attempt failed that is followed by another. */
  readonly onRetry: (message: string) => void;
}

/** An attempt that brought so much was none in vain. */
const WORTH = 2 ** 20;

/**
 * Brings `file` to its place below `folder`. A file is under its own name only once its hash is right.
 * @throws InbetweenError `download-failed`
 */
export async function pullFile(folder: string, file: CatalogueFile, context: FileContext): Promise<void> {
  const target = join(folder, ...file.path.split('/'));
  const part = `${target}${PART}`;
  await mkdir(dirname(target), { recursive: true });
  if ((await sizeOf(target)) === file.bytes && (await isWhole(target, file, context))) {
    await context.onBytes(file.bytes);
    return;
  }
  await rm(target, { force: true });
  await persist(part, file, context);
  await rename(part, target);
  await discard(part);
}

/** Tries addresses in turn until the part is whole. */
async function persist(part: string, file: CatalogueFile, context: FileContext): Promise<void> {
  const addresses = [...file.urls];
  let failures = 0;
  let mismatches = 0;
  for (;;) {
    const [address] = addresses;
    if (address === undefined) throw new Error(`${file.path} has no address`);
    const before = await sizeOf(part);
    try {
      await attempt(part, file, address, context);
      if (await isWhole(part, file, context)) return;
      await discard(part);
      mismatches += 1;
      // Pieces of two answers may not fit each other; one answer that is wrong stays wrong.
      const pieced = before > 0 && mismatches === 1;
      throw new Fault(`${address} sends other bytes than the catalogue says (SHA-256)`, pieced);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      addresses.shift();
      if (error.again) addresses.push(address);
      failures = (await sizeOf(part)) - before >= WORTH ? 1 : failures + 1;
      if (addresses.length === 0 || failures >= context.attempts) throw givenUp(file, error);
      context.onRetry(`${file.path}: ${error.message}; trying again.`);
      await context.sleep(Math.max(error.waitMs, error.again ? context.pauseMs(failures) : 0), context.signal);
    }
  }
}

async function isWhole(path: string, file: CatalogueFile, { signal }: FileContext): Promise<boolean> {
  return (await sizeOf(path)) === file.bytes && (await sha256Of(path, signal)) === file.sha256;
}

function givenUp(file: CatalogueFile, fault: Fault): Error {
  const action = fault.again
    ? 'Check the network, then run the same command again; it goes on where it stopped.'
    : 'Look whether the catalogue is up to date and the address opens in a browser; or get the files by hand and import their folder.';
  return downloadFailed(`${file.path} could not be pulled: ${fault.message}.`, action, fault);
}
