/** Frames in, a clip out: exactly so many frames at exactly this rate, whole or not at all. */
import path from 'node:path';
import { once } from 'node:events';
import { InbetweenError } from '../../shared/problem';
import type { FrameRate, Size } from '../../shared/shot';
import { assertEncodable, CODECS, type Codec } from './codecs';
import { FfmpegFailure, runFfmpeg } from './ffmpeg-command';
import { labelOptions, type ClipLabel } from './making';
import { diskFull, ffmpegError, fileError, tellsDiskFull } from './media-error';
import { OnDemand } from './on-demand';
import type { Picture } from './picture';
import { appendXmp } from './provenance/boxes';
import { xmpPacket } from './provenance/xmp';
import { RAW_RGB, rawVideo, REPEATABLE, TAGGED_BT709, timescale, TO_BT709 } from './video-options';
import { writeWhole } from './whole-file';

export interface ClipOrder extends ClipLabel {
  /** Absolute path of the finished clip; its folder exists. */
  readonly path: string;
  readonly size: Size;
  readonly rate: FrameRate;
  readonly frames: number;
  readonly codec: Codec;
}

export interface EncodeOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Encodes the pictures, each taken only when the one before is with ffmpeg: memory does not grow with the clip, and a
 * source may reuse its buffer. Throws what the source throws, the signal's reason, 'render-failed' when the pictures
 * are too few, too many or of another size, 'disk-full', 'folder-unwritable', 'encode-failed' or 'ffmpeg-missing';
 * after any of these no file is left and ffmpeg is gone.
 */
export async function encodeClip(
  clip: ClipOrder,
  pictures: AsyncIterable<Picture>,
  options: EncodeOptions = {},
): Promise<void> {
  assertEncodable(clip.codec, clip.size);
  options.signal?.throwIfAborted();
  const name = path.basename(clip.path);
  try {
    await writeWhole(clip.path, async (partial) => {
      await encodeInto(partial, clip, pictures, options.signal);
      if (clip.making) await appendXmp(partial, xmpPacket(clip.making, clip.title));
    });
  } catch (error) {
    if (error instanceof FfmpegFailure) throw ffmpegError(name, error.stderr, error);
    throw fileError(name, error) ?? error;
  }
}

async function encodeInto(
  partial: string,
  clip: ClipOrder,
  pictures: AsyncIterable<Picture>,
  signal?: AbortSignal,
): Promise<void> {
  const sourceFailed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, sourceFailed.signal]) : sourceFailed.signal;
  const pixels = new OnDemand(bytesOf(pictures, clip, sourceFailed));
  try {
    const stderr = await runFfmpeg({
      inputs: [{ source: pixels, options: rawVideo(RAW_RGB, clip.size, clip.rate) }],
      output: { target: partial, options: outputOptions(clip) },
      signal: stop,
    });
    if (tellsDiskFull(stderr)) throw new InbetweenError(diskFull(path.basename(clip.path)));
  } finally {
    pixels.destroy();
    if (!pixels.closed) await once(pixels, 'close');
  }
}

/** The pictures' bytes. A failure stops ffmpeg instead of reaching it as an early, seemingly good end. */
async function* bytesOf(
  pictures: AsyncIterable<Picture>,
  clip: ClipOrder,
  failed: AbortController,
): AsyncGenerator<Uint8Array> {
  let count = 0;
  try {
    for await (const picture of pictures) {
      assertFits(picture, clip, count);
      count += 1;
      yield picture.rgb;
    }
    if (count < clip.frames) throw wrongPictures(`Only ${count} of ${clip.frames} frames were made.`);
  } catch (error) {
    failed.abort(error);
  }
}

function assertFits(picture: Picture, clip: ClipOrder, index: number): void {
  if (index >= clip.frames) throw wrongPictures(`More than the ${clip.frames} frames of the shot were made.`);
  const { width, height } = clip.size;
  if (picture.width !== width || picture.height !== height || picture.rgb.length !== width * height * 3) {
    throw wrongPictures(
      `Frame ${index} is ${picture.width}×${picture.height} (${picture.rgb.length} bytes), not ${width}×${height}.`,
    );
  }
}

function wrongPictures(message: string): InbetweenError {
  return new InbetweenError({
    code: 'render-failed',
    message,
    safe: 'The board and the other shots are untouched.',
    action: 'Render this shot again; if it fails again, choose another engine and report the fault.',
  });
}

function outputOptions(clip: ClipOrder): string[] {
  const codec = CODECS[clip.codec];
  return [
    ...['-an', '-vf', TO_BT709, ...TAGGED_BT709],
    ...['-c:v', codec.encoder, ...codec.options, '-pix_fmt', codec.pixelFormat],
    ...['-r', `${clip.rate.num}/${clip.rate.den}`, '-video_track_timescale', String(timescale(clip.rate))],
    ...[...REPEATABLE, ...labelOptions(clip)],
    ...['-movflags', codec.muxer === 'mp4' ? '+write_colr+faststart' : '+write_colr', '-f', codec.muxer],
  ];
}
