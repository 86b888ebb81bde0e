/** Boards on their way to the companion over wires that break. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { readerOf, type BoardReader } from '../../../plugin/link';
import { LIMITS } from '../../../shared/protocol';
import { toProblem, type Problem } from '../../../shared/problem';
import { RawClient } from '../../gateway/support/raw-client';
import { startRig, type Rig } from '../../gateway/support/rig';
import { boardBytes, sha256 } from '../../gateway/support/samples';
import { openPanel, reach, until, type Panel } from './support/panel';
import { startProxy, type Proxy } from './support/proxy';

let rig: Rig;
let proxy: Proxy;
let panel: Panel;
const board = boardBytes(3_000_000);
const order = (reader: BoardReader, hash = sha256(board)) => ({ reader, sha256: hash, name: 'SH010_A.png' });
const stored = async (hash = sha256(board)): Promise<Buffer> => readFile(rig.boards.fileOf(hash));
const problemOf = (work: Promise<unknown>): Promise<Problem | null> =>
  work.then(
    () => null,
    (error: unknown) => toProblem(error),
  );
beforeEach(async () => {
  rig = await startRig();
  proxy = await startProxy(rig.port);
  panel = openPanel(rig.port, rig.token, { urls: [proxy.url], requestMs: 10_000 });
  panel.link.connect();
  await reach(panel.link, 'connected');
});
afterEach(async () => {
  panel.link.close();
  await proxy.close();
  await rig.close();
});

/** Counts the bytes read, and can hold reading up. */
function counting(bytes: Uint8Array, before: (offset: number) => Promise<void> = () => Promise.resolve()) {
  const reader = readerOf(bytes);
  const counted = {
    bytes: reader.bytes,
    read: 0,
    reader: {
      bytes: reader.bytes,
      read: async (offset: number, length: number) => {
        await before(offset);
        counted.read += length;
        return reader.read(offset, length);
      },
    },
  };
  return counted;
}

test('whole, with progress that ends at the end', async () => {
  const done: number[] = [];
  await panel.link.uploadBoard({ ...order(readerOf(board)), onProgress: (bytes) => done.push(bytes) }).done;
  expect((await stored()).equals(board)).toBe(true);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(done.at(-1)).toBe(board.length);
});

test('a board that is there already costs one question', async () => {
  await panel.link.uploadBoard(order(readerOf(board))).done;
  const again = counting(board);
  const done: number[] = [];
  await panel.link.uploadBoard({ ...order(again.reader), onProgress: (bytes) => done.push(bytes) }).done;
  expect([again.read, done]).toEqual([0, [board.length]]);
});

test('never more than a window ahead of what was acknowledged', async () => {
  const big = boardBytes(6_000_000, 5);
  let acknowledged = 0;
  let most = 0;
  const ahead = counting(big, async (offset) => {
    most = Math.max(most, offset + LIMITS.chunkBytes - acknowledged);
  });
  const upload = panel.link.uploadBoard({
    ...order(ahead.reader, sha256(big)),
    onProgress: (bytes) => {
      acknowledged = bytes;
    },
  });
  await upload.done;
  expect(most).toBeGreaterThan(LIMITS.chunkBytes);
  expect(most).toBeLessThanOrEqual(LIMITS.windowBytes);
});

test('cut in the middle it goes on from where the companion has it', async () => {
  const counted = counting(board);
  proxy.cutAfter(1_500_000);
  await panel.link.uploadBoard(order(counted.reader)).done;
  expect(proxy.count).toBe(2);
  expect((await stored()).equals(board)).toBe(true);
  expect(counted.read).toBeLessThan(board.length + LIMITS.windowBytes + LIMITS.chunkBytes);
});

test('wherever and however often the wire is cut, the board arrives', async () => {
  let seed = 100;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 900_000 }), { maxLength: 4 }), async (cuts) => {
      const bytes = boardBytes(1_200_000, seed++);
      const upload = panel.link.uploadBoard(order(readerOf(bytes), sha256(bytes)));
      let arrived = false;
      void upload.done.then(() => (arrived = true));
      for (const cut of cuts) {
        const before = proxy.count;
        proxy.cutAfter(cut);
        await until(() => arrived || proxy.count > before);
      }
      proxy.cutAfter(Infinity);
      await upload.done;
      expect((await stored(sha256(bytes))).equals(bytes)).toBe(true);
    }),
    { numRuns: 12 },
  );
});

test('the companion dies and comes back', async () => {
  let killed = false;
  const counted = counting(board, async (offset) => {
    if (killed || offset < 1_000_000) return;
    killed = true;
    await rig.restart();
  });
  await panel.link.uploadBoard(order(counted.reader)).done;
  expect((await stored()).equals(board)).toBe(true);
});

test('several at once, more than the companion takes at a time', async () => {
  const boards = Array.from({ length: 9 }, (_, i) => boardBytes(300_000, 50 + i));
  await Promise.all(boards.map((bytes) => panel.link.uploadBoard(order(readerOf(bytes), sha256(bytes))).done));
  expect(await rig.boards.missing(boards.map(sha256))).toEqual([]);
});

test('a board that another panel is sending is waited for', async () => {
  const other = await RawClient.welcomed(rig, 'other');
  other.say({ type: 'upload-begin', ref: 'u', sha256: sha256(board), bytes: board.length, name: 'x' });
  await other.next('upload-ready');
  const upload = panel.link.uploadBoard(order(readerOf(board)));
  await until(() => proxy.passed > 1_000);
  await other.close();
  await upload.done;
});

test('what lies spoilt at the companion is sent anew, once', async () => {
  await writeFile(`${rig.boards.fileOf(sha256(board))}.part`, Buffer.alloc(1_000_000));
  await panel.link.uploadBoard(order(readerOf(board))).done;
  expect((await stored()).equals(board)).toBe(true);
});

test('a file that is not what was hashed is given up after a few tries', async () => {
  const counted = counting(board);
  const problem = await problemOf(panel.link.uploadBoard(order(counted.reader, sha256('another'))).done);
  expect(problem?.code).toBe('upload-mismatch');
  expect(counted.read).toBe(3 * board.length);
});

test.each<[string, BoardReader['read']]>([
  ['cannot be read', () => Promise.reject(new Error('EIO'))],
  ['has become shorter', (_offset, length) => Promise.resolve(new Uint8Array(length - 1))],
])('a file that %s is an error of this board, and the companion forgets the part', async (_name, read) => {
  const failing = {
    bytes: board.length,
    read: (offset: number, length: number) =>
      offset < 600_000 ? readerOf(board).read(offset, length) : read(offset, length),
  };
  const problem = await problemOf(panel.link.uploadBoard(order(failing)).done);
  expect(problem).toMatchObject({ code: 'board-unreadable' });
  expect(problem?.message).toContain('SH010_A.png');
  await panel.link.list(); // the abort has been handled by now
  expect(
    await rig.boards.begin({ sha256: sha256(board), bytes: board.length }).then(async (upload) => {
      await upload?.close();
      return upload?.offset;
    }),
  ).toBe(0);
});

test('cancelled in the middle', async () => {
  const upload = panel.link.uploadBoard({
    ...order(
      counting(board, async (offset) => {
        if (offset > 1_000_000) upload.cancel();
      }).reader,
    ),
  });
  expect((await problemOf(upload.done))?.code).toBe('cancelled');
  await panel.link.list();
  await expect(stored()).rejects.toThrow();
});

test('cancelled, and closed, while there is no connection', async () => {
  await rig.stopGateway();
  await reach(panel.link, 'disconnected');
  const one = panel.link.uploadBoard(order(readerOf(board)));
  const two = panel.link.uploadBoard(order(readerOf(board)));
  one.cancel();
  expect((await problemOf(one.done))?.code).toBe('cancelled');
  panel.link.close();
  expect((await problemOf(two.done))?.code).toBe('cancelled');
});

test.each([
  ['disk-full', () => undefined],
  ['board-too-large', () => undefined],
])('%s is told and not tried again', async (code) => {
  if (code === 'disk-full') {
    const { BoardStore } = await import('../../../companion-app/gateway');
    await rig.restart({
      boards: await BoardStore.open({ folder: rig.boardsFolder, maxBytes: 1e8, freeBytes: async () => 0 }),
    });
  } else await rig.restart({ limits: { boardBytes: 1_000 } });
  await reach(panel.link, 'disconnected').catch(() => undefined);
  expect(await problemOf(panel.link.uploadBoard(order(readerOf(board))).done)).toMatchObject({ code });
});

test('a board folder that is gone is told', async () => {
  await rm(rig.boardsFolder, { recursive: true });
  expect(await problemOf(panel.link.uploadBoard(order(readerOf(board))).done)).toMatchObject({
    code: 'folder-unwritable',
  });
});

test('a progress listener that throws stops nothing', async () => {
  const throwing = () => {
    throw new Error('the progress bar is gone');
  };
  await panel.link.uploadBoard({ ...order(readerOf(board)), onProgress: throwing }).done;
});
