import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  clipSize,
  encodeClip,
  grabFrames,
  probeClip,
  readMaking,
  type Codec,
  type Making,
} from '../../companion-app/media';
import { OnDemand } from '../../companion-app/media/on-demand';
import { RATES } from '../../shared/shot';
import { flat, picture, pixel, sweep } from './pictures';
import { workingOn } from './processes';
import { temporaryFolder } from './temp-folder';

const folder = temporaryFolder('encode');
const size = { width: 256, height: 144 };
const rate = RATES['24'];
const expectedCodec = { 'prores-proxy': 'prores', 'dnxhr-lb': 'dnxhd', h264: 'h264' } as const;
const CODECS = Object.keys(expectedCodec) as (keyof typeof expectedCodec)[];

function at(name: string, codec: Codec = 'prores-proxy'): string {
  return path.join(folder(), `${name}${codec === 'h264' ? '.mp4' : '.mov'}`);
}

const hash = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('a clip', () => {
  for (const codec of CODECS) {
    it.each(Object.entries(RATES))(
      `in ${codec} at %s has its exact rate and frames and says it is BT.709`,
      async (name, exact) => {
        const file = at(`${codec}-${name}`, codec);
        await encodeClip({ path: file, size, rate: exact, frames: 7, codec }, sweep(256, 144, 7));
        const facts = await probeClip(file);
        expect(facts).toMatchObject({ codec: expectedCodec[codec], size, rate: exact, frames: 7, hasAudio: false });
        expect(facts.color).toEqual({ primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' });
      },
    );

    it(`in ${codec} keeps the board's colours`, async () => {
      const colours = [
        [255, 255, 255],
        [0, 0, 0],
        [200, 30, 40],
        [30, 160, 60],
        [40, 60, 200],
        [128, 128, 128],
      ] as const;
      const bars = picture(384, 144, (x) => colours[Math.floor(x / 64)] ?? [0, 0, 0]);
      const clip = { path: at(`bars-${codec}`, codec), size: { width: 384, height: 144 }, rate };
      await encodeClip({ ...clip, frames: 2, codec }, from([bars, bars]));
      const [shown] = await grabFrames(clip, [1]);
      colours.forEach((colour, i) =>
        pixel(shown ?? bars, i * 64 + 32, 70).forEach((value, c) =>
          expect(Math.abs(value - colour[c]!)).toBeLessThanOrEqual(4),
        ),
      );
    });

    it(`in ${codec} has the same bytes when made again, though the source reuses its buffer`, async () => {
      const files = [at(`again-1-${codec}`, codec), at(`again-2-${codec}`, codec), at(`again-3-${codec}`, codec)];
      for (const file of files) await encodeClip({ path: file, size, rate, frames: 12, codec }, sweep(256, 144, 12));
      expect(new Set(files.map(hash)).size).toBe(1);
    });

    it(`in ${codec} may be one frame`, async () => {
      const file = at(`one-${codec}`, codec);
      await encodeClip({ path: file, size, rate: RATES['29.97'], frames: 1, codec }, sweep(256, 144, 1));
      expect(await probeClip(file)).toMatchObject({ frames: 1, rate: RATES['29.97'] });
    });
  }

  it('keeps each large frame as it was when it was handed over', async () => {
    const big = { width: 1280, height: 720 };
    const clip = { path: at('big'), size: big, rate };
    async function* greys(): AsyncGenerator<{ width: number; height: number; rgb: Uint8Array }> {
      const rgb = new Uint8Array(big.width * big.height * 3);
      for (let n = 0; n < 6; n += 1) {
        rgb.fill(30 * n + 30);
        yield { ...big, rgb };
      }
    }
    await encodeClip({ ...clip, frames: 6, codec: 'prores-proxy' }, greys());
    const shown = await grabFrames(clip, [0, 1, 2, 3, 4, 5]);
    shown.forEach((frame, n) => {
      for (const [x, y] of [
        [5, 5],
        [640, 360],
        [1270, 710],
      ] as const)
        expect(Math.abs(pixel(frame, x, y)[0] - (30 * n + 30))).toBeLessThanOrEqual(3);
    });
  });

  it.each([
    ['upright', 540, 960],
    ['wide', 2048, 858],
    ['tiny', 16, 16],
    ['odd, made even', 321, 181],
  ])('may be %s', async (_, width, height) => {
    const even = clipSize({ width, height });
    for (const codec of ['prores-proxy', 'h264'] as const) {
      const file = at(`${width}x${height}`, codec);
      await encodeClip({ path: file, size: even, rate, frames: 2, codec }, sweep(even.width, even.height, 2));
      expect((await probeClip(file)).size).toEqual(even);
    }
  });

  it.each([
    [1080, 1920],
    [2048, 858],
    [256, 120],
    [322, 182],
  ])('in DNxHR may be %s×%s', async (width, height) => {
    const file = at(`dnxhr-${width}x${height}`);
    await encodeClip(
      { path: file, size: { width, height }, rate, frames: 2, codec: 'dnxhr-lb' },
      sweep(width, height, 2),
    );
    expect(await probeClip(file)).toMatchObject({ size: { width, height }, frames: 2, profile: 'DNXHR LB' });
  });

  it('may have a rate nobody uses', async () => {
    const odd = { num: 12_500_000, den: 1_000_003 };
    await encodeClip({ path: at('odd-rate'), size, rate: odd, frames: 5, codec: 'prores-proxy' }, sweep(256, 144, 5));
    expect(await probeClip(at('odd-rate'))).toMatchObject({ rate: odd, frames: 5 });
  });

  it('may have any name', async () => {
    const file = at(`-i "quote" 'single' 🎬 %d $(x) ;rm`);
    await encodeClip({ path: file, size, rate, frames: 2, codec: 'prores-proxy' }, sweep(256, 144, 2));
    expect(await probeClip(file)).toMatchObject({ frames: 2 });
  });

  it('says what it is and how it was made', async () => {
    const making: Making = {
      tool: 'inbetween',
      version: '0.1.0',
      engine: 'parallax',
      provider: 'cpu',
      seed: 4,
      boards: ['ab'],
      quality: 'full',
    };
    const file = at('label');
    await encodeClip(
      { path: file, size, rate, frames: 2, codec: 'prores-proxy', title: 'SH 010 = "A"; 🎬\nx', making },
      sweep(256, 144, 2),
    );
    expect((await probeClip(file)).title).toBe('SH 010 = "A"; 🎬 x');
    const digitalSourceType = 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia';
    expect(await readMaking(file)).toEqual({ ...making, digitalSourceType });
    await encodeClip({ path: at('nameless'), size, rate, frames: 2, codec: 'h264' }, sweep(256, 144, 2));
    expect(await readMaking(at('nameless'))).toBeNull();
  });
});

describe('nothing is left of a clip', () => {
  const left = (name: string): string[] => readdirSync(folder()).filter((file) => file.startsWith(name));

  it.each([
    ['too few', 5, 6],
    ['too many', 8, 6],
  ])('with %s pictures', async (name, given, frames) => {
    await expect(
      encodeClip({ path: at(name), size, rate, frames, codec: 'prores-proxy' }, sweep(256, 144, given)),
    ).rejects.toMatchObject({
      problem: { code: 'render-failed' },
    });
    expect(left(name)).toEqual([]);
  });

  it('whose source fails; the error is the source’s own', async () => {
    const failure = new Error('no more pencil');
    let closed = false;
    async function* source(): AsyncGenerator<ReturnType<typeof flat>> {
      try {
        yield* sweep(256, 144, 3);
        throw failure;
      } finally {
        closed = true;
      }
    }
    await expect(
      encodeClip({ path: at('failed'), size, rate, frames: 6, codec: 'prores-proxy' }, source()),
    ).rejects.toBe(failure);
    expect([closed, left('failed')]).toEqual([true, []]);
  });

  it('given up in its middle: ffmpeg is gone, the source is closed', async () => {
    const stop = new AbortController();
    const reason = new Error('cancelled');
    let closed = false;
    async function* endless(): AsyncGenerator<ReturnType<typeof flat>> {
      try {
        for (let n = 0; ; n += 1) {
          if (n === 10) stop.abort(reason);
          yield flat(256, 144, [n % 255, 0, 0]);
        }
      } finally {
        closed = true;
      }
    }
    await expect(
      encodeClip({ path: at('given-up'), size, rate, frames: 9999, codec: 'h264' }, endless(), { signal: stop.signal }),
    ).rejects.toBe(reason);
    expect([closed, left('given-up'), workingOn('given-up')]).toEqual([true, [], []]);
  });

  it('given up before it began', async () => {
    const reason = new Error('not at all');
    await expect(
      encodeClip({ path: at('never'), size, rate, frames: 2, codec: 'h264' }, sweep(256, 144, 2), {
        signal: AbortSignal.abort(reason),
      }),
    ).rejects.toBe(reason);
    expect(left('never')).toEqual([]);
  });

  it('in a folder that is not there', async () => {
    const file = path.join(folder(), 'nowhere', 'clip.mov');
    await expect(
      encodeClip({ path: file, size, rate, frames: 2, codec: 'prores-proxy' }, sweep(256, 144, 2)),
    ).rejects.toMatchObject({
      problem: { code: 'encode-failed' },
    });
    expect(existsSync(path.dirname(file))).toBe(false);
  });
});

it('an older clip of the same name stays until the new one is whole', async () => {
  const file = at('replaced');
  await encodeClip({ path: file, size, rate, frames: 2, codec: 'prores-proxy' }, sweep(256, 144, 2));
  const before = hash(file);
  await expect(
    encodeClip({ path: file, size, rate, frames: 9, codec: 'prores-proxy' }, sweep(256, 144, 3)),
  ).rejects.toThrow();
  expect(hash(file)).toBe(before);
  await encodeClip({ path: file, size, rate, frames: 3, codec: 'prores-proxy' }, sweep(256, 144, 3));
  expect(await probeClip(file)).toMatchObject({ frames: 3 });
});

it('a source is asked for its next picture only when the last one has been taken', async () => {
  let asked = 0;
  async function* source(): AsyncGenerator<Uint8Array> {
    for (; asked < 50; asked += 1) yield new Uint8Array(2_000_000);
  }
  const stream = new OnDemand(source());
  stream.once('data', () => stream.pause());
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(asked).toBeLessThanOrEqual(1);
  stream.destroy();
});

async function* from(pictures: readonly ReturnType<typeof flat>[]): AsyncGenerator<ReturnType<typeof flat>> {
  yield* pictures;
}
