import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { encodeClip, grabFrames, locateFfmpeg, probeClip, writeAnimatic } from '../../companion-app/media';
import { RATES } from '../../shared/shot';
import { sampleAt } from '../../companion-app/media/sound-mix';
import { flat, pixel } from './pictures';
import { temporaryFolder } from './temp-folder';
import { toneWav } from './tone';

const folder = temporaryFolder('animatic');
const size = { width: 320, height: 180 };
const rate = RATES['23.976'];
const at = (name: string): string => path.join(folder(), name);

async function* grey(count: number, level: number): AsyncGenerator<ReturnType<typeof flat>> {
  for (let n = 0; n < count; n += 1) {
    await Promise.resolve();
    yield flat(size.width, size.height, [level, level, level]);
  }
}

/** 16-bit stereo samples of a movie's sound, left channel. */
async function soundOf(file: string): Promise<Int16Array> {
  const { ffmpeg } = await locateFfmpeg();
  const raw = execFileSync(
    ffmpeg,
    ['-v', 'error', '-i', file, '-map', '0:a', '-f', 's16le', '-ac', '1', '-ar', '48000', 'pipe:1'],
    { maxBuffer: 1 << 28 },
  );
  return new Int16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
}

beforeAll(async () => {
  await encodeClip({ path: at('a.mov'), size, rate, frames: 6, codec: 'prores-proxy' }, grey(6, 200));
  await encodeClip({ path: at("b 'q' 🎬.mp4"), size, rate, frames: 4, codec: 'h264' }, grey(4, 90));
  await sharp({ create: { width: 100, height: 100, channels: 3, background: '#ff0000' } })
    .png()
    .toFile(at('still.png'));
  writeFileSync(at('broken.png'), 'no picture');
  writeFileSync(at('tone.wav'), toneWav({ seconds: 0.5, hertz: 1000, rate: 44_100 }));
});

describe('the cut as a movie', () => {
  it('has every entry at its frames, and sound at its frame', async () => {
    const out = at('animatic.mp4');
    const result = await writeAnimatic({
      out,
      rate,
      size,
      entries: [
        { kind: 'clip', path: at('a.mov'), frames: 5 },
        { kind: 'black', frames: 2 },
        { kind: 'still', path: at('still.png'), frames: 3 },
        { kind: 'clip', path: at("b 'q' 🎬.mp4"), frames: 7 },
      ],
      audio: [{ path: at('tone.wav'), startFrame: 4 }],
      title: 'The cut',
    });
    expect(result).toEqual({ frames: 17, warnings: [] });
    const facts = await probeClip(out);
    expect(facts).toMatchObject({ codec: 'h264', size, rate, frames: 17, hasAudio: true, title: 'The cut' });
    const pictures = await grabFrames({ path: out, size, rate }, [0, 4, 5, 6, 7, 9, 10, 16]);
    const middle = pictures.map((p) => pixel(p, 160, 90));
    const wanted = [
      [200, 200, 200],
      [200, 200, 200],
      [0, 0, 0],
      [0, 0, 0],
      [254, 0, 0],
      [254, 0, 0],
      [90, 90, 90],
      [90, 90, 90],
    ];
    middle.forEach((colour, i) =>
      colour.forEach((value, c) => expect(Math.abs(value - wanted[i]![c]!)).toBeLessThanOrEqual(3)),
    );
    // The square still lies whole in the frame, on paper.
    expect(pixel(pictures[5]!, 10, 90).every((value) => value > 250)).toBe(true);
    const samples = await soundOf(out);
    const first = samples.findIndex((value) => Math.abs(value) > 3000);
    expect(Math.abs(first - sampleAt(4, rate))).toBeLessThan(150);
  });

  it('begins a clip with the frame it is told to: handles are not in the cut', async () => {
    async function* darkThenLight() {
      yield* grey(2, 50);
      yield* grey(1, 200);
    }
    await encodeClip({ path: at('handles.mov'), size, rate, frames: 3, codec: 'prores-proxy' }, darkThenLight());
    const out = at('begun.mp4');
    await writeAnimatic({ out, rate, size, entries: [{ kind: 'clip', path: at('handles.mov'), frames: 2, from: 2 }] });
    const pictures = await grabFrames({ path: out, size, rate }, [0, 1]);
    for (const picture of pictures) expect(Math.abs(pixel(picture, 160, 90)[0] - 200)).toBeLessThanOrEqual(3);
  });

  it('adds several sounds at full level, cut and trimmed in frames', async () => {
    const out = at('mix.mp4');
    const audio = [
      { path: at('tone.wav'), startFrame: 0, frames: 3 },
      { path: at('tone.wav'), startFrame: -4 },
      { path: at('tone.wav'), startFrame: 12, inFrame: 2, frames: 2 },
    ];
    await writeAnimatic({ out, rate, size, entries: [{ kind: 'black', frames: 24 }], audio });
    const samples = await soundOf(out);
    const loudest = (from: number, to: number): number =>
      samples
        .subarray(sampleAt(from, rate) + 200, sampleAt(to, rate) - 200)
        .reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(loudest(0, 3)).toBeGreaterThan(1.6 * loudest(4, 7));
    expect(loudest(4, 7)).toBeGreaterThan(3000);
    expect(loudest(9, 11)).toBeLessThan(200);
    expect(loudest(12, 14)).toBeGreaterThan(3000);
    expect(loudest(15, 23)).toBeLessThan(200);
  });

  it('takes more sounds than one filter can join', async () => {
    const audio = Array.from({ length: 40 }, (_, i) => ({ path: at('tone.wav'), startFrame: i, frames: 1 }));
    await writeAnimatic({ out: at('many.mp4'), rate, size, entries: [{ kind: 'black', frames: 40 }], audio });
    expect(await probeClip(at('many.mp4'))).toMatchObject({ frames: 40, hasAudio: true });
  });

  it('goes on without what cannot be read, and says so', async () => {
    writeFileSync(at('playlist.wav'), `#EXTM3U\n#EXTINF:1,\n${at('tone.wav')}\n#EXT-X-ENDLIST\n`);
    const result = await writeAnimatic({
      out: at('holes.mp4'),
      rate,
      size,
      entries: [
        { kind: 'still', path: at('broken.png'), frames: 2 },
        { kind: 'clip', path: at('gone.mov'), frames: 2 },
        { kind: 'clip', path: at('a.mov'), frames: 2 },
      ],
      audio: [
        { path: at('gone.wav'), startFrame: 0 },
        { path: at('playlist.wav'), startFrame: 0 },
      ],
    });
    expect(result.warnings.map((warning) => warning.split(' ')[0]).sort()).toEqual([
      'broken.png',
      'gone.mov',
      'gone.wav',
      'playlist.wav',
    ]);
    expect(await probeClip(at('holes.mp4'))).toMatchObject({ frames: 6, hasAudio: false });
  });

  it('leaves nothing when it is given up', async () => {
    const stop = new AbortController();
    const reason = new Error('given up');
    const work = writeAnimatic(
      { out: at('stopped.mp4'), rate, size, entries: [{ kind: 'black', frames: 5000 }] },
      { signal: stop.signal, progress: (done) => done === 20 && stop.abort(reason) },
    );
    await expect(work).rejects.toBe(reason);
    expect(readdirSync(folder()).filter((name) => name.startsWith('stopped'))).toEqual([]);
  });
});
