/** Where attempts work and where takes end up. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { JobSpec } from '../../../shared/protocol';
import { safeName } from '../safe-name';

export interface ResultFolders {
  /** Each attempt has a folder of its own in here; nothing in it outlives the attempt. */
  readonly attempts: string;
  /** Finished clips, a folder a sequence. */
  readonly takes: string;
}

const EXTENSION = { 'prores-proxy': 'mov', 'dnxhr-lb': 'mov', h264: 'mp4' } as const;

/** "SH010_t03_<jobid>.mov": safe on every system, and one name a job. */
export function clipName(spec: JobSpec): string {
  const take = String(spec.take).padStart(2, '0');
  return `${safeName(spec.shot.name, 40, 'shot')}_t${take}_${spec.id}.${EXTENSION[spec.codec]}`;
}

/** Where the clip of a job lies once it is whole: tries after the first in folders of their own, so that each is kept under the one name. */
export function clipPath(takesDir: string, spec: JobSpec, tries = 0): string {
  const folder = path.join(takesDir, safeName(spec.sequence.name, 40, 'sequence'));
  return path.join(folder, ...(tries > 0 ? [`try-${tries + 1}`] : []), clipName(spec));
}

/** Makes an empty folder for one attempt; returns its path. Throws as the file system does. */
export async function makeAttemptFolder(attemptsDir: string, jobId: string, attempt: number): Promise<string> {
  const folder = path.join(attemptsDir, `${jobId}.${attempt}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Removes all folders of attempts: to be called while nothing renders. */
export async function sweepAttempts(attemptsDir: string): Promise<void> {
  const left = await readdir(attemptsDir).catch(() => []);
  for (const name of left)
    await rm(path.join(attemptsDir, name), { recursive: true, force: true }).catch(() => undefined);
}
