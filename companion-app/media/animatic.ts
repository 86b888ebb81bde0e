/** The cut as one movie: clips where there are any, stills and black where not, sounds at their frames. */
import { once } from 'node:events';
import path from 'node:path';
import { InbetweenError } from '../../shared/problem';
import type { Fit, FrameRate, Size } from '../../shared/shot';
import { decodeBoard } from './board/decode-board';
import { layIn } from './board/fit';
import { assertEncodable, clipSize } from './codecs';
import { FfmpegFailure, runFfmpeg } from './ffmpeg-command';
import { labelOptions, type ClipLabel } from './making';
import { diskFull, ffmpegError, fileError, tellsDiskFull } from './media-error';
import { OnDemand } from './on-demand';
import { appendXmp } from './provenance/boxes';
import { xmpPacket } from './provenance/xmp';
import { hasSound } from './probe-sound';
import { blackFrame, clipFrames, yuvOf } from './raw-frames';
import { mixGraph, SAMPLE_RATE, type Sound } from './sound-mix';
import { ratio, RAW_YUV, rawVideo, REPEATABLE, SOUND, TAGGED_BT709, timescale } from './video-options';
import { writeWhole } from './whole-file';

/** One stretch of the cut, `frames` frames long. A clip begins with its frame `from`, and holds its last one where it is shorter. */
export type AnimaticEntry =
  | { readonly kind: 'clip'; readonly path: string; readonly frames: number; readonly from?: number | undefined }
  | { readonly kind: 'still'; readonly path: string; readonly frames: number; readonly fit?: Fit | undefined }
  | { readonly kind: 'black'; readonly frames: number };

export interface AnimaticOrder extends ClipLabel {
  /** Absolute path of the movie (.mp4); its folder exists. */
  readonly out: string;
  readonly rate: FrameRate;
  /** Odd sides lose their last pixel. */
  readonly size: Size;
  readonly entries: readonly AnimaticEntry[];
  readonly audio?: readonly Sound[] | undefined;
}

export interface AnimaticOptions {
  readonly signal?: AbortSignal | undefined;
  /** Frames joined of all. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

/** What was left out of the cut, in words: stills, clips and sounds that could not be read. */
export interface AnimaticResult {
  readonly frames: number;
  readonly warnings: readonly string[];
}

/**
 * Writes an H.264/AAC movie of exactly the entries' frames. A still or clip that cannot be read is black in the cut, a
 * sound that cannot be read is left out; both are told of. Throws 'shot-empty' without frames, 'disk-full',
 * 'folder-unwritable', 'encode-failed', 'ffmpeg-missing' or the signal's reason; no half-written file is left.
 */
export async function writeAnimatic(order: AnimaticOrder, options: AnimaticOptions = {}): Promise<AnimaticResult> {
  const frames = order.entries.reduce((sum, entry) => sum + Math.max(0, entry.frames), 0);
  if (frames === 0)
    throw new InbetweenError({
      code: 'shot-empty',
      message: 'The cut has no frames.',
      action: 'Put at least one board on the timeline.',
    });
  const size = clipSize(order.size);
  assertEncodable('h264', size);
  const warnings: string[] = [];
  const sounds = await readable(order.audio ?? [], warnings);
  const name = path.basename(order.out);
  try {
    await writeWhole(path.resolve(order.out), (partial) =>
      join(partial, { ...order, size }, { frames, sounds, warnings }, options),
    );
  } catch (error) {
    if (error instanceof FfmpegFailure) throw ffmpegError(name, error.stderr, error);
    throw fileError(name, error) ?? error;
  }
  return { frames, warnings };
}

interface Cut {
  readonly frames: number;
  readonly sounds: readonly Sound[];
  readonly warnings: string[];
}

async function join(
  partial: string,
  order: AnimaticOrder,
  cut: Cut,
  { signal, progress }: AnimaticOptions,
): Promise<void> {
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const pixels = new OnDemand(bytesOf(order, cut, failed, stop, progress));
  const sounds = cut.sounds.map(({ path: file }) => ({
    source: path.resolve(file),
    options: ['-format_whitelist', SOUND],
  }));
  try {
    const stderr = await runFfmpeg({
      inputs: [{ source: pixels, options: rawVideo(RAW_YUV, order.size, order.rate) }, ...sounds],
      output: { target: partial, options: outputOptions(order, cut) },
      signal: stop,
    });
    if (tellsDiskFull(stderr)) throw new InbetweenError(diskFull(path.basename(order.out)));
    if (order.making) await appendXmp(partial, xmpPacket(order.making, order.title));
  } finally {
    pixels.destroy();
    if (!pixels.closed) await once(pixels, 'close');
  }
}

async function* bytesOf(
  order: AnimaticOrder,
  cut: Cut,
  failed: AbortController,
  signal: AbortSignal,
  progress?: (done: number, of: number) => void,
): AsyncGenerator<Buffer> {
  try {
    let done = 0;
    for (const entry of order.entries) {
      for await (const frame of exactly(entry.frames, framesOf(entry, order, cut.warnings, signal), order.size)) {
        yield frame;
        done += 1;
        progress?.(done, cut.frames);
      }
    }
  } catch (error) {
    failed.abort(error);
  }
}

/** So many frames whatever comes: the last one is held, black stands for none. */
async function* exactly(count: number, frames: AsyncIterable<Buffer>, size: Size): AsyncGenerator<Buffer> {
  let last: Buffer | null = null;
  let made = 0;
  if (count <= 0) return;
  for await (const frame of frames) {
    last = frame;
    yield frame;
    made += 1;
    if (made >= count) return;
  }
  const held = last ?? blackFrame(size);
  for (; made < count; made += 1) yield held;
}

async function* framesOf(
  entry: AnimaticEntry,
  { size, rate }: AnimaticOrder,
  warnings: string[],
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  signal.throwIfAborted();
  if (entry.kind === 'black') return;
  try {
    if (entry.kind === 'clip') {
      const { from = 0 } = entry;
      const reading = { path: entry.path, rate, size, frames: from + entry.frames, signal };
      let at = 0;
      for await (const frame of clipFrames(reading)) if (at++ >= from) yield frame;
    } else yield await yuvOf(await layIn(await decodeBoard(entry.path), size, entry.fit ?? 'letterbox'), signal);
  } catch (error) {
    signal.throwIfAborted();
    const known = error instanceof InbetweenError && error.problem.code.startsWith('board-');
    if (!known && !(error instanceof FfmpegFailure)) throw error;
    warnings.push(`${path.basename(entry.path)} could not be read: that stretch of the cut is black or held.`);
  }
}

async function readable(sounds: readonly Sound[], warnings: string[]): Promise<Sound[]> {
  const kept: Sound[] = [];
  for (const sound of sounds) {
    if (await hasSound(sound.path)) kept.push(sound);
    else warnings.push(`${path.basename(sound.path)} holds no sound that can be read: it is not in the cut.`);
  }
  return kept;
}

function outputOptions(order: AnimaticOrder, { frames, sounds }: Cut): string[] {
  const audio =
    sounds.length === 0
      ? ['-map', '0:v:0', '-an']
      : [
          '-filter_complex',
          mixGraph(sounds, frames, order.rate, 1),
          '-map',
          '0:v:0',
          '-map',
          '[mix]',
          '-c:a',
          'aac',
          '-b:a',
          '192k',
          '-ar',
          String(SAMPLE_RATE),
        ];
  return [
    ...audio,
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '19', '-g', '24', '-pix_fmt', RAW_YUV, ...TAGGED_BT709],
    ...['-r', ratio(order.rate), '-video_track_timescale', String(timescale(order.rate))],
    ...REPEATABLE,
    ...labelOptions(order),
    ...['-movflags', '+write_colr+faststart', '-f', 'mp4'],
  ];
}
