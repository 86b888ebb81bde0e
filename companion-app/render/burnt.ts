/** Frames with slate and burn-ins, on copies: the engine may use its own buffer again. */
import sharp from 'sharp';
import type { Frame } from '../engines/engine';
import type { BurnIn, Picture } from '../media';

/**
 * Draws into each frame, counted from the shot's first one, which is the clip's frame `first`. `clean` gets that one as the engine made it,
 * valid until it returns or its promise settles.
 */
export async function* burnt(
  frames: AsyncIterable<Frame>,
  burnIn: BurnIn,
  clean: (first: Frame) => Promise<void>,
  first = 0,
): AsyncGenerator<Frame> {
  for await (const frame of frames) {
    if (frame.index === first) await clean(frame);
    const copy = { ...frame, rgb: frame.rgb.slice() };
    burnIn(copy, frame.index - first);
    yield copy;
  }
}

/** The picture scaled down to this width (and height, where its shape is not to be kept), as the checks look at it. */
export async function reduced(frame: Frame, width: number, height?: number): Promise<Picture> {
  const { data, info } = await sharp(frame.rgb, { raw: { width: frame.width, height: frame.height, channels: 3 } })
    .resize({ width: Math.min(width, frame.width), ...(height !== undefined && { height, fit: 'fill' as const }) })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}
