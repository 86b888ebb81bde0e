/** Writing to disk: how much room there is, faults as sentences, contents that are there after a power cut. */
import { lstat, open, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { types } from 'node:util';
import { InbetweenError } from '../../../shared/problem';

/** Bytes a program of this user may still write to the disk of `folder`. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const CLOSED = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'ENAMETOOLONG',
  'EMFILE',
  'EIO',
  'EBUSY',
]);

/** The errno inside an error, or ''. */
export function errno(error: unknown): string {
  return types.isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A disk's fault as a problem; anything else as it was. */
export function diskFault(error: unknown, folder: string): unknown {
  const code = errno(error);
  if (FULL.has(code)) {
    return new InbetweenError(
      {
        code: 'disk-full',
        message: `The disk with ${folder} is full.`,
        safe: 'What was written so far is kept for the next try; no pack is half there.',
        action: 'Make room on that disk, then run the same command again.',
        retry: true,
      },
      { cause: error },
    );
  }
  if (!CLOSED.has(code)) return error;
  return new InbetweenError(
    {
      code: 'folder-unwritable',
      message: `${folder} cannot be written to (${code}).`,
      safe: 'Installed packs are untouched.',
      action: 'Give yourself the right to write there, or choose another folder with --packs.',
    },
    { cause: error },
  );
}

/** Writes a small file so that it survives a power cut. */
export async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes renames within a folder durable; Windows needs and allows no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Paths, with "/", of everything below a folder that is no folder; links are not followed. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (errno(error) === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

/** True where something has that name already, a broken link included. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errno(error) === 'ENOENT') return false;
    throw error;
  }
}
