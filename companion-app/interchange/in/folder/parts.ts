/** Where the pages and panels of pictures are written. */
import path from 'node:path';
import { stem, type BoardPicture } from './pictures';

/** `folder` for the parts of each picture; one of its own within it for each whose name a picture before it has too. */
export function partsFolders(pictures: readonly BoardPicture[], folder: string): ReadonlyMap<BoardPicture, string> {
  const seen = new Map<string, number>();
  return new Map(
    pictures.map((picture) => {
      const before = seen.get(stem(picture.name)) ?? 0;
      seen.set(stem(picture.name), before + 1);
      return [picture, before === 0 ? folder : path.join(folder, String(before + 1))];
    }),
  );
}
