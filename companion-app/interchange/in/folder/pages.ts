/** Pictures of several pages: a TIFF's are boards each, of what moves the first counts. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { IN_LIMITS } from '../file/limits';
import type { Warnings } from '../file/warnings';
import { partsFolders } from './parts';
import type { BoardPicture } from './pictures';

const PAGED = /\.(?:tiff?|gif|webp|avif)$/i;
const TIFF = /\.tiff?$/i;
/** A smaller copy of a page, as scanners and maps keep beside it, is less than this of its width. */
const COPY = 0.6;

async function pagesOf(file: string): Promise<number> {
  const pages = await sharp(file)
    .metadata()
    .then(
      (found) => found.pages ?? 1,
      () => 1,
    );
  return Math.min(pages, IN_LIMITS.pages);
}

async function splitTiff(picture: BoardPicture, pages: number, folder: string): Promise<BoardPicture[]> {
  const sizes: number[] = [];
  for (let page = 0; page < pages; page += 1) sizes.push((await sharp(picture.path, { page }).metadata()).width);
  const kept = sizes.flatMap((width, page) => (width >= COPY * (sizes[0] ?? width) ? [page] : []));
  if (kept.length < 2) return [picture];
  await mkdir(folder, { recursive: true });
  const { slate } = picture;
  const out: BoardPicture[] = [];
  for (const [i, page] of kept.entries()) {
    const name = `${picture.name.replace(TIFF, '')}-page-${i + 1}.png`;
    const file = path.resolve(folder, name);
    await sharp(picture.path, { page, limitInputPixels: IN_LIMITS.pixels }).autoOrient().png().toFile(file);
    const ofShot = slate.code === 'token' && slate.board === '';
    const own = ofShot
      ? { ...slate, board: String(i + 1) }
      : { ...slate, shot: `${slate.shot} page ${i + 1}`, board: '' };
    out.push({ name, path: file, slate: own, notes: i === 0 ? picture.notes : '' });
  }
  return out;
}

/** The pictures with every TIFF of several pages replaced by them, written into `folder` and told in `warnings`. */
export async function withPages(
  pictures: readonly BoardPicture[],
  folder: string,
  warnings: Warnings,
): Promise<BoardPicture[]> {
  const folders = partsFolders(pictures, folder);
  const out: BoardPicture[] = [];
  for (const picture of pictures) {
    const pages = PAGED.test(picture.name) ? await pagesOf(picture.path) : 1;
    if (pages > 1 && !TIFF.test(picture.name)) warnings.add(`${picture.name} moves: its first picture was taken.`);
    // A page that is damaged is told when the board is decoded.
    const split =
      pages > 1 && TIFF.test(picture.name)
        ? await splitTiff(picture, pages, folders.get(picture) ?? folder).catch(() => [picture])
        : [picture];
    if (split.length > 1) warnings.add(`${picture.name} has ${split.length} pages; each became a board.`);
    out.push(...split);
  }
  return out;
}
