/** The codecs a clip may have: how each is asked of ffmpeg, and what ffprobe calls the result. All are intra-only. */
import { InbetweenError } from '../../shared/problem';
import type { Size } from '../../shared/shot';

export type Codec = 'prores-proxy' | 'dnxhr-lb' | 'h264';

export interface CodecFacts {
  /** What people call it. */
  readonly title: string;
  /** ffmpeg's encoder. */
  readonly encoder: string;
  readonly muxer: 'mov' | 'mp4';
  readonly extension: '.mov' | '.mp4';
  readonly pixelFormat: string;
  readonly options: readonly string[];
  /** `codec_name` and `profile` as ffprobe reports them; null where any profile will do. */
  readonly probed: { readonly codec: string; readonly profile: string | null };
  /** Smallest picture the encoder takes. */
  readonly least: Size;
}

/**
 * prores_aw is four times as fast as prores_ks at the same data rate. DNxHR has no pictures below 256×120
 * (libavcodec/dnxhdenc.c). x264 with `-g 1` writes key frames only, so that any frame can be cut to.
 */
export const CODECS: Readonly<Record<Codec, CodecFacts>> = {
  'prores-proxy': {
    title: 'ProRes 422 Proxy',
    encoder: 'prores_aw',
    muxer: 'mov',
    extension: '.mov',
    pixelFormat: 'yuv422p10le',
    options: ['-profile:v', '0'],
    probed: { codec: 'prores', profile: 'Proxy' },
    least: { width: 16, height: 16 },
  },
  'dnxhr-lb': {
    title: 'DNxHR LB',
    encoder: 'dnxhd',
    muxer: 'mov',
    extension: '.mov',
    pixelFormat: 'yuv422p',
    options: ['-profile:v', 'dnxhr_lb'],
    probed: { codec: 'dnxhd', profile: 'DNXHR LB' },
    least: { width: 256, height: 120 },
  },
  h264: {
    title: 'H.264',
    encoder: 'libx264',
    muxer: 'mp4',
    extension: '.mp4',
    pixelFormat: 'yuv420p',
    options: ['-preset', 'veryfast', '-crf', '16', '-g', '1'],
    probed: { codec: 'h264', profile: null },
    least: { width: 16, height: 16 },
  },
};

/** Largest picture of a clip: 8K UHD, either way up, and a little more. */
export const FRAME_LIMITS = { side: 8192, pixels: 36_000_000 } as const;

/** The size a clip of this shot gets: chroma is shared by two pixels each way, so an odd side loses its last pixel. */
export function clipSize(size: Size): Size {
  const even = (n: number): number => Math.max(2, Math.floor(n / 2) * 2);
  return { width: even(size.width), height: even(size.height) };
}

/** Throws 'shot-invalid' when this codec cannot hold pictures of this size. */
export function assertEncodable(codec: Codec, size: Size): void {
  const { least, title } = CODECS[codec];
  const { width, height } = size;
  const named = `${width}×${height}`;
  const whole = Number.isInteger(width) && Number.isInteger(height) && width % 2 === 0 && height % 2 === 0;
  if (!whole) {
    throw new InbetweenError({
      code: 'shot-invalid',
      message: `A clip of ${named} cannot be made: both sides have to be even.`,
    });
  }
  if (width > FRAME_LIMITS.side || height > FRAME_LIMITS.side || width * height > FRAME_LIMITS.pixels) {
    throw new InbetweenError({
      code: 'shot-invalid',
      message: `A clip of ${named} is larger than Inbetween makes (8K).`,
      safe: 'The board and the other shots are untouched.',
      action: 'Choose a smaller frame size for this sequence.',
    });
  }
  if (width < least.width || height < least.height) {
    throw new InbetweenError({
      code: 'shot-invalid',
      message: `${title} cannot hold pictures as small as ${named}; its least is ${least.width}×${least.height}.`,
      safe: 'The board and the other shots are untouched.',
      action:
        codec === 'dnxhr-lb' ? 'Choose ProRes Proxy or H.264, or a larger frame size.' : 'Choose a larger frame size.',
    });
  }
}
