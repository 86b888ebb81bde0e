/** How large a board is, read off its header alone. */
import sharp from 'sharp';
import type { Size } from '../../../shared/shot';
import { pictureKind } from './picture-kind';
import { psdStructure } from './psd-structure';
import { headOf } from './sniff';

/** Upright size in pixels, or null where it cannot be told: decodeBoard says why. */
export async function boardShape(file: string): Promise<Size | null> {
  try {
    const head = await headOf(file);
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
