/** What a clip really is, by ffprobe: read from the file after it was written, never assumed. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { InbetweenError } from '../../shared/problem';
import { frameRate, type FrameRate, type Size } from '../../shared/shot';
import { locateFfmpeg } from './ffmpeg-location';
import { MOV } from './video-options';
import { parseMaking, type Making } from './making';

const run = promisify(execFile);

export interface ClipFacts {
  /** ffprobe's `codec_name`: "prores", "dnxhd", "h264". */
  readonly codec: string;
  readonly profile: string;
  readonly pixelFormat: string;
  readonly size: Size;
  /** Frames of the whole clip over its whole length, exact. */
  readonly rate: FrameRate;
  /** Packets counted in the file, not what its header claims. */
  readonly frames: number;
  /** Length in seconds, for display. */
  readonly seconds: number;
  readonly color: {
    readonly primaries: string;
    readonly transfer: string;
    readonly matrix: string;
    readonly range: string;
  };
  readonly hasAudio: boolean;
  readonly title: string | null;
  /** How it was made, when it was made by Inbetween. */
  readonly making: Making | null;
}

const zVideo = z.object({
  codec_type: z.literal('video'),
  codec_name: z.string(),
  profile: z.string().default(''),
  pix_fmt: z.string().default(''),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  avg_frame_rate: z.string().regex(/^\d+\/\d+$/),
  nb_read_packets: z.coerce.number().int().min(0),
  duration: z.coerce.number().min(0).default(0),
  color_primaries: z.string().default('unknown'),
  color_transfer: z.string().default('unknown'),
  color_space: z.string().default('unknown'),
  color_range: z.string().default('unknown'),
});

const zProbe = z.object({
  streams: z.array(z.looseObject({ codec_type: z.string().default('') })),
  format: z.object({ tags: z.record(z.string(), z.string()).default({}) }),
});

/** Containers a clip may be; no playlists, which could make ffprobe open other files. */
const ARGUMENTS = [
  ...['-v', 'error', '-protocol_whitelist', 'file,pipe', '-format_whitelist', MOV],
  ...['-count_packets', '-show_streams', '-show_format', '-of', 'json'],
];

/** Reads a clip (.mov, .mp4). Throws 'encode-failed' when it is not one that can be read, 'ffmpeg-missing' without ffprobe. */
export async function probeClip(file: string, options: { signal?: AbortSignal | undefined } = {}): Promise<ClipFacts> {
  const { ffprobe } = await locateFfmpeg();
  options.signal?.throwIfAborted();
  let stdout: string;
  try {
    const limits = { maxBuffer: 8_000_000, windowsHide: true, ...(options.signal ? { signal: options.signal } : {}) };
    ({ stdout } = await run(ffprobe, [...ARGUMENTS, `file:${path.resolve(file)}`], limits));
  } catch (error) {
    options.signal?.throwIfAborted();
    throw unreadable(file, error);
  }
  try {
    return facts(zProbe.parse(JSON.parse(stdout)));
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** How a clip was made, by its own container; null when it does not say or was made by something else. */
export async function readMaking(file: string): Promise<Making | null> {
  return (await probeClip(file)).making;
}

function facts({ streams, format }: z.output<typeof zProbe>): ClipFacts {
  const video = zVideo.parse(streams.find((stream) => stream.codec_type === 'video'));
  const [num = 0, den = 0] = video.avg_frame_rate.split('/').map(Number);
  return {
    codec: video.codec_name,
    profile: video.profile,
    pixelFormat: video.pix_fmt,
    size: { width: video.width, height: video.height },
    rate: frameRate(num, den),
    frames: video.nb_read_packets,
    seconds: video.duration,
    color: {
      primaries: video.color_primaries,
      transfer: video.color_transfer,
      matrix: video.color_space,
      range: video.color_range,
    },
    hasAudio: streams.some((stream) => stream.codec_type === 'audio'),
    title: format.tags.title ?? null,
    making: parseMaking(format.tags.comment),
  };
}

function unreadable(file: string, cause: unknown): InbetweenError {
  return new InbetweenError(
    {
      code: 'encode-failed',
      message: `${path.basename(file)} is not a clip that can be read.`,
      safe: 'Boards, jobs and other clips are kept.',
      action: 'Render this shot again.',
      retry: true,
    },
    { cause },
  );
}
