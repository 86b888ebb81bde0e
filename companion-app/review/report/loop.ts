/** A take as a small moving picture: an animated WebP that plays as long as the shot does. */
import sharp from 'sharp';
import { grabFrames, type ClipView } from '../../media';

const FRAMES = 12;
const WIDTH = 288;
/** Milliseconds a frame is shown, at least and at most. */
const [SHORTEST, LONGEST] = [40, 400];

/** The numbers of the frames that stand for a clip of so many, evenly spread. */
export function loopFrames(frames: number): number[] {
  const count = Math.min(FRAMES, frames);
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * frames) / count));
}

/** So many frames of the clip from its frame `from` on. Throws InbetweenError when the clip cannot be read. */
export async function loopOf(clip: ClipView, frames: number, signal?: AbortSignal, from = 0): Promise<Uint8Array> {
  const pictures = await grabFrames(
    clip,
    loopFrames(frames).map((frame) => from + frame),
    { width: WIDTH, signal },
  );
  const [first] = pictures;
  if (!first) throw new RangeError('A clip without frames has no loop.');
  const { width, height } = first;
  const seconds = (frames * clip.rate.den) / clip.rate.num;
  const delay = Math.round(Math.min(LONGEST, Math.max(SHORTEST, (1000 * seconds) / pictures.length)));
  const whole = Buffer.concat(pictures.map(({ rgb }) => rgb));
  const raw = { width, height: height * pictures.length, channels: 3, pageHeight: height } as const;
  return sharp(whole, { raw })
    .webp({ quality: 50, effort: 3, loop: 0, delay: pictures.map(() => delay) })
    .toBuffer();
}
