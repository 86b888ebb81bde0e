/** A board's file to pixels. Boards are never handed to ffmpeg: what is no picture by its first bytes is not opened. */
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../../shared/problem';
import { errorCode } from '../error-code';
import { PAPER_WHITE, plainBytes, type Colour } from '../picture';
import { boardMissing, boardTooLarge, boardUnreadable } from './board-error';
import { decodePsd, type LayeredPicture } from './decode-psd';
import { decodeRaster } from './decode-raster';
import { BOARD_LIMITS } from './limits';
import { describeUnknown, pictureKind } from './picture-kind';

export interface DecodeOptions {
  /** What people call the board; the file's own name where absent. */
  readonly name?: string | undefined;
  /** What shows where nothing is drawn; white unless said otherwise. */
  readonly paper?: Colour | undefined;
  /** Boards with more pixels are scaled down, so that a shot of many large boards fits into memory. */
  readonly maxPixels?: number | undefined;
}

/**
 * Reads PNG, JPEG, WebP, TIFF, GIF, AVIF (first page each), PSD and PSB as 8-bit sRGB on paper, upright, in the
 * drawing's own size. Throws 'board-missing', 'board-unreadable' or 'board-too-large'.
 */
export async function decodeBoard(file: string, options: DecodeOptions = {}): Promise<LayeredPicture> {
  const name = options.name ?? path.basename(file);
  const bytes = await readBoard(file, name);
  const how = { name, paper: options.paper ?? PAPER_WHITE, maxPixels: options.maxPixels ?? BOARD_LIMITS.pixels };
  const kind = pictureKind(bytes);
  if (kind === null) throw boardUnreadable(name, describeUnknown(bytes));
  return plain(kind === 'psd' ? await decodePsd(bytes, how) : await decodeRaster(bytes, how));
}

function plain(picture: LayeredPicture): LayeredPicture {
  const layers = picture.layers?.map((layer) => ({ ...layer, rgba: plainBytes(layer.rgba) }));
  return { ...picture, rgb: plainBytes(picture.rgb), ...(layers ? { layers } : {}) };
}

/** The whole file in memory of its own: decoders get bytes, never a name that could mean more than a file. */
async function readBoard(file: string, name: string): Promise<Uint8Array> {
  try {
    const facts = await stat(file);
    if (!facts.isFile()) throw boardUnreadable(name, 'it is not a file', 'Choose the picture itself.');
    if (facts.size > BOARD_LIMITS.bytes) throw boardTooLarge(name, `${Math.round(facts.size / 1_000_000)} MB`);
    return await readUpTo(file, facts.size);
  } catch (error) {
    if (error instanceof InbetweenError) throw error;
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw boardMissing(name, error);
    throw boardUnreadable(name, 'the file cannot be opened', 'Allow reading it, or put it into another folder.', error);
  }
}

async function readUpTo(file: string, size: number): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const bytes = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}
