/** PNG, JPEG, WebP, TIFF, GIF and AVIF through libvips: upright, sRGB, 8 bit, flattened on the paper. */
import sharp, { type Sharp } from 'sharp';
import { InbetweenError } from '../../../shared/problem';
import type { Colour, Picture } from '../picture';
import { assertBoardSize, boardUnreadable } from './board-error';
import { withinPixels } from './fit';
import { BOARD_LIMITS } from './limits';

export interface RasterOptions {
  readonly name: string;
  readonly paper: Colour;
  /** The picture is scaled down to at most so many pixels. */
  readonly maxPixels: number;
}

/**
 * The first page or frame only. An embedded ICC profile and CMYK are converted to sRGB, EXIF orientation is applied,
 * transparent parts show the paper. Throws 'board-too-large' before anything is decoded, 'board-unreadable' when the
 * data are damaged or cut short.
 */
export async function decodeRaster(bytes: Uint8Array, options: RasterOptions): Promise<Picture> {
  const { name } = options;
  try {
    const { autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata();
    assertBoardSize(name, autoOrient.width, autoOrient.height);
    const upright = sharp(bytes, {
      failOn: 'error',
      limitInputPixels: BOARD_LIMITS.pixels,
      sequentialRead: true,
    }).autoOrient();
    return await flatten(upright, autoOrient, options);
  } catch (error) {
    if (error instanceof InbetweenError) throw error;
    throw boardUnreadable(name, 'its data are damaged or cut short', undefined, error);
  }
}

/** Runs a sharp pipeline to its end as a Picture of `size`, or smaller where that has too many pixels. */
export async function flatten(
  image: Sharp,
  size: { width: number; height: number },
  options: RasterOptions,
): Promise<Picture> {
  const smaller = withinPixels(size, options.maxPixels);
  const scaled =
    smaller.width === size.width && smaller.height === size.height
      ? image
      : image.resize(smaller.width, smaller.height, { fit: 'fill' });
  const { data, info } = await scaled
    .flatten({ background: options.paper })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { width, height, rgb: channels === 3 ? data : asRgb(data, channels) };
}

/** Grey pictures come out of libvips with one channel. */
function asRgb(data: Uint8Array, channels: number): Uint8Array {
  const pixels = data.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  const [g, b] = channels >= 3 ? [1, 2] : [0, 0];
  for (let i = 0, from = 0, to = 0; i < pixels; i += 1, from += channels, to += 3) {
    rgb[to] = data[from] ?? 0;
    rgb[to + 1] = data[from + g] ?? 0;
    rgb[to + 2] = data[from + b] ?? 0;
  }
  return rgb;
}
