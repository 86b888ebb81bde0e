/** Pictures as the bytes of 4:2:0 video frames, which is what a cut is joined from. */
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type { FrameRate, Size } from '../../shared/shot';
import { Collector } from './collect';
import { runFfmpeg } from './ffmpeg-command';
import { inFrames } from './frame-stream';
import type { Picture } from './picture';
import { KEEP_BT709, MOV, ratio, RAW_RGB, RAW_YUV, rawVideo, TO_BT709 } from './video-options';

/** Bytes of one 8-bit 4:2:0 frame; both sides even. */
export function yuvBytes({ width, height }: Size): number {
  return (width * height * 3) / 2;
}

/** A black frame at video levels. */
export function blackFrame(size: Size): Buffer {
  const luma = size.width * size.height;
  return Buffer.concat([Buffer.alloc(luma, 16), Buffer.alloc(luma / 2, 128)]);
}

/** One RGB picture as a BT.709 frame. */
export async function yuvOf(picture: Picture, signal?: AbortSignal): Promise<Buffer> {
  const sink = new Collector(yuvBytes(picture));
  const bytes = Buffer.from(picture.rgb.buffer, picture.rgb.byteOffset, picture.rgb.byteLength);
  await runFfmpeg({
    inputs: [
      {
        source: Readable.from([bytes], { objectMode: false }),
        options: rawVideo(RAW_RGB, picture, { num: 25, den: 1 }),
      },
    ],
    output: { target: sink, options: ['-vf', TO_BT709, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', RAW_YUV] },
    signal,
  });
  return Buffer.from(sink.bytes.buffer);
}

export interface ClipReading {
  readonly path: string;
  readonly rate: FrameRate;
  readonly size: Size;
  readonly frames: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The first `frames` frames of a clip, whole in the frame with black at the sides where its shape differs; fewer when
 * it has fewer. Memory holds a few frames. Throws FfmpegFailure when it cannot be read.
 */
export async function* clipFrames(reading: ClipReading): AsyncGenerator<Buffer> {
  const { width, height } = reading.size;
  const stop = new AbortController();
  const through = new PassThrough({ highWaterMark: yuvBytes(reading.size) });
  const filter = [
    `fps=${ratio(reading.rate)}`,
    `scale=${width}:${height}:force_original_aspect_ratio=decrease:${KEEP_BT709}`,
    `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`,
    'setsar=1',
  ].join(',');
  const running = runFfmpeg({
    inputs: [{ source: path.resolve(reading.path), options: ['-format_whitelist', MOV] }],
    output: {
      target: through,
      options: [
        '-map',
        '0:v:0',
        '-vf',
        filter,
        '-frames:v',
        String(reading.frames),
        '-f',
        'rawvideo',
        '-pix_fmt',
        RAW_YUV,
      ],
    },
    signal: reading.signal ? AbortSignal.any([reading.signal, stop.signal]) : stop.signal,
  });
  const ended = running.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  try {
    yield* inFrames(through, yuvBytes(reading.size));
    const failed = await ended;
    if (failed) throw failed.error;
  } finally {
    stop.abort();
    through.destroy();
    await ended;
  }
}
