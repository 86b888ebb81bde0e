/** What this machine has and lacks for rendering, and an archive for whoever helps. */
import { z } from 'zod';
import { endpoint, rawEndpoint, zNothing } from './endpoint';

const zFinding = z.object({
  name: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  /** What to do, where something is wrong. */
  action: z.string().nullable(),
});
export type Finding = z.output<typeof zFinding>;

/** Looks at everything anew: takes some seconds. */
export const doctorEndpoint = endpoint({
  method: 'GET',
  path: '/api/doctor',
  input: zNothing,
  output: z.object({ version: z.string(), findings: z.array(zFinding) }),
});

const zYes = z.enum(['yes', 'no']).transform((text) => text === 'yes');

/** A zip: findings, settings, the log, the jobs without what an artist drew or wrote unless asked for. */
export const supportEndpoint = rawEndpoint({
  method: 'GET',
  path: '/api/doctor/support',
  input: z.object({ pictures: zYes, notes: zYes }),
});
