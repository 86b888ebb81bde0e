import { z } from 'zod';

/** Made by the panel; submitting the same id twice is one job. */
export const zJobId = z.string().regex(/^[0-9a-z][0-9a-z-]{7,63}$/, 'a job id is 8 to 64 of 0-9, a-z and -');
