/** What went wrong while writing or reading a clip, in terms a person can act on. */
import { InbetweenError, type ProblemDraft } from '../../shared/problem';
import { errorCode } from './error-code';

const DISK_FULL = /No space left on device|Disk quota exceeded|There is not enough space on the disk/i;
const NOT_WRITABLE = /Permission denied|Read-only file system|Operation not permitted/i;

/** The last lines of what ffmpeg said, short enough for a message. */
export function stderrTail(stderr: string): string {
  return stderr.trim().split(/\r?\n/).slice(-6).join(' | ').slice(-600);
}

/** The draft for a full disk while `file` was written. */
export function diskFull(file: string): ProblemDraft {
  return {
    code: 'disk-full',
    message: `The disk is full: ${file} could not be written.`,
    safe: 'Nothing half-written is left. Boards, jobs and finished clips are kept.',
    action: 'Free some space on that disk, then render this shot again.',
    retry: true,
  };
}

/** The draft for a folder that refuses to be written to. */
export function folderUnwritable(file: string): ProblemDraft {
  return {
    code: 'folder-unwritable',
    message: `${file} could not be written: the folder is read-only or belongs to somebody else.`,
    safe: 'Boards, jobs and finished clips are kept.',
    action: 'Choose another folder for clips, or allow writing to this one.',
    retry: true,
  };
}

/** Turns what ffmpeg wrote on stderr while writing `file` into an error; a full disk and a closed folder are told apart. */
export function ffmpegError(file: string, stderr: string, cause?: unknown): InbetweenError {
  const options = cause === undefined ? undefined : { cause };
  if (DISK_FULL.test(stderr)) return new InbetweenError(diskFull(file), options);
  if (NOT_WRITABLE.test(stderr)) return new InbetweenError(folderUnwritable(file), options);
  const said = stderrTail(stderr) || (cause instanceof Error ? cause.message : 'it gave no reason');
  return new InbetweenError(
    {
      code: 'encode-failed',
      message: `ffmpeg could not finish ${file}: ${said}`,
      safe: 'Nothing half-written is left. Boards, jobs and finished clips are kept.',
      action: 'Render this shot again; if it fails again, try another codec.',
      retry: true,
    },
    options,
  );
}

/** True when ffmpeg's words tell of a full disk: some versions then still exit with 0. */
export function tellsDiskFull(stderr: string): boolean {
  return DISK_FULL.test(stderr);
}

/** The same for errors of Node's own file calls; null when it is neither a full disk nor a closed folder. */
export function fileError(file: string, error: unknown): InbetweenError | null {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new InbetweenError(diskFull(file), { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new InbetweenError(folderUnwritable(file), { cause: error });
  return null;
}
