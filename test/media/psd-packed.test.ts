/** Photoshop files of 16 bits whose flattened picture is packed by run lengths, as GIMP and ImageMagick write them. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeBoard } from '../../companion-app/media';
import { temporaryFolder } from './temp-folder';

const folder = temporaryFolder('psd-packed');
const [RGB, GREY] = [3, 1];

/** A flat file of rows that are one colour each; a row is packed as a run of its high and low bytes in turn. */
function packed(mode: number, rows: readonly (readonly number[])[], width: number): Buffer {
  const channels = mode === GREY ? 1 : 3;
  const head = Buffer.alloc(26 + 12);
  head.write('8BPS');
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(channels, 12);
  head.writeUInt32BE(rows.length, 14);
  head.writeUInt32BE(width, 18);
  head.writeUInt16BE(16, 22);
  head.writeUInt16BE(mode, 24);
  const lines = Array.from({ length: channels }, (_, channel) =>
    rows.map((row) => {
      const value = row[channel] ?? 0;
      const samples = Buffer.alloc(2 * width);
      for (let x = 0; x < width; x += 1) samples.writeUInt16BE(value, 2 * x);
      // Equal bytes make a run, others stand as they are.
      return value >> 8 === (value & 255)
        ? Buffer.from([257 - samples.length, value & 255])
        : Buffer.concat([Buffer.from([samples.length - 1]), samples]);
    }),
  ).flat();
  const lengths = Buffer.alloc(2 + 2 * lines.length);
  lengths.writeUInt16BE(1, 0);
  lines.forEach((line, i) => lengths.writeUInt16BE(line.length, 2 + 2 * i));
  return Buffer.concat([head, lengths, ...lines]);
}

test.each([
  [
    'in colour',
    RGB,
    [
      [0xeeee, 0xe8e8, 0x1234],
      [0, 0xffff, 0x8080],
    ],
    [238, 232, 18, 0, 255, 128],
  ],
  ['in grey', GREY, [[0xe8e8], [0x1234]], [232, 232, 232, 18, 18, 18]],
] as const)('are read %s', async (how, mode, rows, expected) => {
  const file = path.join(folder(), `${how}.psd`);
  writeFileSync(file, packed(mode, rows, 5));
  const { width, height, rgb } = await decodeBoard(file);
  expect([width, height]).toEqual([5, 2]);
  expect([...rgb.subarray(0, 3), ...rgb.subarray(15, 18)]).toEqual(expected);
});
