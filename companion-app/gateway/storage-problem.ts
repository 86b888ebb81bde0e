/** Errors of the file system in words that help: what is full, what cannot be written. */
import { InbetweenError, type ProblemDraft } from '../../shared/problem';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EISDIR', 'ELOOP']);

export const DISK_FULL: ProblemDraft = {
  code: 'disk-full',
  message: 'The disk of the companion is full, so the board could not be stored.',
  safe: 'Boards and clips that were stored before are safe; other shots go on.',
  action: 'Free some space, then submit the shot again.',
  retry: true,
};

const FOLDER_UNWRITABLE: ProblemDraft = {
  code: 'folder-unwritable',
  message: 'The companion may not write to its own folder, so the board could not be stored.',
  safe: 'Boards and clips that were stored before are safe.',
  action: "Check the permissions of the companion's data folder, then submit the shot again.",
  retry: true,
};

/** The system's name for what went wrong ("ENOENT"), empty where there is none. */
export function systemCode(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
}

/** An InbetweenError for whatever a file operation threw; one that is none of the known kinds is passed through. */
export function storageError(thrown: unknown): unknown {
  if (thrown instanceof InbetweenError) return thrown;
  const code = systemCode(thrown);
  if (FULL.has(code)) return new InbetweenError(DISK_FULL, { cause: thrown });
  if (UNWRITABLE.has(code)) return new InbetweenError(FOLDER_UNWRITABLE, { cause: thrown });
  return thrown;
}
