/** Photoshop files without a canvas: the flattened picture, and the visible layers by themselves. */
import { initializeCanvas, readPsd, type Layer, type PixelData, type Psd } from 'ag-psd';
import sharp, { type Blend, type Sharp } from 'sharp';
import type { Picture } from '../picture';
import { assertBoardSize, boardUnreadable } from './board-error';
import { toSrgb } from './colour-profile';
import { flatten, type RasterOptions } from './decode-raster';
import { BOARD_LIMITS } from './limits';
import { assertUnfolds } from './psd-bombs';
import { packedPicture } from './psd-packed';
import { psdStructure } from './psd-structure';
import { rgba8, type Rgba } from './psd-pixels';
import { fullLayer } from './psd-layer';

/** A visible layer, as large as the board, straight alpha with the layer's opacity and mask in it. */
export interface PictureLayer {
  readonly name: string;
  readonly rgba: Uint8Array;
}

export interface LayeredPicture extends Picture {
  /** Bottom first; absent when there is only one, when the board was scaled down, or when they exceed BOARD_LIMITS. */
  readonly layers?: readonly PictureLayer[];
}

const OTHER_MODES = 'Save it in RGB colour with "Maximize Compatibility", or export it as PNG.';

/** Nothing is printed of what a file has wrong. */
const READING = { skipThumbnail: true, skipLinkedFilesData: true, log: () => undefined };

/** Layers laid on one another, all pixels of the board each time: about a minute's work. */
const COMPOSED_PIXELS = 16 * BOARD_LIMITS.pixels;

/** Blend modes that libvips has under the same meaning; others are laid on normally. */
const BLENDS: Readonly<Record<string, Blend>> = {
  multiply: 'multiply',
  screen: 'screen',
  overlay: 'overlay',
  darken: 'darken',
  lighten: 'lighten',
  'color dodge': 'colour-dodge',
  'color burn': 'colour-burn',
  'hard light': 'hard-light',
  'soft light': 'soft-light',
  difference: 'difference',
  exclusion: 'exclusion',
};

/** Decodes PSD and PSB. Throws 'board-too-large' or 'board-unreadable'. */
export async function decodePsd(bytes: Uint8Array, options: RasterOptions): Promise<LayeredPicture> {
  const { name } = options;
  const structure = psdStructure(bytes);
  if (!structure) throw boardUnreadable(name, 'it is cut short');
  assertBoardSize(name, structure.width, structure.height);
  if (structure.cutShort) throw boardUnreadable(name, 'it is cut short');
  await assertUnfolds(outline(bytes, name), name);
  const psd = parse(bytes, name);
  const visible = visibleLayers(psd.children ?? []);
  const size = { width: psd.width, height: psd.height };
  const { packed16 } = structure;
  const unreal = psd.imageResources?.versionInfo?.hasRealMergedData === false || packed16 !== undefined;
  const merged = unreal && visible.length > 0 ? null : psd.imageData;
  if (!merged && visible.length * psd.width * psd.height > COMPOSED_PIXELS)
    throw boardUnreadable(name, 'it has too many layers and no flattened picture', OTHER_MODES);
  const flatOnly = packed16 === undefined || visible.length > 0 ? null : packedPicture(bytes, packed16);
  const whole = flatOnly ?? (merged ? rgba8(merged) : await compose(visible, psd));
  const flat = await flatten(raw(await toSrgb(whole, structure.profile)), size, options);
  const scaled = flat.width !== size.width || flat.height !== size.height;
  const layers = scaled ? [] : await handedOut(visible, psd, structure.profile);
  return layers.length > 1 ? { ...flat, layers } : flat;
}

/** The file's layers with their pixels left packed. */
function outline(bytes: Uint8Array, name: string): Psd {
  return reading(name, () => readPsd(bytes, { ...READING, useRawData: true, skipCompositeImageData: true }));
}

function parse(bytes: Uint8Array, name: string): Psd {
  let budget = BOARD_LIMITS.layerBytes * 2;
  initializeCanvas(
    () => {
      throw new Error('There is no canvas here.');
    },
    (width, height) => {
      budget -= width * height * 4;
      if (budget < 0) throw new RangeError('The layers take more memory than a board may.');
      return { width, height, colorSpace: 'srgb', data: new Uint8ClampedArray(width * height * 4) };
    },
  );
  return reading(name, () => readPsd(bytes, { ...READING, useImageData: true, totalMemoryLimit: budget }));
}

function reading(name: string, read: () => Psd): Psd {
  try {
    return read();
  } catch (error) {
    const why =
      error instanceof Error && /color mode|colour mode|compression|bitsPer/i.test(error.message)
        ? error.message.toLowerCase()
        : 'its data are damaged';
    throw boardUnreadable(name, why, OTHER_MODES, error);
  }
}

interface Visible {
  readonly layer: Layer & { readonly imageData: PixelData };
  readonly opacity: number;
}

/** Layers that show, bottom first, out of their groups; a hidden group hides all in it, a faint one dims it. */
function visibleLayers(layers: readonly Layer[], dimmed = 1): Visible[] {
  return layers.flatMap((layer): Visible[] => {
    const opacity = dimmed * (layer.opacity ?? 1);
    if (layer.hidden === true || opacity <= 0) return [];
    if (layer.children) return visibleLayers(layer.children, opacity);
    const { imageData } = layer;
    return imageData ? [{ layer: { ...layer, imageData }, opacity }] : [];
  });
}

async function handedOut(visible: readonly Visible[], psd: Psd, profile: Uint8Array | null): Promise<PictureLayer[]> {
  if (visible.length * psd.width * psd.height * 4 > BOARD_LIMITS.layerBytes) return [];
  const layers: PictureLayer[] = [];
  for (const { layer, opacity } of visible) {
    const { data } = await toSrgb(fullLayer(layer, opacity, psd), profile);
    layers.push({ name: layer.name ?? '', rgba: data });
  }
  return layers;
}

/** The picture of a file saved without one. */
async function compose(visible: readonly Visible[], psd: Psd): Promise<Rgba> {
  const { width, height } = psd;
  let under: Rgba = { width, height, data: new Uint8Array(width * height * 4) };
  for (const { layer, opacity } of visible) {
    const over = fullLayer(layer, opacity, psd);
    const data = await raw(under)
      .composite([
        {
          input: Buffer.from(over.data.buffer),
          raw: { width, height, channels: 4 },
          blend: BLENDS[layer.blendMode ?? ''] ?? 'over',
        },
      ])
      .raw()
      .toBuffer();
    under = { width, height, data };
  }
  return under;
}

function raw({ width, height, data }: Rgba): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: BOARD_LIMITS.pixels });
}
