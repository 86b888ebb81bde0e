/** Storyboards on their way in: files written part by part into a folder of the storyboard's own, and nowhere else. */
import { mkdir, open, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../../../shared/problem';
import { STORYBOARD_LIMITS } from '../../../../shared/protocol';
import { diskProblem, errorCode } from '../../../queue/disk-problem';
import { clashIn, filesFolder, pathOf, writeManifest, type Manifest } from './manifest';

/** Left free on the disk, bytes. */
const RESERVE = 256 * 1024 * 1024;

/** Runs a file operation; its error becomes one that helps. */
async function onDisk<T>(folder: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof InbetweenError || errorCode(error) === '') throw error;
    throw new InbetweenError(diskProblem(error, folder), { cause: error });
  }
}

/** Makes the folder of a storyboard that will come. Throws "too-large", "bad-message", "disk-full" or "folder-unwritable". */
export async function begin(folder: string, manifest: Manifest): Promise<void> {
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > STORYBOARD_LIMITS.bytes) throw new InbetweenError(TOO_LARGE);
  const clash = clashIn(manifest.files.map(({ place }) => place));
  if (clash !== null) throw new InbetweenError(clashes(clash));
  await onDisk(folder, async () => {
    await mkdir(filesFolder(folder), { recursive: true, mode: 0o700 });
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize - RESERVE < bytes) {
      await rm(folder, { recursive: true, force: true });
      throw new InbetweenError(NO_ROOM);
    }
    await writeManifest(folder, manifest);
  });
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** Appends; answers how many bytes are there. Throws "not-found", "out-of-order" (with nothing written) or "too-large". */
export async function append(
  folder: string,
  manifest: Manifest,
  part: { readonly file: number; readonly from: number; readonly data: Uint8Array },
): Promise<number> {
  const about = manifest.files[part.file];
  if (!about || manifest.whole) throw new InbetweenError(NO_FILE);
  const file = pathOf(folder, about.place);
  const end = part.from + part.data.length;
  if (end > about.bytes) throw new InbetweenError(TOO_LONG);
  return onDisk(folder, async () => {
    if ((await sizeOf(file)) !== part.from) throw new InbetweenError(OUT_OF_ORDER);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a', 0o600);
    try {
      await handle.writeFile(part.data);
    } finally {
      await handle.close();
    }
    return end;
  });
}

/** Throws "upload-mismatch" while a file is not whole; makes those of 0 bytes. */
export async function complete(folder: string, manifest: Manifest): Promise<void> {
  await onDisk(folder, async () => {
    for (const { place, bytes } of manifest.files) {
      const file = pathOf(folder, place);
      if (bytes === 0) {
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        await (await open(file, 'a', 0o600)).close();
      } else if ((await sizeOf(file)) !== bytes) throw new InbetweenError(notWhole(place));
    }
  });
}

const SAFE = 'Nothing was changed.';

const TOO_LARGE = {
  code: 'too-large',
  message: 'The storyboard is larger than 8 GB.',
  safe: SAFE,
  action: 'Drop it in several parts, or save the boards smaller.',
} as const;

const NO_ROOM = {
  code: 'disk-full',
  message: 'There is no room for this storyboard on the companion’s disk.',
  safe: SAFE,
  action: 'Free some space, then drop it again.',
  retry: true,
} as const;

const NO_FILE = {
  code: 'not-found',
  message: 'The storyboard has no such file, or has come whole already.',
  safe: SAFE,
  action: 'Drop the storyboard again.',
} as const;

const TOO_LONG = {
  code: 'too-large',
  message: 'More bytes came than the file was said to have.',
  safe: SAFE,
  action: 'Drop the storyboard again; it changed while it was sent.',
} as const;

const OUT_OF_ORDER = {
  code: 'out-of-order',
  message: 'A part of the storyboard came out of its order.',
  safe: 'What came before is kept.',
  action: 'Drop the storyboard again.',
  retry: true,
} as const;

const notWhole = (place: string) =>
  ({
    code: 'upload-mismatch',
    message: `${place} has not come whole.`,
    safe: SAFE,
    action: 'Drop the storyboard again; it changed while it was sent.',
  }) as const;

const clashes = (place: string) =>
  ({
    code: 'bad-message',
    message: `${place} cannot lie beside the other files: on some systems two of the names are the same.`,
    safe: SAFE,
    action: 'Rename one of the two files, then drop the storyboard again.',
  }) as const;
