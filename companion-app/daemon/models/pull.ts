/** Changing the folder of packs, one command at a time for a name, until done or stopped. */
import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InbetweenError } from '../../../shared/problem';
import { familyOf } from '../../engines/diffusion/pipelines';
import {
  diskFault,
  exists,
  mergedCatalogue,
  readCatalogue,
  siteOf,
  type Catalogue,
  type CatalogueEntry,
} from '../../inference/catalogue';
import { readPack } from '../../inference/packs';
import { lockFolder } from '../lock';

/** The catalogue a command goes by: the one given, or the shipped one with the person's own over it. */
export async function catalogueFor(from: string | undefined, dataDir: string, signal: AbortSignal): Promise<Catalogue> {
  if (from !== undefined) return readCatalogue(from, signal);
  const own = join(dataDir, 'catalogue.json');
  return mergedCatalogue((await exists(own)) ? await readCatalogue(own, signal) : undefined);
}

/** @throws InbetweenError `not-found` with the names there are */
export function entryOf({ packs }: Catalogue, name: string): CatalogueEntry {
  const entry = packs.find((each) => each.name === name);
  if (entry) return entry;
  throw new InbetweenError({
    code: 'not-found',
    message: `The catalogue has no pack called ${name}. It has: ${packs.map((each) => each.name).join(', ') || 'none'}.`,
    safe: 'Nothing was pulled.',
    action: 'Choose one of them, or give another catalogue with --from.',
  });
}

/** The family of a pack that is put together. @throws InbetweenError `pack-invalid` for one that nothing here can run */
export async function familyIn(folder: string): Promise<string | undefined> {
  if (!(await exists(join(folder, 'model_index.json')))) return undefined;
  return familyOf(await readPack(folder));
}

/** Runs `work` alone among all commands on this name, in this and other processes. */
export async function alone<Result>(packs: string, name: string, work: () => Promise<Result>): Promise<Result> {
  siteOf(packs, name);
  try {
    await mkdir(packs, { recursive: true });
    await access(packs, constants.W_OK);
  } catch (error) {
    throw diskFault(error, packs);
  }
  let lock;
  try {
    lock = lockFolder(join(packs, `.lock-${name}`));
  } catch (cause) {
    if (!(cause instanceof InbetweenError)) throw cause;
    throw new InbetweenError(
      {
        code: 'busy',
        message: `Another command is at work on ${name}.`,
        safe: 'It goes on; nothing was changed.',
        action: 'Wait for it to end, or stop it, then run this one again.',
      },
      { cause },
    );
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Runs `work` with a signal that Ctrl-C ends; a second one ends the process. */
export async function untilStopped<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = new AbortController();
  const hear = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort(
      new InbetweenError({
        code: 'cancelled',
        message: 'Stopped.',
        safe: 'What was pulled so far is kept; no pack is half there.',
        action: 'Run the same command again to go on.',
      }),
    );
  };
  process.on('SIGINT', hear);
  process.on('SIGTERM', hear);
  try {
    return await work(stop.signal);
  } catch (error) {
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    process.off('SIGINT', hear);
    process.off('SIGTERM', hear);
  }
}
