/** Boards and the masks of their moving parts, from real files. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { readBoards } from '../../companion-app/render/boards';
import type { MotionRegion, Size } from '../../shared/shot';
import { temporaryFolder } from '../media/temp-folder';
import { drawBoard, orderFor, sha256Of } from './orders';

const folder = temporaryFolder('boards');
const size: Size = { width: 160, height: 90 };
const signal = new AbortController().signal;

const region = (name: string, mask: string): MotionRegion => ({
  ...{ id: name, name, outline: [], mask, from: 0, to: 8, ease: 'linear' },
  path: [{ x: 0, y: 0 }, { x: 0.2, y: 0 }],
}); // prettier-ignore

/** A mask that is white in its right half: grey, coloured or with clear parts. */
async function drawMask(name: string, width: number, height: number, how: 'grey' | 'clear'): Promise<string> {
  const file = path.join(folder(), name);
  const rest = how === 'grey' ? '<rect width="100%" height="100%"/>' : '';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${rest}<rect x="50%" width="50%" height="100%" fill="#fff"/></svg>`;
  const picture = sharp(Buffer.from(svg));
  await (how === 'grey' ? picture.flatten().greyscale() : picture).png().toFile(file);
  return file;
}

async function read(masks: readonly string[], sent: readonly string[] = masks, board?: string) {
  const drawn = board ?? (await drawBoard(path.join(folder(), 'board.png'), 320, 180));
  const hashes = masks.map((file) => sha256Of(file));
  const order = orderFor({
    dir: folder(),
    boards: [drawn],
    shot: { regions: hashes.map((hash, i) => region(`part ${i + 1}`, hash)) },
  });
  const files = sent.map((file) => ({ path: file, sha256: sha256Of(file) }));
  return { hashes, boards: await readBoards({ ...order, boards: [...order.boards, ...files] }, size, signal) };
}

test.each([
  ['the board’s own size, grey', 320, 180, 'grey'],
  ['a quarter of it, clear where the part is not', 80, 45, 'clear'],
  ['rounded to odd pixels', 107, 60, 'grey'],
] as const)('a mask of %s is read as grey, one value a pixel', async (_what, width, height, how) => {
  const file = await drawMask(`${width}.png`, width, height, how);
  const { hashes, boards } = await read([file, file]);
  const mask = boards[0]!.masks!.get(hashes[0]!)!;
  expect([boards[0]!.masks!.size, mask.width, mask.height, mask.grey.length]).toEqual([
    1,
    width,
    height,
    width * height,
  ]);
  const row = Math.floor(height / 2) * width;
  expect([mask.grey[row + Math.floor(width / 4)], mask.grey[row + Math.floor((3 * width) / 4)]]).toEqual([0, 255]);
});

test('a mask of another shape than its board is refused, with both sizes', async () => {
  const file = await drawMask('square.png', 100, 100, 'grey');
  await expect(read([file])).rejects.toMatchObject({
    problem: { code: 'shot-invalid', message: expect.stringMatching(/part 1 is 100 × 100.*320 × 180/) as string },
  });
});

test('a mask that did not arrive, is no picture, or is gone from the disk says which part it was for', async () => {
  const file = await drawMask('half.png', 160, 90, 'grey');
  await expect(read([file], [])).rejects.toMatchObject({
    problem: { code: 'board-missing', message: expect.stringContaining('mask of part 1') as string, retry: true },
  });
  const words = path.join(folder(), 'words.png');
  writeFileSync(words, 'white on black');
  await expect(read([words])).rejects.toMatchObject({
    problem: { code: 'board-unreadable', message: expect.stringContaining('mask of part 1') as string },
  });
  const board = await drawBoard(path.join(folder(), 'plain.png'), 320, 180);
  const order = orderFor({ dir: folder(), boards: [board], shot: { regions: [region('arm', 'a'.repeat(64))] } });
  const gone = {
    ...order,
    boards: [...order.boards, { sha256: 'a'.repeat(64), path: path.join(folder(), 'gone.png') }],
  };
  await expect(readBoards(gone, size, signal)).rejects.toMatchObject({
    problem: { code: 'board-missing', message: expect.stringContaining('mask of arm') as string },
  });
});

test('without regions boards carry no masks', async () => {
  const { boards } = await read([]);
  expect(boards[0]).not.toHaveProperty('masks');
});
