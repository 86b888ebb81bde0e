/** SHA-256 of files, from what is on disk. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** 64 hexadecimal digits. `onBytes` hears how many more bytes were read. */
export async function sha256Of(file: string, signal?: AbortSignal, onBytes?: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20, ...(signal && { signal }) })) {
    if (!Buffer.isBuffer(chunk)) continue;
    hash.update(chunk);
    onBytes?.(chunk.length);
  }
  return hash.digest('hex');
}
