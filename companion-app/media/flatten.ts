/**
 * A board that comes as one picture a layer: one picture on white, as Storyboarder itself exports it, and a Photoshop file of the same
 * layers whose flattened picture is that very one.
 */
import { initializeCanvas, writePsdBuffer } from 'ag-psd';
import path from 'node:path';
import sharp from 'sharp';
import { InbetweenError } from '../../shared/problem';
import type { Size } from '../../shared/shot';
import { assertBoardSize } from './board/board-error';
import { BOARD_LIMITS } from './board/limits';
import { flatKindOf } from './board/sniff';

export interface LayerFile {
  readonly name: string;
  readonly path: string;
  /** 0–1. */
  readonly opacity: number;
}

export interface LayeredBoard {
  /** PNG bytes of all layers on white. */
  readonly png: Buffer;
  /** PSD bytes with the layers apart, bottom first; null where there are fewer than two. */
  readonly psd: Buffer | null;
}

/** Memory that all layers of a board may take while they are laid over each other, bytes. */
const TOGETHER_BYTES = 4 * BOARD_LIMITS.layerBytes;
/** Layers of a board that are kept apart take at most so much memory, bytes; more of them are handed on flattened. */
const APART_BYTES = 536_870_912;

interface Sheet {
  readonly name: string;
  readonly rgba: Buffer;
}

async function sheetOf({ name, path: file, opacity }: LayerFile, canvas: Size): Promise<Sheet> {
  const rgba = await sharp(file, { limitInputPixels: BOARD_LIMITS.pixels })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .linear([1, 1, 1, opacity], [0, 0, 0, 0])
    .resize({ width: canvas.width, height: canvas.height, fit: 'fill' })
    .raw({ depth: 'uchar' })
    .toBuffer();
  return { name, rgba };
}

/** The layer's size by its header. What is no picture by its first bytes is never handed to libvips. */
async function sizeOf(file: string): Promise<Size> {
  await flatKindOf(file);
  const { autoOrient } = await sharp(file, { limitInputPixels: false }).metadata();
  assertBoardSize(path.basename(file), autoOrient.width, autoOrient.height);
  return { width: autoOrient.width, height: autoOrient.height };
}

/** Throws 'board-too-large' when the layers, each as large as the largest, do not fit into memory. */
function assertFits(layers: readonly LayerFile[], canvas: Size): void {
  if (layers.length * canvas.width * canvas.height * 4 <= TOGETHER_BYTES) return;
  throw new InbetweenError({
    code: 'board-too-large',
    message: `The ${layers.length} layers of a board are too large together: ${canvas.width}×${canvas.height} pixels each.`,
    safe: 'The files were not changed; the other shots go on.',
    action: 'Flatten the board in your drawing program, or draw it smaller.',
  });
}

const pixels = ({ width, height }: Size, rgba: Buffer) => ({
  width,
  height,
  data: new Uint8ClampedArray(rgba.buffer, rgba.byteOffset, rgba.byteLength),
});

function psdOf(sheets: readonly Sheet[], flat: Buffer, canvas: Size): Buffer {
  initializeCanvas(
    () => {
      throw new Error('There is no canvas here.');
    },
    (width, height) => ({ width, height, colorSpace: 'srgb', data: new Uint8ClampedArray(width * height * 4) }),
  );
  const { width, height } = canvas;
  const children = sheets.map(({ name, rgba }) => ({ name, top: 0, left: 0, imageData: pixels(canvas, rgba) }));
  return writePsdBuffer(
    { width, height, children, imageData: pixels(canvas, flat) },
    { noBackground: true, generateThumbnail: false },
  );
}

/**
 * Lays the files over each other, bottom first, each stretched to the largest one's size, on white.
 * Without any layer a blank sheet of `blank` size. Throws 'board-unreadable' for a file that is no picture, and
 * 'board-too-large'.
 */
export async function layerBoard(layers: readonly LayerFile[], blank: Size): Promise<LayeredBoard> {
  const sizes = await Promise.all(layers.map(({ path: file }) => sizeOf(file)));
  const canvas =
    layers.length === 0
      ? blank
      : { width: Math.max(...sizes.map((s) => s.width)), height: Math.max(...sizes.map((s) => s.height)) };
  assertBoardSize('of layers', canvas.width, canvas.height);
  assertFits(layers, canvas);
  const raw = { width: canvas.width, height: canvas.height, channels: 4 } as const;
  const sheets: Sheet[] = [];
  for (const layer of layers) sheets.push(await sheetOf(layer, canvas));
  const flat = await sharp({ create: { ...canvas, channels: 3, background: '#ffffff' } })
    .composite(sheets.map(({ rgba }) => ({ input: rgba, raw })))
    .removeAlpha()
    .raw()
    .toBuffer();
  const whole = sharp(flat, { raw: { ...raw, channels: 3 } });
  const png = await whole.clone().png().toBuffer();
  const apart = sheets.length >= 2 && sheets.length * canvas.width * canvas.height * 4 <= APART_BYTES;
  return { png, psd: apart ? psdOf(sheets, await whole.clone().ensureAlpha().raw().toBuffer(), canvas) : null };
}
