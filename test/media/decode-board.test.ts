import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { decodeBoard } from '../../companion-app/media';
import { rgba8 } from '../../companion-app/media/board/psd-pixels';
import { InbetweenError, type ErrorCode } from '../../shared/problem';
import { jpegClaiming, pngClaiming, psdFile, psdPixels, solid, withPsdProfile } from './board-files';
import { picture, pixel } from './pictures';
import { temporaryFolder } from './temp-folder';

const folder = temporaryFolder('boards');
const RED = [200, 30, 40, 255] as const;

function file(name: string, bytes: Uint8Array | string): string {
  const at = path.join(folder(), name);
  writeFileSync(at, bytes);
  return at;
}

function expectNear(actual: readonly number[], wanted: readonly number[], within: number): void {
  actual.forEach((value, i) => expect(Math.abs(value - (wanted[i] ?? NaN))).toBeLessThanOrEqual(within));
}

async function refused(at: string): Promise<InbetweenError> {
  const error: unknown = await decodeBoard(at).then(
    () => new Error('was decoded'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InbetweenError)) throw error;
  return error;
}

async function expectRefused(at: string, code: ErrorCode, says?: RegExp): Promise<void> {
  const { problem } = await refused(at);
  expect(problem.code).toBe(code);
  expect(problem.action).not.toBe('');
  expect(problem.message).toContain(path.basename(at));
  if (says) expect(problem.message).toMatch(says);
}

describe('a board is decoded', () => {
  it('gives bytes whose slice is a copy, as everyone downstream expects', async () => {
    const at = path.join(folder(), 'plain.png');
    await sharp({ create: { width: 4, height: 3, channels: 3, background: '#808080' } }).png().toFile(at);
    const { rgb } = await decodeBoard(at);
    rgb.slice().fill(0);
    expect([Buffer.isBuffer(rgb), rgb[0]]).toEqual([false, 128]);
  });

  it.each(['png', 'webp', 'tiff', 'gif'] as const)('from %s with its colour', async (format) => {
    const bytes = await solid(40, 24, RED).toFormat(format, { lossless: true }).toBuffer();
    const board = await decodeBoard(file(`red.${format}`, bytes));
    expect([board.width, board.height, board.rgb.length]).toEqual([40, 24, 40 * 24 * 3]);
    expectNear(pixel(board, 20, 12), RED.slice(0, 3), 1);
  });

  it.each(['jpeg', 'avif'] as const)('from %s within what compression does', async (format) => {
    const board = await decodeBoard(
      file(`red.${format}`, await solid(64, 64, RED).toFormat(format, { quality: 95 }).toBuffer()),
    );
    expectNear(pixel(board, 32, 32), RED.slice(0, 3), 4);
  });

  it('by its content, whatever its name ends in', async () => {
    const board = await decodeBoard(file('really-a-png.jpg', await solid(8, 8, RED).png().toBuffer()));
    expect(pixel(board, 4, 4)).toEqual([200, 30, 40]);
  });

  it('from a name with spaces, quotes, emoji and brackets', async () => {
    const board = await decodeBoard(file(`a 'b' "c" 🎬 [page=2] %d.png`, await solid(8, 8, RED).png().toBuffer()));
    expect(board.width).toBe(8);
  });

  it('upright when its EXIF says it lies on its side', async () => {
    const left = picture(30, 20, (x) => (x < 15 ? [255, 0, 0] : [0, 0, 255]));
    const bytes = await sharp(left.rgb, { raw: { width: 30, height: 20, channels: 3 } })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const board = await decodeBoard(file('phone.jpg', bytes));
    expect([board.width, board.height]).toEqual([20, 30]);
    expectNear(pixel(board, 10, 4), [254, 0, 0], 6);
    expectNear(pixel(board, 10, 25), [0, 0, 254], 6);
  });

  it('with white paper where it is transparent, or the paper asked for', async () => {
    const at = file('glass.png', await solid(10, 10, [0, 0, 0, 0]).png().toBuffer());
    expect(pixel(await decodeBoard(at), 5, 5)).toEqual([255, 255, 255]);
    expect(pixel(await decodeBoard(at, { paper: { r: 240, g: 235, b: 220 } }), 5, 5)).toEqual([240, 235, 220]);
    const half = await decodeBoard(file('half.png', await solid(10, 10, [0, 0, 0, 128]).png().toBuffer()));
    expectNear(pixel(half, 5, 5), [127, 127, 127], 1);
  });

  it('from 16-bit grey with alpha', async () => {
    const grey = Uint16Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? 0x8080 : 0xffff));
    const bytes = await sharp(grey, { raw: { width: 8, height: 4, channels: 2 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    expectNear(pixel(await decodeBoard(file('grey16.png', bytes)), 3, 2), [128, 128, 128], 1);
  });

  it('from 16-bit colour: clear parts are as white as the paper', async () => {
    const data = new Uint16Array(4 * 4 * 4);
    const bytes = await sharp(data, { raw: { width: 4, height: 4, channels: 4 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    expect(pixel(await decodeBoard(file('rgba16.png', bytes)), 1, 1)).toEqual([255, 255, 255]);
  });

  it('from a Display P3 file, converted to sRGB', async () => {
    const bytes = await solid(16, 16, RED).withIccProfile('p3').png().toBuffer();
    const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    expect(Math.abs((stored[0] ?? 0) - 200)).toBeGreaterThan(8);
    expectNear(pixel(await decodeBoard(file('p3.png', bytes)), 8, 8), RED.slice(0, 3), 2);
  });

  it('from CMYK', async () => {
    const skin = [150, 110, 90, 255] as const;
    const bytes = await solid(32, 32, skin).flatten().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe('cmyk');
    expectNear(pixel(await decodeBoard(file('print.jpg', bytes)), 16, 16), skin.slice(0, 3), 16);
    const white = await solid(16, 16, [255, 255, 255, 255])
      .flatten()
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    expect(pixel(await decodeBoard(file('paper.jpg', white)), 8, 8)).toEqual([255, 255, 255]);
  });

  it('scaled down where memory asks for it, keeping its shape', async () => {
    const board = await decodeBoard(file('big.png', await solid(400, 200, RED).png().toBuffer()), {
      maxPixels: 20_000,
    });
    expect([board.width, board.height]).toEqual([200, 100]);
  });
});

describe('a Photoshop board', () => {
  const layers = [
    { name: 'paper', imageData: psdPixels(20, 10, [250, 250, 240, 255]) },
    { name: 'figure', left: 5, top: 2, imageData: psdPixels(6, 4, [10, 20, 30, 255]), opacity: 0.5 },
    { name: 'note to self', hidden: true, imageData: psdPixels(20, 10, [255, 0, 0, 255]) },
  ];
  const composite = psdPixels(20, 10, [99, 98, 97, 255]);

  it('shows its flattened picture and hands out the visible layers, bottom first', async () => {
    const board = await decodeBoard(
      file('layers.psd', psdFile({ width: 20, height: 10, children: layers, imageData: composite })),
    );
    expect(pixel(board, 1, 1)).toEqual([99, 98, 97]);
    expect(board.layers?.map((layer) => layer.name)).toEqual(['paper', 'figure']);
    const figure = board.layers?.[1]?.rgba ?? new Uint8Array();
    const rgba = (x: number, y: number): number[] => [...figure.subarray((y * 20 + x) * 4, (y * 20 + x) * 4 + 4)];
    expect(rgba(5, 2)).toEqual([10, 20, 30, 128]);
    expect(rgba(4, 2)[3]).toBe(0);
  });

  it('saved without a flattened picture is put together from its layers', async () => {
    const board = await decodeBoard(
      file('bare.psd', psdFile({ width: 20, height: 10, children: layers, imageData: composite }, false)),
    );
    expect(pixel(board, 1, 1)).toEqual([250, 250, 240]);
    expectNear(pixel(board, 7, 3), [130, 135, 135], 1);
  });

  it('takes groups, masks and layers over the edge', async () => {
    const mask = {
      left: 0,
      top: 0,
      right: 4,
      bottom: 10,
      defaultColor: 0,
      imageData: psdPixels(4, 10, [255, 255, 255, 255]),
    };
    const children = [
      { name: 'paper', imageData: psdPixels(20, 10, [255, 255, 255, 255]) },
      {
        name: 'group',
        opacity: 1,
        children: [{ name: 'over', left: -3, top: -3, imageData: psdPixels(30, 30, [0, 0, 0, 255]), mask }],
      },
      { name: 'off', hidden: true, children: [{ name: 'unseen', imageData: psdPixels(20, 10, [255, 0, 0, 255]) }] },
    ];
    const board = await decodeBoard(
      file('groups.psd', psdFile({ width: 20, height: 10, children, imageData: composite }, false)),
    );
    expect([pixel(board, 2, 5), pixel(board, 10, 5)]).toEqual([
      [0, 0, 0],
      [255, 255, 255],
    ]);
  });

  it('in Display P3 is converted to sRGB', async () => {
    const icc = (await sharp(await solid(2, 2, RED).withIccProfile('p3').png().toBuffer()).metadata()).icc;
    if (!icc) throw new Error('sharp gave no profile');
    const p3 = await sharp(await solid(2, 2, RED).withIccProfile('p3').png().toBuffer(), { ignoreIcc: true })
      .raw()
      .toBuffer();
    const stored = [p3[0] ?? 0, p3[1] ?? 0, p3[2] ?? 0, 255] as const;
    const psd = psdFile({ width: 6, height: 6, imageData: psdPixels(6, 6, stored) });
    expectNear(pixel(await decodeBoard(file('p3.psd', withPsdProfile(psd, icc))), 3, 3), RED.slice(0, 3), 2);
  });

  it('in a colour mode that cannot be read says which and what to do', async () => {
    const psd = psdFile({ width: 8, height: 8, imageData: psdPixels(8, 8, RED) });
    psd.writeUInt16BE(4, 24);
    await expectRefused(file('print.psd', psd), 'board-unreadable', /cmyk/);
    expect((await refused(path.join(folder(), 'print.psd'))).problem.action).toMatch(/RGB/);
  });

  it('of 16 or 32 bits a sample is brought to 8', () => {
    const wide = { width: 1, height: 1, data: Uint16Array.of(0, 0x8080, 0xffff, 0xffff) };
    expect([...rgba8(wide).data]).toEqual([0, 128, 255, 255]);
    const linear = { width: 1, height: 1, data: Float32Array.of(0, 0.2158605, 7, 0.5) };
    expect([...rgba8(linear).data]).toEqual([0, 128, 255, 128]);
    expect([...rgba8({ width: 1, height: 1, data: Float32Array.of(NaN, -1, 0.001, 1) }).data]).toEqual([0, 0, 3, 255]);
  });

  it('cut short anywhere is refused, never half decoded', async () => {
    const whole = psdFile({ width: 64, height: 64, children: layers, imageData: psdPixels(64, 64, RED) });
    for (const part of [0.05, 0.3, 0.6, 0.9, 0.99]) {
      await expectRefused(
        file('cut.psd', whole.subarray(0, Math.floor(whole.length * part))),
        'board-unreadable',
        /cut short|damaged/,
      );
    }
  });
});

describe('what is no board is refused with a word on why', () => {
  it('missing', () => expectRefused(path.join(folder(), 'gone.png'), 'board-missing'));

  it('in a folder that is a file', async () => {
    await expectRefused(path.join(file('plain.txt', 'x'), 'a.png'), 'board-missing');
  });

  it('a folder', async () => {
    mkdirSync(path.join(folder(), 'folder.png'));
    await expectRefused(path.join(folder(), 'folder.png'), 'board-unreadable', /not a file/);
  });

  it('empty', () => expectRefused(file('empty.png', ''), 'board-unreadable', /empty/));

  it.each([
    ['text.png', 'hello'],
    [
      'drawing.svg',
      '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    ],
    ['scan.pdf', '%PDF-1.7 …'],
    ['playlist.png', '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST'],
    ['concat.png', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
    ['head.png', '\x89PNG'],
  ])('%s', (name, content) => expectRefused(file(name, Buffer.from(content, 'latin1')), 'board-unreadable'));

  it.each(['png', 'jpeg', 'webp', 'tiff', 'gif'] as const)('a %s cut short', async (format) => {
    const noisy = picture(96, 96, (x, y) => [(x * 31 + y * 17) % 256, (x * y) % 256, (x * 7) % 256]);
    const bytes = await sharp(noisy.rgb, { raw: { width: 96, height: 96, channels: 3 } })
      .toFormat(format, { quality: 95 })
      .toBuffer();
    for (const part of [0.1, 0.5, 0.9]) {
      await expectRefused(
        file(`cut.${format}`, bytes.subarray(0, Math.floor(bytes.length * part))),
        'board-unreadable',
      );
    }
  });

  it('a PNG whose pixels were altered', async () => {
    const bytes = await sharp(picture(64, 64, (x, y) => [x * 4, y * 4, 9]).rgb, {
      raw: { width: 64, height: 64, channels: 3 },
    })
      .png()
      .toBuffer();
    bytes.fill(0x5a, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 40);
    await expectRefused(file('altered.png', bytes), 'board-unreadable');
  });

  it('30000×30000, before anything is decoded', async () => {
    await expectRefused(file('huge.png', await pngClaiming(30_000, 30_000)), 'board-too-large', /30000×30000/);
    await expectRefused(file('huge.jpg', await jpegClaiming(30_000, 30_000)), 'board-too-large', /30000×30000/);
    const psd = psdFile({ width: 1, height: 1, imageData: psdPixels(1, 1, RED) });
    psd.writeUInt32BE(30_000, 14);
    psd.writeUInt32BE(30_000, 18);
    await expectRefused(file('huge.psd', psd), 'board-too-large', /30000×30000/);
  });

  it('a few bytes that claim millions of pixels', async () => {
    await expectRefused(file('bomb.png', await pngClaiming(16_000, 12_000)), 'board-unreadable');
  });
});
