/** Runs ffmpeg and ffprobe: those that the environment names, else the system's, else the installed packages'. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import ffmpegPackage from '@ffmpeg-installer/ffmpeg';
import ffprobePackage from '@ffprobe-installer/ffprobe';

function onPath(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const candidate = path.join(folder, process.platform === 'win32' ? `${name}.exe` : name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

export const ffprobePath = (): string => process.env['FFPROBE_PATH'] ?? onPath('ffprobe') ?? ffprobePackage.path;
export const ffmpegPath = (): string => process.env['FFMPEG_PATH'] ?? onPath('ffmpeg') ?? ffmpegPackage.path;

/** Standard output of a program. Rejects where it fails or takes longer than 30 s. */
export function output(program: string, args: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { encoding: 'buffer', maxBuffer: 512 * 1024 * 1024, timeout: 30_000 }, (error, stdout) => {
      if (error) reject(new Error(error.message));
      else resolve(stdout);
    });
  });
}
