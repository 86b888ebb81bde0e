/** What a pack says of its own files, written when all of them were whole. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InbetweenError } from '../../../shared/problem';
import { errno, writeSynced } from './disk';
import { sha256Of } from './hash';
import { isPackPath, MANIFEST } from './paths';
import { zBytes, zSha256 } from './schema';

const zFile = z.object({ path: z.string().refine(isPackPath), bytes: zBytes, sha256: zSha256 });
const zManifest = z.object({
  version: z.literal(1),
  name: z.string(),
  family: z.string().optional(),
  licence: z.object({ name: z.string(), url: z.string(), acceptedAt: z.iso.datetime() }).optional(),
  /** Where it came from: an address, or the folder it was imported from. */
  source: z.string(),
  files: z.array(zFile),
});

export type PackFile = z.output<typeof zFile>;
export type Manifest = z.output<typeof zManifest>;

export function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  return writeSynced(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** undefined for a pack that was put there by hand. @throws InbetweenError `pack-invalid` for one that cannot be read */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8');
  } catch (error) {
    if (errno(error) === 'ENOENT' || errno(error) === 'ENOTDIR') return undefined;
    throw error;
  }
  try {
    return zManifest.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(`${MANIFEST} in ${folder} cannot be read.`, cause);
  }
}

/**
 * Reads every file of the pack and compares it with the manifest.
 * @returns how many were compared; undefined without a manifest
 * @throws InbetweenError `pack-invalid` naming the first file that is missing or has changed
 */
export async function verifyManifest(folder: string, signal?: AbortSignal): Promise<number | undefined> {
  const manifest = await readManifest(folder);
  if (!manifest) return undefined;
  for (const { path, bytes, sha256 } of manifest.files) {
    const file = join(folder, ...path.split('/'));
    const facts = await stat(file).catch(() => undefined);
    if (!facts?.isFile()) throw damaged(`${path} is missing from the pack.`);
    if (facts.size !== bytes)
      throw damaged(`${path} has ${facts.size} bytes; it had ${bytes} when the pack was installed.`);
    if ((await sha256Of(file, signal)) !== sha256)
      throw damaged(`${path} has changed since the pack was installed (SHA-256).`);
  }
  return manifest.files.length;
}

function damaged(message: string, cause?: unknown): InbetweenError {
  return new InbetweenError(
    {
      code: 'pack-invalid',
      message,
      safe: 'The other packs are untouched.',
      action: 'Remove the pack (inbetween models remove) and pull or import it again.',
    },
    { cause },
  );
}
