/** Boards made to harm: other formats under a picture's name, bombs, animations without end. */
import type { Layer } from 'ag-psd';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { boardPicture, decodeBoard, layerBoard } from '../../companion-app/media';
import { boardShape } from '../../companion-app/media/board/board-shape';
import { toProblem } from '../../shared/problem';
import { pngClaiming, psdFile, psdPixels, zippedPsd } from './board-files';
import { temporaryFolder } from './temp-folder';

const folder = temporaryFolder('hostile-boards');
const file = (name: string, bytes: string | Uint8Array): string => {
  const at = path.join(folder(), name);
  writeFileSync(at, bytes);
  return at;
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'read',
    (error: unknown) => toProblem(error).code,
  );
const layer = (at: string): { name: string; path: string; opacity: number } => ({ name: 'fill', path: at, opacity: 1 });
const BLANK = { width: 8, height: 8 };

/** What ffmpeg, librsvg or poppler would open, and follow; libvips alone would draw the first. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'],
  ['an HLS playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'],
  ['a list of files', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
  ['a PDF', '%PDF-1.7\n1 0 obj\n'],
  ['a portable pixmap', `P6 2 2 255\n${'x'.repeat(12)}`],
];

test.each(OTHERS)('%s under the name of a PNG is opened by no decoder, whichever way it comes in', async (_, text) => {
  const at = file('board.png', text);
  expect(await codeOf(decodeBoard(at))).toBe('board-unreadable');
  expect(await codeOf(boardPicture(at, 64))).toBe('board-unreadable');
  expect(await codeOf(layerBoard([layer(at)], BLANK))).toBe('board-unreadable');
  expect(await boardShape(at)).toBeNull();
});

test('a layer that claims more pixels than a board may have is refused before it is decoded', async () => {
  const at = file('huge.png', await pngClaiming(30_000, 30_000));
  expect(await codeOf(layerBoard([layer(at)], BLANK))).toBe('board-too-large');
  expect(await codeOf(boardPicture(at, 64))).toBe('board-too-large');
});

test('layers that would fill the memory together are refused: a narrow one and a flat one make a huge sheet', async () => {
  const blank = async (width: number, height: number): Promise<string> =>
    file(
      `${width}x${height}.png`,
      await sharp({ create: { width, height, channels: 3, background: '#fff' } })
        .png()
        .toBuffer(),
    );
  const [narrow, flat] = [await blank(2, 16_000), await blank(16_000, 2)];
  expect(await codeOf(layerBoard([layer(narrow), layer(flat)], BLANK))).toBe('board-too-large');
  const [wide, high] = [await blank(12_000, 2), await blank(2, 12_000)];
  const many = [wide, high, wide, high].map(layer);
  expect(await codeOf(layerBoard(many, BLANK))).toBe('board-too-large');
});

test('of an animation of a thousand frames only the first is decoded', async () => {
  const side = 64;
  const frames = 1000;
  const raw = { width: side, height: side * frames, channels: 3, pageHeight: side } as const;
  const pixels = Buffer.alloc(side * side * frames * 3, 200).fill(20, 0, side * side * 3);
  const gif = await sharp(pixels, { raw }).gif({ effort: 1, dither: 0, colours: 4 }).toBuffer();
  expect((await sharp(gif).metadata()).pages).toBeGreaterThan(1);
  const board = await decodeBoard(file('animated.gif', gif));
  expect([board.width, board.height]).toEqual([side, side]);
  expect(board.rgb[0]).toBeLessThan(60);
});

test('a Photoshop layer that unfolds to more than its pixels is refused before it is unfolded', async () => {
  const good = await decodeBoard(file('zipped.psd', zippedPsd(8, 64)));
  expect([good.width, good.layers?.length, good.layers?.[0]?.rgba[0]]).toEqual([8, 2, 99]);
  const bomb = file('bomb.psd', zippedPsd(8, 4_000_000));
  expect(await codeOf(decodeBoard(bomb))).toBe('board-too-large');
  expect(await codeOf(boardPicture(bomb, 64))).toBe('board-too-large');
});

test('Photoshop groups in groups without end are refused', async () => {
  const ink: Layer = { name: 'ink', imageData: psdPixels(4, 4, [9, 9, 9, 255]) };
  const nested = (depth: number): Uint8Array => {
    let layer = ink;
    for (let i = 0; i < depth; i += 1) layer = { name: 'group', children: [layer] };
    return psdFile({ width: 4, height: 4, imageData: psdPixels(4, 4, [9, 9, 9, 255]), children: [layer] });
  };
  expect(await codeOf(decodeBoard(file('nested.psd', nested(10))))).toBe('read');
  expect(await codeOf(decodeBoard(file('deep.psd', nested(150))))).toBe('board-unreadable');
});

test('thousands of layers on a board that has no flattened picture are not laid on one another', async () => {
  const dot: Layer = { name: 'dot', imageData: psdPixels(1, 1, [9, 9, 9, 255]) };
  const [side, layers] = [1_000, 3_300];
  const imageData = psdPixels(side, side, [9, 9, 9, 255]);
  const psd = psdFile({ width: side, height: side, imageData, children: new Array<Layer>(layers).fill(dot) }, false);
  expect(await codeOf(decodeBoard(file('dots.psd', psd)))).toBe('board-unreadable');
});
