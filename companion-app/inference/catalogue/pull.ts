/** Pulls a pack of a catalogue: several files at once, each until whole; the pack appears when all are. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sizeOf } from './attempt';
import { diskFault, exists, filesBelow, freeBytes } from './disk';
import { endedWith } from './ended-with';
import { pullFile, type Patience } from './file';
import { readManifest, type Manifest } from './manifest';
import { PART } from './paths';
import { openSite, settle, siteOf, taken } from './place';
import { diskFull, licenceNotAccepted, notForPulling } from './problems';
import type { CatalogueEntry, CatalogueFile } from './schema';

export interface PullSettings extends Patience {
  /** Files pulled at the same time. */
  readonly parallel: number;
  /** Bytes free on the disk of a folder. */
  readonly freeBytes: (folder: string) => Promise<number>;
  /** Free space is looked at again whenever so much was written. */
  readonly lookEvery: number;
  readonly now: () => Date;
}

export const PULL_SETTINGS: PullSettings = {
  stallMs: 30_000,
  attempts: 6,
  pauseMs: (failures) => Math.min(30_000, 500 * 2 ** failures),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  parallel: 3,
  freeBytes,
  lookEvery: 64 * 2 ** 20,
  now: () => new Date(),
};

export interface PullProgress {
  readonly bytes: number;
  readonly of: number;
  /** Files that are whole. */
  readonly files: number;
  readonly ofFiles: number;
}

export interface PullOptions {
  /** Folder of packs. */
  readonly packs: string;
  readonly acceptLicence: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PullProgress) => void;
  readonly onRetry: (message: string) => void;
  /** The last word on the whole pack before it becomes visible; throws to refuse. */
  readonly accept: (folder: string) => Promise<unknown>;
  readonly settings?: Partial<PullSettings>;
}

export interface Pulled {
  readonly folder: string;
  readonly bytes: number;
  /** True when these very files were installed before, and nothing was asked of any server. */
  readonly already: boolean;
}

/** The file that makes a folder a pack: it comes last. */
const LAST = 'model_index.json';

/**
 * Not to be run twice at once for one name; see the daemon's lock.
 * @throws InbetweenError `licence-not-accepted`, `not-found` for an entry without files, `download-failed`, `disk-full`,
 * `folder-unwritable`, `pack-invalid`; what was pulled is kept and not pulled again
 */
export async function pullPack(entry: CatalogueEntry, options: PullOptions): Promise<Pulled> {
  const { files } = entry;
  if (!files) throw notForPulling(entry);
  const { target } = siteOf(options.packs, entry.name);
  const bytes = total(files);
  if (await exists(target)) {
    if (!sameFiles(await readManifest(target), files)) throw taken(entry.name);
    return { folder: target, bytes, already: true };
  }
  if (!options.acceptLicence) throw licenceNotAccepted(entry);
  const settings = { ...PULL_SETTINGS, ...options.settings };
  const site = await openSite(options.packs, entry.name);
  try {
    await clean(site.pack, files);
    await pullAll(site.pack, files, options, settings);
  } catch (error) {
    throw diskFault(error, options.packs);
  }
  await settle(site, manifestOf(entry, files, settings.now()), options.accept);
  return { folder: target, bytes, already: false };
}

const total = (files: readonly CatalogueFile[]): number => files.reduce((sum, file) => sum + file.bytes, 0);

function sameFiles(manifest: Manifest | undefined, files: readonly CatalogueFile[]): boolean {
  const known = new Map(manifest?.files.map(({ path, sha256 }) => [path, sha256]));
  return known.size === files.length && files.every(({ path, sha256 }) => known.get(path) === sha256);
}

/** Files an earlier state of the catalogue named, and this one does not. */
async function clean(folder: string, files: readonly CatalogueFile[]): Promise<void> {
  const wanted = new Set(files.flatMap(({ path }) => [path, `${path}${PART}`, `${path}${PART}.json`]));
  for (const path of await filesBelow(folder)) if (!wanted.has(path)) await rm(join(folder, path), { force: true });
}

/** Small files first: a server that will not give them is found out before the large ones are pulled. */
async function pullAll(
  folder: string,
  files: readonly CatalogueFile[],
  { signal: outer, onProgress, onRetry }: PullOptions,
  settings: PullSettings,
): Promise<void> {
  const of = total(files);
  const done = new Map<string, number>();
  let whole = 0;
  let looked = 0;
  const sum = (): number => [...done.values()].reduce((a, b) => a + b, 0);
  const look = async (): Promise<void> => {
    looked = sum();
    const free = await settings.freeBytes(folder);
    if (free < of - looked) throw diskFull(of - looked, free, folder);
  };
  for (const { path } of files) done.set(path, await present(folder, path));
  await look();

  const stop = endedWith(outer);
  const { signal } = stop.controller;
  const pull = async (file: CatalogueFile): Promise<void> => {
    signal.throwIfAborted();
    const onBytes = async (bytes: number): Promise<void> => {
      done.set(file.path, bytes);
      const now = sum();
      onProgress({ bytes: now, of, files: whole, ofFiles: files.length });
      if (now - looked >= settings.lookEvery) await look();
    };
    await pullFile(folder, file, { ...settings, signal, onBytes, onRetry });
    whole += 1;
    onProgress({ bytes: sum(), of, files: whole, ofFiles: files.length });
  };
  const queue = files.filter(({ path }) => path !== LAST).sort((a, b) => a.bytes - b.bytes);
  const worker = async (): Promise<void> => {
    try {
      for (let file = queue.shift(); file; file = queue.shift()) await pull(file);
    } catch (error) {
      stop.controller.abort(error);
      throw error;
    }
  };
  try {
    await Promise.allSettled(Array.from({ length: settings.parallel }, worker));
    signal.throwIfAborted();
    for (const file of files.filter(({ path }) => path === LAST)) await pull(file);
  } finally {
    stop.release();
  }
}

/** Bytes of a file that an earlier pull left, whole or not. */
async function present(folder: string, path: string): Promise<number> {
  return (await sizeOf(join(folder, path))) || (await sizeOf(join(folder, `${path}${PART}`)));
}

function manifestOf(
  { name, family, licence, source }: CatalogueEntry,
  files: readonly CatalogueFile[],
  now: Date,
): Manifest {
  return {
    version: 1,
    name,
    family,
    licence: { name: licence.name, url: licence.url, acceptedAt: now.toISOString() },
    source,
    files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
  };
}
