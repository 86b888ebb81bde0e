/** Pictures of boards and takes, off the daemon's own folders. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { PicturesPort } from '../../gateway';
import type { PageParts } from './parts';
import type { SmallBoards } from './small-boards';

const SIDE = 192;
/** Boards kept small in memory; the oldest go first. */
const KEPT = 400;

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (facts) => facts.isFile(),
    () => false,
  );

export function picturesPort(
  { layout, queue }: Pick<PageParts, 'layout' | 'queue'>,
  small: Pick<SmallBoards, 'of'>,
): PicturesPort {
  const kept = new Map<string, Promise<Uint8Array | null>>();
  const make = async (sha256: string): Promise<Uint8Array | null> => {
    const file = path.join(layout.boards, sha256);
    if (!(await isFile(file))) return null;
    return small.of(file, SIDE).catch(() => null);
  };
  return {
    async board(sha256) {
      const made = kept.get(sha256) ?? make(sha256);
      kept.set(sha256, made);
      for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(old);
      const bytes = await made;
      // It may come yet.
      if (bytes === null) kept.delete(sha256);
      return bytes;
    },
    async take(jobId, n) {
      const file = queue.find(jobId)?.take?.thumbnails[n];
      return file !== undefined && (await isFile(file)) ? file : null;
    },
    async clip(jobId) {
      const file = queue.find(jobId)?.take?.proxy;
      return file !== undefined && (await isFile(file)) ? file : null;
    },
  };
}
