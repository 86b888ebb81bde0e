/** Whether a file holds sound, without ever opening what a playlist points to. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { locateFfmpeg } from './ffmpeg-location';
import { SOUND } from './video-options';

const run = promisify(execFile);

/** False also for files that are missing or cannot be read. Throws 'ffmpeg-missing'. */
export async function hasSound(file: string): Promise<boolean> {
  const { ffprobe } = await locateFfmpeg();
  const options = ['-v', 'error', '-protocol_whitelist', 'file,pipe', '-format_whitelist', SOUND];
  const asked = ['-select_streams', 'a:0', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0'];
  try {
    const { stdout } = await run(ffprobe, [...options, ...asked, `file:${path.resolve(file)}`], { windowsHide: true });
    return stdout.trim().startsWith('audio');
  } catch {
    return false;
  }
}
