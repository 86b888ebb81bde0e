import { stat } from 'node:fs/promises';
import { InbetweenError } from '../../../shared/problem';
import type { Storyboard } from '../storyboard';
import { PICTURE, readFolder, readPicture } from './folder';
import { readStoryboarder } from './storyboarder';

/**
 * Reads whatever a person points at: a picture, a folder of pictures, a Storyboarder project.
 * Throws InbetweenError `board-missing` or `board-unreadable`.
 */
export async function readStoryboard(source: string): Promise<Storyboard> {
  const info = await stat(source).catch(() => null);
  if (info === null) {
    throw new InbetweenError({
      code: 'board-missing',
      message: `There is no ${source}.`,
      safe: 'Nothing was written.',
      action: 'Check the path and try again.',
    });
  }
  if (info.isDirectory()) return readFolder(source);
  if (/\.storyboarder$/i.test(source)) return readStoryboarder(source);
  if (PICTURE.test(source)) return readPicture(source);
  throw new InbetweenError({
    code: 'board-unreadable',
    message: `${source} is neither a picture nor a storyboard that can be read.`,
    safe: 'Nothing was written.',
    action: 'Name a PNG, JPEG, WebP, TIFF or PSD, a folder of them, or a .storyboarder file.',
  });
}
