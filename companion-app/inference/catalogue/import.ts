/** Takes a folder somebody has already (an export, a model hub's cache with its links) in as a pack. */
import { copyFile, link, mkdir, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { diskFault, errno, exists, freeBytes } from './disk';
import { sha256Of } from './hash';
import type { PackFile } from './manifest';
import { clash, isPackPath, MANIFEST } from './paths';
import { openSite, settle, siteOf, taken } from './place';
import { diskFull, refused } from './problems';
import type { PullProgress } from './pull';
import { verifyGraph } from '../packs/verify';
import { readPack, verifyGraphs } from '../packs';

export interface ImportOptions {
  readonly packs: string;
  /** What the pack will be called. */
  readonly name: string;
  /** Share the files' bytes with the folder (hard links) where the disk allows, instead of copying them. */
  readonly link: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PullProgress) => void;
  /** The last word on the whole pack before it becomes visible; its family, where it has one. */
  readonly accept: (folder: string) => Promise<string | undefined>;
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export interface Imported {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Files that share their bytes with the folder they came from. */
  readonly linked: number;
}

/** Weights of other runtimes, which no graph here reads. Those a graph does name are taken all the same. */
const FOREIGN = /\.(safetensors|bin|pt|pth|ckpt|msgpack|h5|gguf|tflite|onnx\.prototxt)$/i;

interface Found {
  /** Place within the pack. */
  readonly path: string;
  /** The file itself, links resolved. */
  readonly file: string;
  readonly bytes: number;
}

/**
 * Copies (or links) a folder into the folder of packs and writes its manifest. The folder itself is only read.
 * @throws InbetweenError `pack-invalid` when it is no pack the runtime could be given, `disk-full`, `folder-unwritable`
 */
export async function importPack(from: string, options: ImportOptions): Promise<Imported> {
  const folder = await hubSnapshot(from);
  const { name } = options;
  const { target } = siteOf(options.packs, name);
  if (await exists(target)) throw taken(name);
  const needed = await weightsOf(folder);
  const found = (await walk(folder, '', [])).filter(({ path }) => needed.has(path) || !FOREIGN.test(path));
  const odd =
    found.find(({ path }) => !isPackPath(path)) ?? found.find(({ path }) => path === clash(found.map((f) => f.path)));
  if (odd)
    throw refused(
      `${odd.path} is no name that a file of a pack may have.`,
      'Rename it, or leave it out, and import again.',
    );
  const of = found.reduce((sum, { bytes }) => sum + bytes, 0);

  const site = await openSite(options.packs, name);
  try {
    await rm(site.pack, { recursive: true, force: true });
    await mkdir(site.pack);
    if (!options.link) {
      const free = await (options.freeBytes ?? freeBytes)(options.packs);
      if (free < of) throw diskFull(of, free, options.packs);
    }
    let bytes = 0;
    let linked = 0;
    const files: PackFile[] = [];
    for (const each of found) {
      options.signal.throwIfAborted();
      const to = join(site.pack, ...each.path.split('/'));
      await mkdir(dirname(to), { recursive: true });
      if (options.link && (await tryLink(each.file, to))) linked += 1;
      else await copyFile(each.file, to);
      files.push({ path: each.path, bytes: each.bytes, sha256: await sha256Of(to, options.signal) });
      bytes += each.bytes;
      options.onProgress({ bytes, of, files: files.length, ofFiles: found.length });
    }
    const family = await options.accept(site.pack);
    const manifest = { version: 1 as const, name, ...(family !== undefined && { family }), source: folder, files };
    await settle(site, manifest, () => Promise.resolve());
    return { folder: target, files: files.length, bytes, linked };
  } catch (error) {
    await rm(site.site, { recursive: true, force: true });
    throw diskFault(error, options.packs);
  }
}

/** A hub cache keeps each state of a model under snapshots/; refs/main says which one is current. */
async function hubSnapshot(from: string): Promise<string> {
  const folder = await realpath(from).catch(() => undefined);
  if (folder === undefined || !(await stat(folder)).isDirectory()) {
    throw refused(`There is no folder ${from}.`, 'Give the folder that holds model_index.json.', 'not-found');
  }
  const snapshots = join(folder, 'snapshots');
  if ((await exists(join(folder, 'model_index.json'))) || !(await exists(snapshots))) return folder;
  const main = (await readFile(join(folder, 'refs', 'main'), 'utf8').catch(() => '')).trim();
  const states = await readdir(snapshots);
  const state = states.find((each) => each === main) ?? (states.length === 1 ? states[0] : undefined);
  if (state !== undefined) return join(snapshots, state);
  throw refused(
    `${from} holds several states of a model: ${states.join(', ')}.`,
    `Give one of them, for example ${join(snapshots, states[0] ?? '')}`,
  );
}

/** What a folder is called as a pack: "svd" for a hub cache's "models--stabilityai--svd", its own name otherwise. */
export function importName(from: string): string {
  const cache = from.split(/[\\/]/).find((part) => part.startsWith('models--'));
  return cache?.split('--').at(-1) ?? basename(resolve(from));
}

/** Files that the graphs name as their weights, within the pack. */
async function weightsOf(folder: string): Promise<Set<string>> {
  const single = join(folder, 'model.onnx');
  const graphs = (await exists(join(folder, 'model_index.json')))
    ? await verifyGraphs(await readPack(folder))
    : (await exists(single))
      ? [await verifyGraph(folder, single)]
      : [];
  if (graphs.length > 0) return new Set(graphs.flatMap(({ data }) => data.map((path) => path.replaceAll('\\', '/'))));
  throw refused(
    `${folder} is no model pack: it has neither a model_index.json nor a model.onnx.`,
    'Give the folder of an ONNX export in the diffusers layout; docs/models.md shows it.',
  );
}

/** Every file below, links followed, hidden ones left out. `above`: real folders on the way here. */
async function walk(folder: string, prefix: string, above: readonly string[]): Promise<Found[]> {
  const real = await realpath(folder);
  if (above.includes(real))
    throw refused(`${prefix} leads back into itself.`, 'Take the link out of the folder and import again.');
  const found: Found[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const path = prefix === '' ? name : `${prefix}/${name}`;
    if (name.startsWith('.') || path === MANIFEST) continue;
    if (/\.(incomplete|part|partial|crdownload|aria2)$/i.test(name)) {
      throw refused(`${path} is half a download.`, 'Finish the download, then import again.');
    }
    const file = await realpath(join(folder, name)).catch(() => undefined);
    const facts = file === undefined ? undefined : await stat(file);
    if (file === undefined || !facts)
      throw refused(`${path} is a link to nothing.`, 'Finish the download, then import again.');
    if (facts.isDirectory()) found.push(...(await walk(join(folder, name), path, [...above, real])));
    else if (facts.isFile()) found.push({ path, file, bytes: facts.size });
  }
  return found;
}

/** False where the disk cannot: another disk, or a file system without hard links. */
async function tryLink(file: string, to: string): Promise<boolean> {
  try {
    await link(file, to);
    return true;
  } catch (error) {
    if (['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'].includes(errno(error))) return false;
    throw error;
  }
}
