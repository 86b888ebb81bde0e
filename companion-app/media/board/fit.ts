/** Laying a board of any shape into a frame. */
import sharp from 'sharp';
import type { Fit, Size } from '../../../shared/shot';
import { PAPER_WHITE, plainBytes, type Colour, type Picture } from '../picture';

/** The largest size of the same shape with at most so many pixels; never larger than it was, never empty. */
export function withinPixels(size: Size, pixels: number): Size {
  if (size.width * size.height <= pixels) return { width: size.width, height: size.height };
  const scale = Math.sqrt(pixels / (size.width * size.height));
  return { width: Math.max(1, Math.floor(size.width * scale)), height: Math.max(1, Math.floor(size.height * scale)) };
}

/** The board as the frame shows it without any move: covering it, or whole with paper at the sides. */
export async function layIn(board: Picture, size: Size, fit: Fit, paper: Colour = PAPER_WHITE): Promise<Picture> {
  const { data, info } = await sharp(board.rgb, { raw: { width: board.width, height: board.height, channels: 3 } })
    .resize(size.width, size.height, {
      fit: fit === 'fill' ? 'cover' : 'contain',
      position: 'centre',
      background: paper,
    })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: plainBytes(data) };
}
