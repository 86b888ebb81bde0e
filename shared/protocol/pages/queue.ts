/** What a page asks about the queue as a whole; its rows come over the WebSocket. */
import { z } from 'zod';
import { zHold } from '../night';
import { endpoint, zNothing } from './endpoint';

export const zSecondsRange = z.object({ low: z.number().min(0), likely: z.number().min(0), high: z.number().min(0) });

export const queueEndpoint = endpoint({
  method: 'GET',
  path: '/api/queue',
  input: zNothing,
  output: z.object({
    paused: z.boolean(),
    /** Everything that keeps jobs from being begun now. */
    holds: z.array(zHold),
    /** Seconds until all that waits is done, once it may be begun; null when a part of it was never measured. */
    secondsLeft: zSecondsRange.nullable(),
  }),
});
