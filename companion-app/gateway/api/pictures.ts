/** Small pictures of boards and takes, for the panel's list and whoever else shows one. */
import { InbetweenError } from '../../../shared/problem';
import { boardPictureEndpoint, clipEndpoint, takePictureEndpoint } from '../../../shared/protocol/pages';
import type { Sha256 } from '../../../shared/shot';
import { rawRoute, type Route } from './route';

export interface PicturesPort {
  /** A small JPEG of a board; null where the companion does not have it. */
  board(sha256: Sha256): Promise<Uint8Array | null>;
  /** Absolute path of a take's `n`th picture; null where there is none. */
  take(jobId: string, n: number): Promise<string | null>;
  /** Absolute path of a take's small clip; null where there is none. */
  clip(jobId: string): Promise<string | null>;
}

const absent = (): InbetweenError =>
  new InbetweenError({
    code: 'not-found',
    message: 'There is no such picture.',
    safe: 'Nothing was changed.',
    action: 'Animate the shot again if its take is gone.',
  });

export function picturesRoutes(port: PicturesPort): Route[] {
  return [
    rawRoute(boardPictureEndpoint, async ({ sha256 }) => {
      const bytes = await port.board(sha256);
      if (!bytes) throw absent();
      return { type: 'image/jpeg', bytes };
    }),
    rawRoute(takePictureEndpoint, async ({ jobId, n }) => {
      const file = await port.take(jobId, n);
      if (file === null) throw absent();
      return { type: 'image/jpeg', file };
    }),
    rawRoute(clipEndpoint, async ({ jobId }) => {
      const file = await port.clip(jobId);
      if (file === null) throw absent();
      return { type: 'video/mp4', file };
    }),
  ];
}
