/** What else runs on this machine, as far as /proc tells. */
import { readdirSync, readFileSync } from 'node:fs';

/** Command lines of running processes that name this path; none where there is no /proc. */
export function workingOn(file: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(commandLine)
    .filter((line) => line.includes(file));
}

/** Waits until no process names this path. */
export async function gone(file: string): Promise<void> {
  while (workingOn(file).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Resident memory of a process, MB; null where there is no /proc. */
export function residentMb(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
