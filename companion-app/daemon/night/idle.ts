/** Seconds since somebody touched the machine, where no desktop toolkit can be asked: each system's own tool, read and nothing else. */
import { execFile } from 'node:child_process';

const ASK_MS = 2_000;

/** What a program writes, or null when it is not there or fails. */
function written(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: ASK_MS, windowsHide: true }, (error, stdout) =>
      resolve(error ? null : stdout),
    );
  });
}

/** Nanoseconds in the registry of input devices: `"HIDIdleTime" = 1234567890`. */
export function readIoreg(text: string): number | null {
  const found = /"HIDIdleTime" = (\d+)/.exec(text);
  return found?.[1] === undefined ? null : Number(found[1]) / 1e9;
}

/** logind's hint of a session: since when nobody did anything, microseconds since 1970; 0 while somebody does. */
export function readLogind(text: string, now: number): number | null {
  if (/^IdleHint=no$/m.test(text)) return 0;
  const since = /^IdleSinceHint=(\d+)$/m.exec(text)?.[1];
  return since === undefined || since === '0' ? null : Math.max(0, now / 1000 - Number(since) / 1e6);
}

const WINDOWS_IDLE =
  'Add-Type -Namespace I -Name U -MemberDefinition \'[DllImport("user32.dll")] public static extern bool GetLastInputInfo(ref L i);' +
  " public struct L { public uint s; public uint t; }'; $l = New-Object I.U+L; $l.s = 8; [void][I.U]::GetLastInputInfo([ref]$l);" +
  ' [Environment]::TickCount - [int]$l.t';

/** Null where it cannot be told: nothing is paused for it then. */
export async function systemIdleSeconds(): Promise<number | null> {
  if (process.platform === 'darwin') {
    const text = await written('/usr/sbin/ioreg', ['-c', 'IOHIDSystem', '-d', '4']);
    return text === null ? null : readIoreg(text);
  }
  if (process.platform === 'win32') {
    const text = await written('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', WINDOWS_IDLE]);
    return text === null || !/^\s*\d+\s*$/.test(text) ? null : Number(text) / 1000;
  }
  const session = process.env.XDG_SESSION_ID;
  if (session === undefined) return null;
  const text = await written('loginctl', ['show-session', session, '--property=IdleHint', '--property=IdleSinceHint']);
  return text === null ? null : readLogind(text, Date.now());
}
