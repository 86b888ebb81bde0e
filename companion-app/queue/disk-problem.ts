/** Faults of the disk, by their errno or SQLite code, as problems that a person can do something about. */
import { InbetweenError, problem, toProblem, type ErrorCode, type Problem } from '../../shared/problem';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL']);
const CLOSED = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'SQLITE_READONLY',
  'SQLITE_PERM',
  'SQLITE_CANTOPEN',
]);

/** The errno or SQLite code inside an error, or ''. */
export function errorCode(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return '';
  return typeof thrown.code === 'string' ? thrown.code : '';
}

const matches = (codes: ReadonlySet<string>, code: string): boolean =>
  codes.has(code) || [...codes].some((c) => code.startsWith(`${c}_`));

/** The Problem of whatever was thrown while `where` was written; other faults become `otherwise`. */
export function diskProblem(thrown: unknown, where: string, otherwise: ErrorCode = 'internal'): Problem {
  if (thrown instanceof InbetweenError) return thrown.problem;
  const code = errorCode(thrown);
  if (matches(FULL, code)) {
    return problem({
      code: 'disk-full',
      message: `The disk with ${where} is full.`,
      safe: 'What was finished before is kept; nothing half-written is left.',
      action: 'Make room on that disk, then retry.',
      retry: true,
    });
  }
  if (matches(CLOSED, code)) {
    return problem({
      code: 'folder-unwritable',
      message: `Nothing can be written to ${where} (${code}).`,
      safe: 'What was finished before is kept.',
      action: 'Give the companion the right to write there, then retry.',
      retry: true,
    });
  }
  return toProblem(thrown, otherwise);
}
