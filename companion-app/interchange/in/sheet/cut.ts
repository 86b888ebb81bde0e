/** Scanned or photographed sheets of boards, cut into a picture a panel. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Sheets } from '../../../../shared/shot';
import { IN_LIMITS } from '../file/limits';
import type { Warnings } from '../file/warnings';
import { partsFolders } from '../folder/parts';
import type { BoardPicture } from '../folder/pictures';
import { sheetPanels } from './panels';
import { wide, high, type GreyPage } from './page';
import { scaled, upright, type Pixels } from './quad';

/** Long side of the page on which panels are looked for. */
const SEARCH_SIDE = 1200;
/** Pictures of a folder that are looked at before it is believed to hold no sheet. */
const SAMPLES = 3;
/** Pictures that may be scans; Photoshop files are drawn, and read elsewhere. */
const SCAN = /\.(?:png|jpe?g|webp|tiff?)$/i;

async function greyPage(picture: Sharp): Promise<GreyPage> {
  const { data, info } = await picture
    .flatten({ background: '#ffffff' })
    .resize(SEARCH_SIDE, SEARCH_SIDE, { fit: 'inside', withoutEnlargement: true })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, grey: new Uint8Array(data) };
}

/** Turned the way it was held. */
const opened = (file: string): Sharp => sharp(file, { limitInputPixels: IN_LIMITS.pixels }).autoOrient();

interface Cut {
  readonly panels: readonly BoardPicture[];
  /** What a person should know of it. */
  readonly told: string;
}

async function pixelsOf(picture: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(picture, { limitInputPixels: IN_LIMITS.pixels })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data };
}

/** The panels of one picture as pictures of their own in `folder`; null where it is one board, or cannot be read here. */
async function panelsOf(picture: BoardPicture, folder: string, sheets: Sheets): Promise<Cut | null> {
  // A name with a shot's number is one board, whatever is drawn on it, unless somebody says otherwise.
  if (!SCAN.test(picture.name) || (sheets === 'auto' && picture.slate.code === 'token')) return null;
  const page = await greyPage(opened(picture.path)).catch(() => null);
  const found = page === null ? [] : sheetPanels(page, sheets === 'cut');
  if (page === null || found.every(({ empty }) => empty)) return null;
  const last = found.reduce((at, { empty }, i) => (empty ? at : i), -1);
  const panels = found.slice(0, last + 1);
  const left = found.length - panels.length;
  const told = `${picture.name} is a sheet of ${found.length} framed panels; each became a board${left === 0 ? '' : `, but for ${left} empty at its end`}.`;
  const whole = await opened(picture.path).png({ compressionLevel: 1 }).toBuffer({ resolveWithObject: true });
  const up = whole.info.width / page.width;
  await mkdir(folder, { recursive: true });
  const stem = picture.name.replace(/\.[^.]+$/, '');
  const out: BoardPicture[] = [];
  let pixels: Pixels | undefined;
  for (const [i, { rect, quad }] of panels.entries()) {
    const name = `${stem}-panel-${i + 1}.png`;
    const file = path.resolve(folder, name);
    const shot = `${picture.slate.shot} panel ${i + 1}`;
    out.push({ name, path: file, slate: { ...picture.slate, shot, board: '' }, notes: i === 0 ? picture.notes : '' });
    if (quad) {
      pixels ??= await pixelsOf(whole.data);
      const { data, ...raw } = upright(pixels, scaled(quad, up));
      await sharp(data, { raw }).png().toFile(file);
      continue;
    }
    const left = Math.round(rect.x0 * up);
    const top = Math.round(rect.y0 * up);
    const size = {
      width: Math.min(whole.info.width - left, Math.round(wide(rect) * up)),
      height: Math.min(whole.info.height - top, Math.round(high(rect) * up)),
    };
    await sharp(whole.data, { limitInputPixels: IN_LIMITS.pixels })
      .extract({ left, top, ...size })
      .png()
      .toFile(file);
  }
  return { panels: out, told };
}

export interface PanelsWish {
  /** Where panels are written. */
  readonly folder: string;
  readonly sheets: Sheets;
  readonly warnings: Warnings;
}

/**
 * The pictures with every sheet among them replaced by its panels, told in `warnings`. Of many pictures a few are looked at first: a
 * folder of single boards is not searched through, unless its sheets are to be cut.
 */
export async function withPanels(
  pictures: readonly BoardPicture[],
  { folder, sheets, warnings }: PanelsWish,
): Promise<BoardPicture[]> {
  if (sheets === 'whole') return [...pictures];
  const step = sheets === 'cut' ? 1 : Math.max(1, Math.ceil(pictures.length / SAMPLES));
  const samples = pictures.filter((_, i) => i % step === 0);
  const folders = partsFolders(pictures, folder);
  const search = (picture: BoardPicture): Promise<Cut | null> =>
    panelsOf(picture, folders.get(picture) ?? folder, sheets);
  const cut = new Map<BoardPicture, Cut | null>();
  for (const picture of samples) cut.set(picture, await search(picture));
  if ([...cut.values()].every((each) => each === null)) return [...pictures];
  const out: BoardPicture[] = [];
  for (const picture of pictures) {
    const found = cut.has(picture) ? cut.get(picture) : await search(picture);
    if (found) warnings.add(found.told);
    out.push(...(found?.panels ?? [picture]));
  }
  return out;
}
