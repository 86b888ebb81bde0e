/** The sequence's picture at a moment: all enabled, visible clips from the bottom up, each whole within the frame, over black. */
import sharp, { type OverlayOptions } from 'sharp';
import { TICKS_PER_SECOND } from '../host/time';
import { footage } from '../model/edits';
import type { ClipState, FootageState, ProjectState, SequenceState } from '../model/state';
import { ffmpegPath, output } from './tools';

/** [I] Premiere shows media at its own size unless "scale to frame size" is on; here it is always fitted. */
export async function renderFrame(
  state: ProjectState,
  sequence: SequenceState,
  at: bigint,
  width: number,
  height: number,
): Promise<Buffer> {
  const layers: OverlayOptions[] = [];
  for (const track of sequence.video) {
    const clip = track.muted
      ? undefined
      : track.clips.find((c) => !c.disabled && !c.invisible && c.start <= at && at < c.end);
    const item = clip && footage(state, clip.item);
    if (!clip || !item || item.offline || item.path === '') continue;
    layers.push({ input: await layer(item, clip, at, width, height) });
  }
  const black = { width, height, channels: 3 as const, background: '#000' };
  return sharp({ create: black }).composite(layers).removeAlpha().png().toBuffer();
}

async function layer(item: FootageState, clip: ClipState, at: bigint, width: number, height: number): Promise<Buffer> {
  const source =
    item.media.kind === 'still' ? await still(item.path) : await grab(item, clip.inPoint + at - clip.start);
  return sharp(source, { limitInputPixels: false })
    .resize(width, height, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png()
    .toBuffer();
}

async function still(file: string): Promise<string | Buffer> {
  const readable = await sharp(file, { limitInputPixels: false })
    .metadata()
    .then(() => true)
    .catch(() => false);
  return readable
    ? file
    : output(ffmpegPath(), ['-v', 'error', '-i', file, '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', '-']);
}

/** The media frame that `offset` ticks fall into. Seeking half a frame early makes the decoder stop at exactly that one. */
async function grab(item: FootageState, offset: bigint): Promise<Buffer> {
  const rate = item.media.rate ?? { num: 24, den: 1 };
  const perFrame = (TICKS_PER_SECOND * BigInt(rate.den)) / BigInt(rate.num);
  const frame = Number(offset / perFrame);
  const seconds = Math.max(0, ((frame - 0.5) * rate.den) / rate.num).toFixed(6);
  return output(ffmpegPath(), [
    '-v',
    'error',
    '-ss',
    seconds,
    '-i',
    item.path,
    '-frames:v',
    '1',
    '-f',
    'image2pipe',
    '-c:v',
    'png',
    '-',
  ]);
}
