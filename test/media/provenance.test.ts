/** Every clip says how it was made: in its container, and in XMP that other programs read. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import {
  encodeClip,
  makeBurnIn,
  probeClip,
  readXmp,
  sourceTypeIn,
  writeAnimatic,
  type Codec,
  type Making,
} from '../../companion-app/media';
import { enginesOf, sourceTypeOf } from '../../companion-app/media/provenance/source-type';
import { xmpPacket } from '../../companion-app/media/provenance/xmp';
import { previsOf } from '../../companion-app/daemon/settings';
import { RATES, type Shot } from '../../shared/shot';
import { DEFAULT_SETTINGS } from '../../shared/protocol';
import { flat } from './pictures';
import { temporaryFolder } from './temp-folder';

const folder = temporaryFolder('provenance');
const making: Making = {
  ...{ tool: 'inbetween', version: '0.1.0', engine: 'diffusion', provider: 'cpu', seed: 7, quality: 'full' },
  pack: { name: 'wan "2" & <co>', sha256: 'a'.repeat(64) },
  styles: [{ name: 'ink', sha256: 'b'.repeat(64), weight: 0.5 }],
  boards: ['c'.repeat(64)],
};

async function* three() {
  for (let i = 0; i < 3; i += 1) yield await Promise.resolve(flat(320, 180, [200, 10 * i, 50]));
}

async function clipOf(codec: Codec): Promise<string> {
  const file = path.join(folder(), `clip-${codec}${codec === 'h264' ? '.mp4' : '.mov'}`);
  const size = { width: 320, height: 180 };
  await encodeClip(
    { path: file, size, rate: RATES['24'], frames: 3, codec, title: 'SH010 — "é" <b>', making },
    three(),
  );
  return file;
}

it.each(['prores-proxy', 'dnxhr-lb', 'h264'] as const)(
  'a %s clip carries it and is still whole for every reader',
  async (codec) => {
    const file = await clipOf(codec);
    expect(await probeClip(file)).toMatchObject({ frames: 3, making, title: 'SH010 — "é" <b>' });
    const xmp = (await readXmp(file))!;
    expect(sourceTypeIn(xmp)).toBe('trainedAlgorithmicMedia');
    const [first, second] = [await readFile(file), await readFile(await clipOf(codec))];
    expect(first.equals(second)).toBe(true);
    const { stderr } = await promisify(execFile)('ffmpeg', ['-v', 'error', '-i', file, '-f', 'null', '-']);
    expect(stderr).toBe('');
  },
);

it('copied, wrapped and encoded by another program a clip still says what it is', async () => {
  const file = await clipOf('prores-proxy');
  for (const [name, ...how] of [
    ['copied.mov', '-c', 'copy'],
    ['encoded.mp4', '-c:v', 'libx264', '-pix_fmt', 'yuv420p'],
  ]) {
    const other = path.join(folder(), name!);
    await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', '-i', file, ...how, other]);
    expect(await readXmp(other)).toBeNull();
    expect((await probeClip(other)).making).toMatchObject({
      ...making,
      digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
    });
  }
});

it('the movie of a cut says the most that any of its clips says', async () => {
  const out = path.join(folder(), 'cut.mp4');
  const engine = enginesOf(['parallax', 'diffusion', 'parallax']);
  const entries = [{ kind: 'black' as const, frames: 2 }];
  const { pack: _, ...rest } = making;
  await writeAnimatic({
    ...{ out, title: 'cut', rate: RATES['24'], size: { width: 320, height: 180 }, entries },
    making: { ...rest, engine },
  });
  expect((await probeClip(out)).making).toMatchObject({ engine: 'diffusion + parallax' });
  expect(sourceTypeIn((await readXmp(out))!)).toBe('compositeSynthetic');
  expect(sourceTypeOf({ engine: enginesOf(['parallax', 'inbetween']) })).toBe('algorithmicMedia');
});

it('the packet is XML whatever the names in it, and its values come back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, title) => {
      const xmp = xmpPacket({ ...making, pack: { name, sha256: 'x' } }, title);
      const read = new XMLParser({ ignoreAttributes: false }).parse(xmp) as unknown;
      expect(JSON.stringify(read)).toContain('trainedAlgorithmicMedia');
    }),
    { numRuns: 50 },
  );
  const parsed: unknown = new XMLParser({ ignoreAttributes: false, processEntities: true }).parse(
    xmpPacket(making, 'T'),
  );
  expect(JSON.stringify(parsed)).toContain('http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia');
});

it.each([
  ['diffusion', true, 'trainedAlgorithmicMedia'],
  ['inbetween', true, 'compositeSynthetic'],
  ['inbetween', false, 'algorithmicMedia'],
  ['parallax', false, 'algorithmicMedia'],
  ['parallax', true, 'algorithmicMedia'],
] as const)('%s, with a pack: %s, is %s', (engine, pack, type) => {
  expect(sourceTypeOf({ engine, ...(pack && { pack: { name: 'p', sha256: 's' } }) })).toBe(type);
});

it('a file without XMP, one cut off and one that is no movie have none', async () => {
  const file = path.join(folder(), 'none.mov');
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from('hello'),
    Buffer.from('0000000875756964', 'hex'),
    Buffer.alloc(64, 255),
  ]) {
    await writeFile(file, bytes);
    expect(await readXmp(file)).toBeNull();
  }
  const whole = await readFile(await clipOf('h264'));
  await writeFile(file, whole.subarray(0, whole.length - 40));
  expect(await readXmp(file)).toBeNull();
});

it('XMP where QuickTime keeps it is read too', async () => {
  const box = (type: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + content.length);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, content]);
  };
  const file = path.join(folder(), 'quicktime.mov');
  const xmp = xmpPacket({ ...making, engine: 'parallax' }, undefined);
  await writeFile(file, box('moov', box('udta', box('XMP_', Buffer.from(xmp)))));
  expect(sourceTypeIn((await readXmp(file))!)).toBe('algorithmicMedia');
});

describe('PREVIS', () => {
  const size = { width: 320, height: 180 };
  const shot: Shot = {
    ...{ id: 's', name: 'SH1', rate: RATES['24'], dropFrame: false, startFrame: 0, frames: 2, size },
    ...{ fit: 'letterbox', boards: [], notes: '' },
  };

  it('is on every frame where it is wanted, inside the title-safe area, and nowhere else', async () => {
    expect(await makeBurnIn(shot, size)).toBeNull();
    const burn = (await makeBurnIn(shot, size, { previs: true }))!;
    for (const frame of [0, 1]) {
      const picture = flat(320, 180, [255, 255, 255]);
      burn(picture, frame);
      const touched = [...picture.rgb.keys()].filter((i) => picture.rgb[i] !== 255).map((i) => Math.floor(i / 3));
      const rows = touched.map((i) => Math.floor(i / 320));
      expect(touched.length).toBeGreaterThan(200);
      expect(Math.min(...rows)).toBeGreaterThanOrEqual(9);
      expect(Math.max(...rows)).toBeLessThan(40);
    }
  });

  it('follows the sequence where that has a word of its own', () => {
    const own = { style: '', negative: '' };
    const sequences = {
      yes: { ...own, previsBurnIn: true },
      no: { ...own, previsBurnIn: false },
      none: { ...own, previsBurnIn: null },
    };
    const settings = { ...DEFAULT_SETTINGS, sequences };
    expect(['yes', 'no', 'none', 'other', 'constructor'].map((id) => previsOf(settings, id))).toEqual([
      'always',
      'never',
      'diffusion',
      'diffusion',
      'diffusion',
    ]);
  });
});
