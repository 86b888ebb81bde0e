/** Trials of providers, remembered: each costs a process and a driver's start. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { arch, cpus, platform, release, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Provider } from './session';

/** What a trial of a provider in a process of its own found. */
export type Trial = { readonly works: true; readonly ms: number } | { readonly works: false; readonly reason: string };

const zTrial = z.union([
  z.object({ works: z.literal(true), ms: z.number().min(0) }),
  z.object({ works: z.literal(false), reason: z.string() }),
]);
const zKept = z.record(z.string(), z.object({ at: z.number(), trial: zTrial }));
type Kept = z.output<typeof zKept>;

/** A card that worked works for a while; one that did not may have been busy. */
const WORKED_MS = 7 * 24 * 3600_000;
const FAILED_MS = 3600_000;

/** Variables that change what a driver finds. */
const TELLING = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'CUDA_VISIBLE_DEVICES'];

/**
 * The file that remembers trials of this machine, person, operating system and runtime.
 * @param runtime version of ONNX Runtime
 */
export function trialsFile(runtime: string, env: NodeJS.ProcessEnv = process.env): string {
  const machine = [
    platform(),
    arch(),
    release(),
    cpus()[0]?.model,
    runtime,
    process.versions.node,
    ...TELLING.map((key) => env[key]),
  ];
  const hash = createHash('sha256').update(JSON.stringify(machine)).digest('hex').slice(0, 16);
  return join(tmpdir(), `inbetween-${userInfo().uid}`, `providers-${hash}.json`);
}

/** `attempt`, asked only where the file has no answer that still holds. A file that cannot be read or written changes nothing. */
export function remembered(
  attempt: (provider: Provider) => Promise<Trial>,
  file: string,
  now: () => number = Date.now,
): (provider: Provider) => Promise<Trial> {
  return async (provider) => {
    const known = (await kept(file))[provider];
    const holds = known?.trial.works === true ? WORKED_MS : FAILED_MS;
    if (known && now() - known.at < holds && known.at <= now()) return known.trial;
    const trial = await attempt(provider);
    await keep(file, { ...(await kept(file)), [provider]: { at: now(), trial } });
    return trial;
  };
}

async function kept(file: string): Promise<Kept> {
  try {
    return zKept.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}

async function keep(file: string, trials: Kept): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(part, JSON.stringify(trials), { mode: 0o600 });
    await rename(part, file);
  } catch {
    // Nothing is lost but time: it is tried again.
  }
}
