/** Options of ffmpeg that several of its uses share: raw pictures, BT.709, exact time, repeatable files. */
import type { FrameRate, Size } from '../../shared/shot';

export const RAW_RGB = 'rgb24';
export const RAW_YUV = 'yuv420p';

/** How raw pictures come in on a pipe. */
export function rawVideo(pixels: string, size: Size, rate: FrameRate): string[] {
  const named = `${size.width}x${size.height}`;
  return ['-f', 'rawvideo', '-pixel_format', pixels, '-video_size', named, '-framerate', ratio(rate)];
}

/** A rate as ffmpeg takes it, exact. */
export function ratio(rate: FrameRate): string {
  return `${rate.num}/${rate.den}`;
}

const EXACT = 'flags=bicubic+accurate_rnd+full_chroma_int';

/** RGB to video levels with the matrix of BT.709, named as such on every frame (prores_aw reads it there). */
export const TO_BT709 = [
  `scale=out_color_matrix=bt709:out_range=tv:${EXACT}`,
  'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
].join(',');

/** The same said of the stream, for encoders and containers that look there. */
export const TAGGED_BT709 = [
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
  '-colorspace',
  'bt709',
  '-color_range',
  'tv',
];

/** Options that make a file the same, byte for byte, whenever it is made from the same frames. */
export const REPEATABLE = [
  '-map_metadata',
  '-1',
  '-fflags',
  '+bitexact',
  '-flags:v',
  '+bitexact',
  '-flags:a',
  '+bitexact',
];

/** Time scale in which one frame is a whole number of units, fine enough that muxers leave it alone. */
export function timescale(rate: FrameRate): number {
  return rate.num < 1000 ? rate.num * 1000 : rate.num < 10_000 ? rate.num * 10 : rate.num;
}

/** Video levels of BT.709 back to RGB: options of the scale filter. */
export const FROM_BT709 = `in_color_matrix=bt709:in_range=tv:out_range=pc:${EXACT}`;

/** From BT.709 to BT.709 in another size or sampling: options of the scale filter. */
export const KEEP_BT709 = `in_color_matrix=bt709:out_color_matrix=bt709:${EXACT}`;

/** Demuxers that may open a clip; none of them is a playlist. */
export const MOV = 'mov,mp4,m4a,3gp,3g2,mj2';

/** Demuxers that may open a sound. */
export const SOUND = `${MOV},wav,w64,aiff,caf,mp3,aac,flac,ogg,matroska,webm,mxf,avi`;
