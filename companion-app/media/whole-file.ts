/** A file under its final name is whole: written beside it under another name, synced, renamed. */
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** The name a file has until it is whole. */
export function partialName(file: string): string {
  return `${file}.partial`;
}

/**
 * Lets `write` fill the partial file, then syncs and renames it. When anything fails, nothing is left behind and the
 * error goes on as it was.
 */
export async function writeWhole(file: string, write: (partial: string) => Promise<void>): Promise<void> {
  const partial = partialName(file);
  await rm(partial, { force: true });
  try {
    await write(partial);
    await sync(partial);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the rename itself durable. Windows cannot open a folder for that and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
