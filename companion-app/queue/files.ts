/** Files that are whole once they carry their final name. */
import { createHash } from 'node:crypto';
import { copyFile, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from './disk-problem';

/** Suffix of files that are still being written beside their final place. */
export const PART_SUFFIX = '.part';

/** Bytes read and hashed in one turn of the event loop: a fraction of a millisecond. */
const READ_BYTES = 262_144;

/** SHA-256 of a file, 64 hex digits, read piece by piece into one buffer: gigabytes leave no garbage behind. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** True when a plain file of exactly so many bytes lies there. */
export async function isFileOf(file: string, bytes: number): Promise<boolean> {
  try {
    const found = await stat(file);
    return found.isFile() && found.size === bytes;
  } catch {
    return false;
  }
}

/** Asks the disk to keep a file's bytes. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Asks the disk to keep a folder's entries, where the system can (Windows keeps them by itself). */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a text file whole and synced; it appears under its name in one step. Readable by its owner alone. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const part = file + PART_SUFFIX;
  await rm(part, { force: true });
  const handle = await open(part, 'wx', 0o600);
  try {
    await handle
      .writeFile(text)
      .then(() => handle.sync())
      .finally(() => handle.close());
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** Gives a synced file its final name, from another disk too. Replaces what is there in one step. */
export async function moveWhole(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error;
    const part = to + PART_SUFFIX;
    try {
      await copyFile(from, part);
      await syncFile(part);
      await rename(part, to);
    } finally {
      await rm(part, { force: true });
    }
    await rm(from, { force: true });
  }
  await syncFolder(path.dirname(to));
}
