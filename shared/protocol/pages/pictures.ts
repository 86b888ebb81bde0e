/** Small pictures and clips for lists: of boards the companion has, and of takes. */
import { z } from 'zod';
import { zJobId } from '../job-id';
import { zSha256 } from '../shot-schema';
import { rawEndpoint } from './endpoint';

/** A board as a JPEG of at most 192 pixels a side. */
export const boardPictureEndpoint = rawEndpoint({
  method: 'GET',
  path: '/api/pictures/board',
  input: z.object({ sha256: zSha256 }),
});

/** A take's JPEG: 0 first, 1 middle, 2 last frame. */
export const takePictureEndpoint = rawEndpoint({
  method: 'GET',
  path: '/api/pictures/take',
  input: z.object({ jobId: zJobId, n: z.coerce.number().int().min(0).max(11) }),
});

/** A take as a small mp4 that browsers play. */
export const clipEndpoint = rawEndpoint({
  method: 'GET',
  path: '/api/pictures/clip',
  input: z.object({ jobId: zJobId }),
});
