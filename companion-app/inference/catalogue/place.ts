/** Where a pack is put together, and the one step in which it becomes visible. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFault, exists, syncFolder } from './disk';
import { writeManifest, type Manifest } from './manifest';
import { isPackName } from './paths';
import { refused } from './problems';
import { checkReady } from './ready';

export interface Site {
  /** Where the pack will be. */
  readonly target: string;
  /** Hidden from everything that looks for packs, on the same disk. */
  readonly site: string;
  /** The pack while it is put together, below `site`. */
  readonly pack: string;
}

/** Names and makes the places of a pack. @throws InbetweenError for a name that is none, or a disk that cannot be written */
export async function openSite(packs: string, name: string): Promise<Site> {
  const site = siteOf(packs, name);
  try {
    await mkdir(site.pack, { recursive: true });
  } catch (error) {
    throw diskFault(error, packs);
  }
  return site;
}

export function siteOf(packs: string, name: string): Site {
  if (!isPackName(name)) {
    throw refused(`"${name}" is no name for a pack.`, 'Use letters, digits, "-", "_" and "."; at most 64.');
  }
  const site = join(packs, `.pull-${name}`);
  return { target: join(packs, name), site, pack: join(site, 'pack') };
}

/**
 * Looks whether the runtime can be given the pack, writes its manifest and moves it to its name in one step.
 * @throws InbetweenError `pack-invalid`; then nothing has become visible
 */
export async function settle(
  { target, site, pack }: Site,
  manifest: Manifest,
  accept: (folder: string) => Promise<unknown>,
): Promise<void> {
  await checkReady(pack);
  await accept(pack);
  try {
    await writeManifest(pack, manifest);
    await syncFolder(pack);
    if (await exists(target)) throw taken(manifest.name);
    await rename(pack, target);
    await syncFolder(join(target, '..'));
    await rm(site, { recursive: true, force: true });
  } catch (error) {
    throw diskFault(error, target);
  }
}

export function taken(name: string) {
  return refused(
    `There is another pack called ${name} already.`,
    `Remove it (inbetween models remove ${name}), or import under another name.`,
  );
}
