/** Merged models kept beside a graph: the newest used stay, the oldest make room. */
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of merged models that may lie beside one graph. */
const MERGED_BYTES = 24e9;
/** Files of a merge that was cut off are waste after this long. */
const ABANDONED_MS = 24 * 3600_000;

const MERGED = /^lora-([0-9a-f]{32})\.(?:bin|model)$/;
const PART = /^lora-[0-9a-f]{32}\.(?:bin|model)\.\d+\.part$/;

/** Says that a merged model was used now. */
export async function usedNow(modelPath: string, now: Date): Promise<void> {
  await utimes(modelPath, now, now).catch(() => undefined);
}

/**
 * Removes what was not used for longest until all of it takes at most `most` bytes. What cannot be removed (open elsewhere) stays.
 * @param keep hash of the one that is wanted now
 */
export async function tidyMerged(folder: string, keep: string, now: Date, most = MERGED_BYTES): Promise<void> {
  const merged = new Map<string, { files: string[]; bytes: number; used: number }>();
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name);
    const facts = await stat(file).catch(() => undefined);
    if (!facts) continue;
    if (PART.test(name) && now.getTime() - facts.mtimeMs > ABANDONED_MS)
      await rm(file, { force: true }).catch(() => undefined);
    const hash = MERGED.exec(name)?.[1];
    if (hash === undefined) continue;
    const known = merged.get(hash) ?? { files: [], bytes: 0, used: 0 };
    merged.set(hash, {
      files: [...known.files, file],
      bytes: known.bytes + facts.size,
      used: Math.max(known.used, facts.mtimeMs),
    });
  }
  let total = [...merged.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  const oldestFirst = [...merged].filter(([hash]) => hash !== keep).sort(([, a], [, b]) => a.used - b.used);
  for (const [, { files, bytes }] of oldestFirst) {
    if (total <= most) return;
    // The model before its weights: what is left of a removal that was cut off is then never taken for whole.
    for (const file of files.sort().reverse()) await rm(file, { force: true }).catch(() => undefined);
    total -= bytes;
  }
}
