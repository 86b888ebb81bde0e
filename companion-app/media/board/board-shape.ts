/** How large a board is, read off its header alone. */
import { open } from 'node:fs/promises';
import sharp from 'sharp';
import type { Size } from '../../../shared/shot';
import { pictureKind } from './picture-kind';
import { psdStructure } from './psd-structure';

const HEAD_BYTES = 4096;

/** Upright size in pixels, or null where it cannot be told: decodeBoard says why. */
export async function boardShape(file: string): Promise<Size | null> {
  try {
    const handle = await open(file, 'r');
    const head = new Uint8Array(HEAD_BYTES);
    try {
      await handle.read(head, 0, HEAD_BYTES, 0);
    } finally {
      await handle.close();
    }
    const kind = pictureKind(head);
    if (kind === null) return null;
    if (kind === 'psd') {
      const found = psdStructure(head);
      return found && found.width > 0 && found.height > 0 ? { width: found.width, height: found.height } : null;
    }
    const { width, height, orientation = 1 } = await sharp(file).metadata();
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return null;
  }
}
