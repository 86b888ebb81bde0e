/** Takes a pack away: out of sight in one step, then off the disk. */
import { lstat, mkdir, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFault, exists, filesBelow } from './disk';
import { sizeOf } from './attempt';
import { siteOf } from './place';
import { refused } from './problems';

export interface Installed {
  /** The pack's folder, or undefined where only an unfinished pull is there. */
  readonly folder?: string;
  /** Bytes that removing it frees, unfinished pulls included. */
  readonly bytes: number;
}

/** What `removePack` would remove. @throws InbetweenError `not-found` */
export async function findInstalled(packs: string, name: string): Promise<Installed> {
  const { target, site } = siteOf(packs, name);
  const places = [];
  for (const place of [target, site]) if (await exists(place)) places.push(place);
  if (places.length === 0) {
    throw refused(
      `There is no pack called ${name} in ${packs}.`,
      'See the installed packs with: inbetween models list',
      'not-found',
    );
  }
  let bytes = 0;
  for (const place of places) {
    if ((await lstat(place)).isSymbolicLink()) continue;
    for (const path of await filesBelow(place)) bytes += await sizeOf(join(place, path));
  }
  return { ...(places.includes(target) && { folder: target }), bytes };
}

/** A pack that is a link loses the link alone. What an unfinished pull left goes too. */
export async function removePack(packs: string, name: string): Promise<void> {
  const { target, site } = siteOf(packs, name);
  try {
    await rm(site, { recursive: true, force: true });
    if (!(await exists(target))) return;
    if ((await lstat(target)).isSymbolicLink()) {
      await unlink(target);
      return;
    }
    await mkdir(site);
    await rename(target, join(site, 'removed'));
    await rm(site, { recursive: true, force: true });
  } catch (error) {
    throw diskFault(error, packs);
  }
}
