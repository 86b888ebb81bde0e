/** Ends a process and all it started (ffmpeg), at once. */
import { execFile, type ChildProcess } from 'node:child_process';

/**
 * Kills `child` and its descendants. On POSIX the child must lead its own process group (`detached: true`); one that is gone
 * already is no error.
 */
export function killTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    execFile('taskkill', ['/PID', String(pid), '/T', '/F'], () => child.kill('SIGKILL'));
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
