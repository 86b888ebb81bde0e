import { existsSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { encodeClip, grabFrames, keyFrames, writeThumbnail, type Codec } from '../../companion-app/media';
import { RATES } from '../../shared/shot';
import { flat, pixel } from './pictures';
import { temporaryFolder } from './temp-folder';

const folder = temporaryFolder('grab');
const size = { width: 256, height: 144 };

/** Frame n is grey of 20 + 10 n: a frame taken for its neighbour shows. */
async function* stairs(count: number): AsyncGenerator<ReturnType<typeof flat>> {
  for (let n = 0; n < count; n += 1) {
    await Promise.resolve();
    yield flat(size.width, size.height, [20 + 10 * n, 20 + 10 * n, 20 + 10 * n]);
  }
}

describe('frames of a clip', () => {
  it.each([
    ['prores-proxy', RATES['23.976']],
    ['dnxhr-lb', RATES['59.94']],
    ['h264', RATES['29.97']],
  ] as const)('in %s are exactly those asked for, in the order asked', async (codec: Codec, rate) => {
    const clip = { path: path.join(folder(), `${codec} 🎬.${codec === 'h264' ? 'mp4' : 'mov'}`), size, rate };
    await encodeClip({ ...clip, frames: 20, codec }, stairs(20));
    const asked = [19, 0, 1, 7, 10, 18];
    const pictures = await grabFrames(clip, asked, { width: 64 });
    expect(pictures.map((p) => [p.width, p.height])).toEqual(asked.map(() => [64, 36]));
    pictures.forEach((picture, i) => {
      const [grey] = pixel(picture, 30, 20);
      expect(Math.round((grey - 20) / 10)).toBe(asked[i]);
    });
  });

  it('beyond its end are an error', async () => {
    const clip = { path: path.join(folder(), 'short.mov'), size, rate: RATES['24'] };
    await encodeClip({ ...clip, frames: 3, codec: 'prores-proxy' }, stairs(3));
    await expect(grabFrames(clip, [1, 30])).rejects.toMatchObject({ problem: { code: 'encode-failed' } });
  });

  it('make thumbnails', async () => {
    const at = path.join(folder(), 'thumb.jpg');
    await writeThumbnail(at, flat(48, 27, [10, 120, 200]));
    expect(await sharp(at).metadata()).toMatchObject({ format: 'jpeg', width: 48, height: 27 });
    expect(existsSync(`${at}.partial`)).toBe(false);
  });

  it('that stand for it are first, middle and last, each once', () => {
    expect([keyFrames(1), keyFrames(2), keyFrames(3), keyFrames(48)]).toEqual([[0], [0, 1], [0, 1, 2], [0, 23, 47]]);
  });
});
