/** Pairing of a page: the six digits the companion shows for a token. The one endpoint that needs none. */
import { z } from 'zod';
import { endpoint } from './endpoint';

export const pairEndpoint = endpoint({
  method: 'POST',
  path: '/api/pair',
  input: z.object({
    code: z.string().regex(/^\d{6}$/),
    /** Who pairs; pairing again as the same instance replaces the older token. */
    client: z.object({ name: z.string().min(1).max(80), instance: z.string().min(1).max(64) }).exactOptional(),
  }),
  output: z.object({ token: z.string().min(1).max(256) }),
});
