/** A finished clip gone through once: every frame small, for whoever looks at it, and on the way the proxy that browsers play. */
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { FrameRate, Size } from '../../shared/shot';
import { FfmpegFailure, runFfmpeg } from './ffmpeg-command';
import { inFrames } from './frame-stream';
import type { ClipView } from './grab';
import { ffmpegError, fileError } from './media-error';
import type { Picture } from './picture';
import { KEEP_BT709, MOV, RAW_RGB, ratio, REPEATABLE, TAGGED_BT709, timescale } from './video-options';
import { writeWhole } from './whole-file';

export interface LookOrder extends ClipView {
  /** Width of the small frames; those of a smaller clip stay as they are. */
  readonly width: number;
  /** Absolute path of the proxy; none is made where it is absent. */
  readonly proxy?: string | undefined;
  /** Frames of the clip that the proxy has; all of them where absent. */
  readonly own?: { readonly from: number; readonly frames: number };
  /** The proxy is made in half the time, three times as large. */
  readonly haste?: boolean;
}

/** Widest proxy, pixels. */
const PROXY_WIDTH = 960;
/** A key frame this often: quick to seek in, still small. */
const PROXY_GOP = 12;

/** The size of a clip's proxy: at most 960 wide, of its shape, both sides even. */
export function proxySize({ width, height }: Size): Size {
  if (width <= PROXY_WIDTH) return { width, height };
  return { width: PROXY_WIDTH, height: Math.max(2, 2 * Math.round((height * PROXY_WIDTH) / width / 2)) };
}

/** The size of the small frames. */
export function lookSize(size: Size, width: number): Size {
  if (width >= size.width) return size;
  return { width, height: Math.max(1, Math.round((size.height * width) / size.width)) };
}

/**
 * Gives every frame to `see`, in order; a picture is valid until `see` returns. When this resolves, the proxy (where one was asked for)
 * lies whole under its name. Memory holds a few small frames, whatever the clip's length. Throws 'encode-failed', 'disk-full',
 * 'folder-unwritable' or the signal's reason; no proxy is left then.
 */
export async function lookThrough(
  order: LookOrder,
  see: (picture: Picture, frame: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { proxy } = order;
  try {
    if (proxy === undefined) await run(order, see, undefined, signal);
    else await writeWhole(proxy, (partial) => run(order, see, partial, signal));
  } catch (error) {
    if (error instanceof FfmpegFailure) throw ffmpegError(path.basename(order.path), error.stderr, error);
    throw fileError(path.basename(proxy ?? order.path), error) ?? error;
  }
}

async function run(
  order: LookOrder,
  see: (picture: Picture, frame: number) => void,
  proxy: string | undefined,
  signal?: AbortSignal,
): Promise<void> {
  const small = lookSize(order.size, order.width);
  const through = new PassThrough({ highWaterMark: small.width * small.height * 3 });
  const stop = new AbortController();
  const running = runFfmpeg({
    inputs: [{ source: path.resolve(order.path), options: ['-format_whitelist', MOV] }],
    output: { target: through, options: smallFrames(small, order.rate) },
    ...(proxy === undefined ? {} : { also: { target: proxy, options: proxyOptions(order) } }),
    signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
  });
  const ended = running.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  try {
    let frame = 0;
    for await (const rgb of inFrames(through, small.width * small.height * 3)) {
      see({ ...small, rgb }, frame);
      frame += 1;
    }
    const failed = await ended;
    if (failed) throw failed.error;
  } finally {
    stop.abort();
    through.destroy();
    await ended;
  }
}

function smallFrames({ width, height }: Size, rate: FrameRate): string[] {
  const filter = `scale=${width}:${height}:in_color_matrix=bt709:in_range=tv:out_range=pc:flags=area+accurate_rnd+full_chroma_int`;
  return ['-map', '0:v:0', '-vf', filter, '-r', ratio(rate), '-f', 'rawvideo', '-pix_fmt', RAW_RGB];
}

function proxyOptions(order: LookOrder): string[] {
  const { width, height } = proxySize(order.size);
  const { own } = order;
  const cut = own ? `trim=start_frame=${own.from}:end_frame=${own.from + own.frames},setpts=PTS-STARTPTS,` : '';
  return [
    ...['-map', '0:v:0', '-an', '-vf', `${cut}scale=${width}:${height}:${KEEP_BT709}`, ...TAGGED_BT709],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      order.haste ? 'ultrafast' : 'veryfast',
      '-crf',
      '23',
      '-g',
      String(PROXY_GOP),
      '-pix_fmt',
      'yuv420p',
    ],
    ...['-r', ratio(order.rate), '-video_track_timescale', String(timescale(order.rate))],
    ...[...REPEATABLE, '-movflags', '+write_colr+faststart', '-f', 'mp4'],
  ];
}
