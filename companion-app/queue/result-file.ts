/** The file beside each clip that tells how it was made: from these a lost store is filled again. */
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { zJobSpec, zTake } from '../../shared/protocol';
import { isFileOf, PART_SUFFIX } from './files';

export const zResultFile = z.object({
  format: z.literal('inbetween-take'),
  version: z.literal(1),
  attempt: z.number().int().min(1),
  spec: zJobSpec,
  take: zTake,
});
export type ResultFile = z.output<typeof zResultFile>;

/** Where the file that tells of a clip lies. */
export const resultPathOf = (clip: string): string => `${clip}.json`;

/** What is told of the clip at this path, or null when nothing sound is or the clip is not there whole. */
export async function readResult(clip: string): Promise<ResultFile | null> {
  try {
    const parsed = zResultFile.safeParse(JSON.parse(await readFile(resultPathOf(clip), 'utf8')));
    if (!parsed.success || parsed.data.take.path !== clip) return null;
    return (await isFileOf(clip, parsed.data.take.bytes)) ? parsed.data : null;
  } catch {
    return null;
  }
}

async function entries(folder: string): Promise<{ folders: string[]; files: string[] }> {
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const at = (kind: 'isDirectory' | 'isFile'): string[] =>
    found.filter((entry) => entry[kind]()).map((entry) => path.join(folder, entry.name));
  return { folders: at('isDirectory').sort(), files: at('isFile').sort() };
}

/** The folders of takes: one a sequence, and in each those of further tries. */
async function folders(takesDir: string): Promise<string[]> {
  const sequences = (await entries(takesDir)).folders;
  const tries = await Promise.all(sequences.map(async (folder) => (await entries(folder)).folders));
  return sequences.flatMap((folder, index) => [folder, ...(tries[index] ?? [])]);
}

/** All whole clips below the folder of takes, with what is told of them; those of one job in the order they were made. */
export async function allResults(takesDir: string): Promise<ResultFile[]> {
  const results: ResultFile[] = [];
  for (const folder of await folders(takesDir)) {
    for (const file of (await entries(folder)).files) {
      if (!file.endsWith('.json')) continue;
      const result = await readResult(file.slice(0, -'.json'.length));
      if (result) results.push(result);
    }
  }
  return results;
}

/** Removes what a sudden end left half-copied below the folder of takes. */
export async function sweepParts(takesDir: string): Promise<void> {
  for (const folder of await folders(takesDir)) {
    for (const file of (await entries(folder)).files) if (file.endsWith(PART_SUFFIX)) await rm(file, { force: true });
  }
}
