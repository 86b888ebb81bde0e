/** How the command line finds the daemon that runs with a data folder, and is let in: two files for this user alone. */
import { readFile, rm } from 'node:fs/promises';
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { writeWhole } from '../queue/files';
import type { DataLayout } from './data-folder';

const zRunning = z.object({ port: z.number().int().min(1).max(65_535), pid: z.number().int(), version: z.string() });
export type Running = z.output<typeof zRunning>;

/** Says that a daemon listens at this port, and writes the token that lets the command line in. */
export async function announce(layout: DataLayout, running: Running, token: string): Promise<void> {
  await writeWhole(layout.localToken, token);
  await writeWhole(layout.running, JSON.stringify(running));
}

/** Takes both back. */
export async function withdraw(layout: DataLayout): Promise<void> {
  for (const file of [layout.running, layout.localToken]) await rm(file, { force: true });
}

/** The daemon that said it runs, with the token; null when none did. It may have ended since. */
export async function findRunning(layout: DataLayout): Promise<(Running & { token: string }) | null> {
  try {
    const running = zRunning.parse(JSON.parse(await readFile(layout.running, 'utf8')));
    return {
      ...running,
      token: z
        .string()
        .min(1)
        .parse(await readFile(layout.localToken, 'utf8')),
    };
  } catch {
    return null;
  }
}

/** True when both texts are equal; takes the same time wherever they differ. */
export function sameToken(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
