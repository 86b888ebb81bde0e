/** Packs for servers: the small networks of the reference data, with one larger file beside them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CatalogueEntry } from '../../../../companion-app/inference/catalogue';
import type { FileServer } from './server';

export const GOLDEN = join(__dirname, '../../../fixtures/golden');

/** Bytes that look like none of their neighbours, the same every time. */
export function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const LARGE = 'unet/extra.bin';

/** The SVD stub and a file of `large` bytes. */
export function packFiles(large: number): Map<string, Buffer> {
  const folder = join(GOLDEN, 'svd-stub-a', 'pack');
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split('\\').join('/'), readFileSync(path));
  }
  return files.set(LARGE, noise(large, 7));
}

/** An entry for files that `server` serves under their own names. */
export function entryFor(server: FileServer, files: ReadonlyMap<string, Buffer>, name = 'svd-tiny'): CatalogueEntry {
  for (const [path, bytes] of files) server.files.set(path, bytes);
  return {
    name,
    title: 'Tiny SVD',
    family: 'svd',
    about: 'Not a real model.',
    licence: { name: 'Licence of the tests', url: 'https://example.com/licence', text: 'You may test with it.' },
    size: 'tiny',
    vram: 'none',
    source: 'https://example.com/tiny',
    files: [...files].map(([path, bytes]) => ({
      path,
      bytes: bytes.length,
      sha256: sha256(bytes),
      urls: [`${server.address}/${path}`],
    })),
  };
}
