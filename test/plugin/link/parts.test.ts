/** The link's small parts by themselves. */
import fc from 'fast-check';
import { readerOf, sha256OfBoard, sha256OfBytes } from '../../../plugin/link';
import { batches, utf8Length } from '../../../plugin/link/batches';
import { Transfers, type TransferMessage } from '../../../plugin/link/transfers';
import { sha256 } from '../../gateway/support/samples';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((u) => String.fromCharCode(u)) }),
);

test('utf8Length is the length in UTF-8, lone surrogates included', () => {
  fc.assert(fc.property(anyText, (text) => expect(utf8Length(text)).toBe(Buffer.byteLength(text))));
});

test('batches keep order and content, and each message keeps to both limits', () => {
  fc.assert(
    fc.property(
      fc.array(anyText),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1_200, max: 3_000 }),
      (items, most, bytes) => {
        const fits = items.filter((item) => Buffer.byteLength(JSON.stringify(item)) + 1_025 <= bytes);
        const groups = batches(fits, most, bytes, () => 'x');
        expect(groups.flat()).toEqual(fits);
        for (const group of groups) {
          expect(group.length).toBeGreaterThan(0);
          expect(group.length).toBeLessThanOrEqual(most);
          expect(Buffer.byteLength(JSON.stringify({ type: 'submit', ref: 'r1', jobs: group }))).toBeLessThanOrEqual(
            bytes,
          );
        }
      },
    ),
  );
});

test('one item over the limit is named', () => {
  expect(() => batches(['a', 'b'.repeat(2_000)], 5, 2_000, (item) => `Shot ${item[0] ?? ''}`)).toThrow(
    /Shot b is too long/,
  );
});

test('SHA-256 in pieces is SHA-256', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
      expect(sha256OfBytes(bytes)).toBe(sha256(bytes));
      expect(await sha256OfBoard(readerOf(bytes))).toBe(sha256(bytes));
    }),
  );
  const long = Buffer.alloc(2_500_000, 7);
  const done: number[] = [];
  expect(await sha256OfBoard(readerOf(long), (bytes) => done.push(bytes))).toBe(sha256(long));
  expect(done).toEqual([1_048_576, 2_097_152, 2_500_000]);
});

test('messages about a transfer wait for whoever claims it, a few of them', () => {
  const transfers = new Transfers();
  const ack = (transfer: number, offset: number): TransferMessage => ({ type: 'upload-ack', transfer, offset });
  const got: TransferMessage[] = [];
  expect(transfers.take({ type: 'pong', ref: 'r' })).toBe(false);
  for (let i = 0; i < 20; i++) transfers.take(ack(2, i));
  transfers.take(ack(1, 99));
  const release = transfers.claim(2, (message) => got.push(message));
  transfers.take(ack(2, 20));
  release();
  transfers.take(ack(2, 21));
  expect(got).toEqual([...Array.from({ length: 15 }, (_, i) => ack(2, i + 5)), ack(2, 20)]);
  transfers.reset();
  transfers.claim(1, () => {
    throw new Error('of an earlier connection');
  });
});
