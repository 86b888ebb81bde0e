/** A board made small, for lists. */
import sharp, { type Sharp } from 'sharp';
import { decodeBoard } from './decode-board';
import { BOARD_LIMITS } from './limits';
import { flatKindOf } from './sniff';

/** Pixels to decode of a board that sharp cannot read by itself (layered files). */
const ENOUGH = 400_000;

/** The board as a JPEG of at most `side` pixels a side, on paper. Throws as decodeBoard does. */
export async function boardPicture(file: string, side: number): Promise<Uint8Array> {
  const small = (picture: Sharp): Promise<Buffer> =>
    picture
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality: 80 })
      .toBuffer();
  try {
    await flatKindOf(file);
    return await small(sharp(file, { limitInputPixels: BOARD_LIMITS.pixels, pages: 1 }).rotate());
  } catch {
    const { rgb, width, height } = await decodeBoard(file, { maxPixels: ENOUGH });
    return small(sharp(rgb, { raw: { width, height, channels: 3 } }));
  }
}
