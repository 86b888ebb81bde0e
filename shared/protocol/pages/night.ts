/** What the night page shows beside its settings. */
import { z } from 'zod';
import { zProblem } from '../errors';
import { zHold, zNotice } from '../night';
import { endpoint, zNothing } from './endpoint';

export const nightEndpoint = endpoint({
  method: 'GET',
  path: '/api/night',
  input: zNothing,
  output: z.object({
    holds: z.array(zHold),
    /** The companion's own time of day, "22:41": windows and deadlines go by it. */
    clock: z.string().regex(/^\d\d:\d\d$/),
    waiting: z.number().int().min(0),
    /** What stands in the way of the batch, though shots are begun: the disk will not do. */
    warnings: z.array(zProblem),
    /** What happened, the newest first. */
    notices: z.array(zNotice),
  }),
});
