/**
 * A board that comes as one picture a layer: one picture on white, as Storyboarder itself exports it, and a Photoshop file of the same
 * layers whose flattened picture is that very one.
 */
import { initializeCanvas, writePsdBuffer } from 'ag-psd';
import sharp from 'sharp';
import type { Size } from '../../shared/shot';

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

/** Largest side of a layer in pixels; beyond that a file is refused. */
const SIDE = 16_384;
/** Layers of a board that are kept apart take at most so much memory, bytes; more of them are handed on flattened. */
const APART_BYTES = 536_870_912;

interface Sheet {
  readonly name: string;
  readonly rgba: Buffer;
}

async function sheetOf({ name, path, opacity }: LayerFile, canvas: Size): Promise<Sheet> {
  const rgba = await sharp(path, { limitInputPixels: SIDE * SIDE })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .linear([1, 1, 1, opacity], [0, 0, 0, 0])
    .resize({ width: canvas.width, height: canvas.height, fit: 'fill' })
    .raw({ depth: 'uchar' })
    .toBuffer();
  return { name, rgba };
}

async function sizeOf(path: string): Promise<Size> {
  const { autoOrient } = await sharp(path, { limitInputPixels: SIDE * SIDE }).metadata();
  return { width: autoOrient.width, height: autoOrient.height };
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
 * Without any layer a blank sheet of `blank` size. Throws what sharp throws for a file that is no picture.
 */
export async function layerBoard(layers: readonly LayerFile[], blank: Size): Promise<LayeredBoard> {
  const sizes = await Promise.all(layers.map(({ path }) => sizeOf(path)));
  const canvas =
    layers.length === 0
      ? blank
      : { width: Math.max(...sizes.map((s) => s.width)), height: Math.max(...sizes.map((s) => s.height)) };
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
