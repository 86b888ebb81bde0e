/** What a media file is, as ffprobe and sharp see it. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { TICKS_PER_SECOND } from '../host/time';
import type { MediaState, Rate } from '../model/state';
import { ffprobePath, output } from './tools';

/** [I] Formats the host imports; whatever else opens a dialog [R]. */
const STILLS = new Set(['.png', '.jpg', '.jpeg', '.tif', '.tiff', '.psd', '.bmp', '.gif', '.tga', '.webp']);
const CLIPS = new Set([
  '.mp4',
  '.mov',
  '.m4v',
  '.mxf',
  '.avi',
  '.mpg',
  '.mpeg',
  '.wav',
  '.mp3',
  '.aac',
  '.m4a',
  '.aif',
  '.aiff',
]);

const Probe = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string().optional(),
      width: z.number().optional(),
      height: z.number().optional(),
      r_frame_rate: z.string().optional(),
      nb_frames: z.string().optional(),
      duration: z.string().optional(),
    }),
  ),
  format: z.object({ duration: z.string().optional() }).optional(),
});

type ProbeResult = MediaState | 'missing' | 'unsupported';

/** `missing` where there is no file, `unsupported` for a format or contents that the host cannot open. */
export async function probe(file: string): Promise<ProbeResult> {
  try {
    if (!(await stat(file)).isFile()) return 'unsupported';
  } catch {
    return 'missing';
  }
  const extension = path.extname(file).toLowerCase();
  try {
    if (STILLS.has(extension)) return await probeStill(file);
    return CLIPS.has(extension) ? await probeClip(file) : 'unsupported';
  } catch {
    return 'unsupported';
  }
}

async function probeStill(file: string): Promise<ProbeResult> {
  const size = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (size) return { kind: 'still', width: size.width, height: size.height, duration: 0n, rate: null, hasAudio: false };
  const { streams } = await ffprobe(file); // PSD, TGA
  const { width, height } = streams.find((stream) => stream.codec_type === 'video') ?? {};
  return width && height ? { kind: 'still', width, height, duration: 0n, rate: null, hasAudio: false } : 'unsupported';
}

async function probeClip(file: string): Promise<ProbeResult> {
  const { streams, format } = await ffprobe(file);
  const video = streams.find((stream) => stream.codec_type === 'video');
  const audio = streams.find((stream) => stream.codec_type === 'audio');
  const seconds = ticksOfSeconds(video?.duration ?? audio?.duration ?? format?.duration ?? '0');
  if (!video) {
    if (!audio || seconds <= 0n) return 'unsupported';
    return { kind: 'audio', width: 0, height: 0, duration: seconds, rate: null, hasAudio: true };
  }
  const rate = rateOf(video.r_frame_rate ?? '');
  const frames = BigInt(/^\d+$/.test(video.nb_frames ?? '') ? (video.nb_frames ?? '0') : '0');
  const duration = frames > 0n && rate ? (frames * TICKS_PER_SECOND * BigInt(rate.den)) / BigInt(rate.num) : seconds;
  if (duration <= 0n || !video.width || !video.height) return 'unsupported';
  return { kind: 'video', width: video.width, height: video.height, duration, rate, hasAudio: audio !== undefined };
}

async function ffprobe(file: string): Promise<z.infer<typeof Probe>> {
  const text = await output(ffprobePath(), ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', '--', file]);
  return Probe.parse(JSON.parse(text.toString('utf8')));
}

function rateOf(text: string): Rate | null {
  const [, num, den] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  return num && den && Number(num) > 0 && Number(den) > 0 ? { num: Number(num), den: Number(den) } : null;
}

/** Decimal seconds to ticks without a double in between. */
function ticksOfSeconds(text: string): bigint {
  const [, whole, part = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return 0n;
  return (
    BigInt(whole) * TICKS_PER_SECOND +
    (BigInt(part === '' ? '0' : part) * TICKS_PER_SECOND) / 10n ** BigInt(part.length)
  );
}
