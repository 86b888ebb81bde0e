/** What is going on at this moment: the machine's load, and the newest frame of the shot that renders. */
import { z } from 'zod';
import { endpoint, rawEndpoint, zNothing } from './endpoint';

const zPart = z.number().min(0).max(1);

/** Numbers are null where this system does not tell them. */
export const zMachine = z.object({
  cpu: z.object({
    name: z.string().max(200),
    /** Share of all cores, 0–1. */
    load: zPart.nullable(),
    celsius: z.number().nullable(),
  }),
  /** Bytes. */
  memory: z.object({ used: z.number().min(0), total: z.number().min(0) }),
  gpus: z
    .array(
      z.object({
        name: z.string().max(200),
        load: zPart.nullable(),
        /** Bytes. */
        memory: z.object({ used: z.number().min(0).nullable(), total: z.number().min(0).nullable() }),
        celsius: z.number().nullable(),
        watts: z.number().min(0).nullable(),
      }),
    )
    .max(16),
});
export type MachineNow = z.output<typeof zMachine>;

export const nowEndpoint = endpoint({
  method: 'GET',
  path: '/api/now',
  input: zNothing,
  output: z.object({
    machine: zMachine,
    /** The newest frame to be had; `number` changes with each. */
    frame: z.object({ jobId: z.string().max(64), number: z.number().int().min(1) }).nullable(),
  }),
});

/** That frame as a JPEG. */
export const frameEndpoint = rawEndpoint({
  method: 'GET',
  path: '/api/now/frame',
  input: z.object({ number: z.coerce.number().int().min(1) }),
});
