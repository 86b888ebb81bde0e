/** The schema of a Problem: errors that cross a process or a file are parsed with it. */
import { z } from 'zod';
import { ERROR_CODES, type ErrorCode, type Problem } from '../problem';

const known: ReadonlySet<string> = new Set(ERROR_CODES);
const isErrorCode = (code: string): code is ErrorCode => known.has(code);

/** A code that a newer version of the other side has added is read as `internal`; its sentences are kept. */
export const zErrorCode = z
  .string()
  .min(1)
  .max(60)
  .transform((code): ErrorCode => (isErrorCode(code) ? code : 'internal'));

export const zProblem: z.ZodType<Problem> = z.object({
  code: zErrorCode,
  message: z.string().min(1).max(2000),
  safe: z.string().max(1000),
  action: z.string().max(1000),
  retry: z.boolean(),
});
