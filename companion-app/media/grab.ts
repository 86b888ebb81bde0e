/** Single frames out of a finished clip, and thumbnails of them. Our clips are intra-only: a seek lands on the frame. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { InbetweenError } from '../../shared/problem';
import type { FrameRate, Size } from '../../shared/shot';
import { Collector } from './collect';
import { FfmpegFailure, runFfmpeg } from './ffmpeg-command';
import { ffmpegError, fileError } from './media-error';
import type { Picture } from './picture';
import { FROM_BT709, MOV, ratio } from './video-options';
import { writeWhole } from './whole-file';

export interface ClipView {
  readonly path: string;
  readonly size: Size;
  readonly rate: FrameRate;
}

export interface GrabOptions {
  /** Pictures are scaled down to this width; never up. */
  readonly width?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** At most so many frames in one go: each is an open file of ffmpeg's. */
const MOST = 16;

/**
 * The frames with these numbers (from 0, in any order), through one run of ffmpeg. Throws 'encode-failed' when the clip
 * does not have them, or the signal's reason.
 */
export async function grabFrames(
  clip: ClipView,
  frames: readonly number[],
  options: GrabOptions = {},
): Promise<Picture[]> {
  if (frames.length === 0) return [];
  if (frames.length > MOST) throw new RangeError(`At most ${MOST} frames can be grabbed at once.`);
  const { width, height } = scaled(clip.size, options.width);
  const each = width * height * 3;
  const sink = new Collector(each * frames.length);
  const inputs = frames.map((frame) => ({
    source: path.resolve(clip.path),
    options: ['-ss', seekTime(frame, clip.rate), '-format_whitelist', MOV],
  }));
  try {
    await runFfmpeg({
      inputs,
      output: { target: sink, options: outputOptions(frames.length, { width, height }, clip.rate) },
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof FfmpegFailure) throw ffmpegError(path.basename(clip.path), error.stderr, error);
    throw error;
  }
  if (sink.received !== sink.bytes.length) {
    const got = Math.floor(sink.received / each);
    throw new InbetweenError({
      code: 'encode-failed',
      message: `${path.basename(clip.path)} gave ${got} of ${frames.length} frames.`,
      action: 'Render this shot again.',
      retry: true,
    });
  }
  return frames.map((_, i) => ({ width, height, rgb: sink.bytes.subarray(i * each, (i + 1) * each) }));
}

/** A JPEG of a picture, whole or not at all. Throws 'disk-full' or 'folder-unwritable'. */
export async function writeThumbnail(file: string, picture: Picture): Promise<void> {
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const jpeg = await sharp(picture.rgb, { raw }).jpeg({ quality: 82 }).toBuffer();
  try {
    await writeWhole(file, (partial) => writeFile(partial, jpeg));
  } catch (error) {
    throw fileError(path.basename(file), error) ?? error;
  }
}

/** First, middle and last frame of a clip, each once. */
export function keyFrames(frames: number): number[] {
  return [...new Set([0, Math.floor((frames - 1) / 2), frames - 1])].filter((frame) => frame >= 0);
}

/** Half a frame early, so that rounding to microseconds cannot fall behind the frame. */
function seekTime(frame: number, rate: FrameRate): string {
  return frame === 0 ? '0' : (((frame - 0.5) * rate.den) / rate.num).toFixed(6);
}

function scaled(size: Size, width = size.width): Size {
  if (width >= size.width) return size;
  return { width, height: Math.max(1, Math.round((size.height * width) / size.width)) };
}

function outputOptions(count: number, { width, height }: Size, rate: FrameRate): string[] {
  const one = (i: number): string =>
    `[${i}:v:0]trim=end_frame=1,setpts=PTS-STARTPTS,scale=${width}:${height}:${FROM_BT709},format=rgb24[f${i}]`;
  const all = Array.from({ length: count }, (_, i) => i);
  const joined = `${all.map((i) => `[f${i}]`).join('')}concat=n=${count}:v=1:a=0,setpts=N/(${ratio(rate)})/TB[out]`;
  const graph = [...all.map(one), joined].join(';');
  return [
    '-filter_complex',
    graph,
    '-map',
    '[out]',
    '-r',
    ratio(rate),
    '-frames:v',
    String(count),
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
  ];
}
