/** What came with a storyboard: its files and what is wanted of it, kept beside them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { zPlace, zRate } from '../../../../shared/protocol';
import { SHEETS } from '../../../../shared/shot';
import { writeWhole } from '../../../queue/files';

const zManifest = z.object({
  name: z.string(),
  at: z.number(),
  rate: zRate.exactOptional(),
  dropFrame: z.boolean().exactOptional(),
  files: z.array(z.object({ place: zPlace, bytes: z.number().int().min(0) })),
  /** Whether its scanned sheets become a board a panel; `auto` where absent. */
  sheets: z.enum(SHEETS).exactOptional(),
  /** True once all files have come and it is to be read. */
  whole: z.boolean(),
  wanted: z.boolean(),
});
export type Manifest = z.output<typeof zManifest>;

const fileOf = (folder: string): string => path.join(folder, 'import.json');

/** Where the files lie that have come. */
export const filesFolder = (folder: string): string => path.join(folder, 'files');

/** Where a file of a storyboard lies. A place was checked when it was read from the wire or from the manifest. */
export const pathOf = (folder: string, place: string): string => path.join(filesFolder(folder), ...place.split('/'));

export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    return zManifest.parse(JSON.parse(await readFile(fileOf(folder), 'utf8')));
  } catch {
    return null;
  }
}

export const writeManifest = (folder: string, manifest: Manifest): Promise<void> =>
  writeWhole(fileOf(folder), JSON.stringify(manifest));

/**
 * What a person would point at: the one file, else the folder that holds all of them, relative to the files' own folder. `named` is
 * false where that folder has no name of its own.
 */
export function sourceOf(places: readonly string[]): { readonly place: string; readonly named: boolean } {
  const [first = ''] = places;
  if (places.length === 1) return { place: first, named: true };
  let common = first.split('/').slice(0, -1);
  for (const place of places) {
    const folders = place.split('/').slice(0, -1);
    const same = common.findIndex((name, i) => folders[i] !== name);
    if (same >= 0) common = common.slice(0, same);
  }
  return { place: common.join('/'), named: common.length > 0 };
}

/** The first place that could not lie beside the others on some system: the same but for case, or a file where a folder is needed. */
export function clashIn(places: readonly string[]): string | null {
  const key = (place: string): string => place.normalize('NFC').toLowerCase();
  const files = new Set<string>();
  for (const place of places) {
    if (files.has(key(place))) return place;
    files.add(key(place));
  }
  for (const place of places) {
    const parts = key(place).split('/');
    for (let n = 1; n < parts.length; n += 1) if (files.has(parts.slice(0, n).join('/'))) return place;
  }
  return null;
}
