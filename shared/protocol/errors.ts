/** The schema of a Problem: errors that cross a process or a file are parsed with it. */
import { z } from 'zod';
import { ERROR_CODES, type Problem } from '../problem';

export const zProblem: z.ZodType<Problem> = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string().min(1).max(2000),
  safe: z.string().max(1000),
  action: z.string().max(1000),
  retry: z.boolean(),
});
