/** How long shots took on this machine when they were animated without a companion: what an estimate before the next run is made of. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../queue/files';
import type { Timing } from '../../queue/estimate';

/** More than this tells nothing of how the machine is today. */
export const TIMINGS_KEPT = 320;

const positive = z.number().positive();
const zTimings = z.array(
  z.object({
    ...{ requested: z.string(), engine: z.string(), device: z.string(), quality: z.string() },
    ...{ pixels: positive, frames: positive, boards: positive, seconds: positive },
  }),
);

/** Newest first; none where there is no such file, or none that can be read. */
export async function readTimings(file: string): Promise<readonly Timing[]> {
  try {
    return zTimings.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return [];
  }
}

/** Keeps the newest. A folder that may not be written to costs the next estimate, not this run. */
export async function keepTimings(file: string, newestFirst: readonly Timing[]): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeWhole(file, `${JSON.stringify(newestFirst.slice(0, TIMINGS_KEPT))}\n`);
  } catch {
    // The next run measures again.
  }
}
