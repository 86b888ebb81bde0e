/** Boards on the disk: whole or absent, whatever is said about them and whatever happens in between. */
import { execFileSync, spawnSync } from 'node:child_process';
import { link, lstat, mkdir, open, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { BoardStore, type BoardUpload } from '../../companion-app/gateway';
import { storageError } from '../../companion-app/gateway/storage-problem';
import { toProblem } from '../../shared/problem';
import { temporaryFolder } from './support/rig';
import { boardBytes, sha256 } from './support/samples';

let folder: string;
let boardsFolder: string;
let store: BoardStore;
const begun: BoardUpload[] = [];
beforeEach(async () => {
  folder = await temporaryFolder();
  boardsFolder = path.join(folder, 'boards');
  store = await BoardStore.open({ folder: boardsFolder, maxBytes: 1_000_000, reserveBytes: 0 });
});
afterEach(async () => {
  for (const upload of begun.splice(0)) await upload.close(); // harmless where it has ended
  await rm(folder, { recursive: true, force: true });
});

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => toProblem(error).code,
  );
const board = boardBytes(10_000);
const hash = sha256(board);
const begin = async (bytes = board.length, of = hash) => {
  const upload = await store.begin({ sha256: of, bytes });
  if (!upload) throw new Error('the board is there already');
  begun.push(upload);
  return upload;
};

test('pieces of any size make the board, once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 5_000 }),
      fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 20 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
      async (bytes, cuts, drops) => {
        const sum = sha256(bytes);
        let upload = await store.begin({ sha256: sum, bytes: bytes.length });
        if (!upload) return;
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const piece = bytes.subarray(at, at + cuts[i % cuts.length]!);
          await upload.write(at, piece);
          at += piece.length;
          if (!drops[i % drops.length]!) continue;
          await upload.close(); // the connection is gone; a later one goes on
          upload = await begin(bytes.length, sum);
          expect(upload.offset).toBe(at);
        }
        await upload.finish();
        expect((await readFile(store.fileOf(sum))).equals(bytes)).toBe(true);
        expect(await store.begin({ sha256: sum, bytes: bytes.length })).toBeNull();
      },
    ),
    { numRuns: 40 },
  );
  expect((await readdir(boardsFolder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('only this user can read what is stored', async () => {
  const upload = await begin();
  await upload.write(0, board);
  await upload.finish();
  expect((await lstat(boardsFolder)).mode & 0o777).toBe(0o700);
  expect((await lstat(store.fileOf(hash))).mode & 0o777).toBe(0o600);
});

test('missing names each absent board once', async () => {
  const upload = await begin();
  await upload.write(0, board);
  expect(await store.missing([hash, sha256('b'), sha256('b')])).toEqual([hash, sha256('b')]);
  expect(await store.pathOf(hash)).toBeNull();
  await upload.finish();
  expect(await store.missing([hash, sha256('b')])).toEqual([sha256('b')]);
  expect(await store.pathOf(hash)).toBe(store.fileOf(hash));
});

test('a board that is not what it claims to be leaves nothing behind', async () => {
  const other = await begin();
  await other.write(0, boardBytes(10_000, 2));
  expect(await codeOf(other.finish())).toBe('upload-mismatch');
  const short = await begin();
  await short.write(0, board.subarray(0, 9_999));
  expect(await codeOf(short.finish())).toBe('upload-mismatch');
  const long = await begin(9_999);
  expect(await codeOf(long.write(0, board))).toBe('upload-mismatch');
  await long.discard();
  expect(await readdir(boardsFolder)).toEqual([]);
});

test('a piece out of its place is refused, and what came before is kept', async () => {
  const upload = await begin();
  await upload.write(0, board.subarray(0, 100));
  expect(await codeOf(upload.write(99, board.subarray(99, 200)))).toBe('out-of-order');
  expect(await codeOf(upload.write(101, board.subarray(101, 200)))).toBe('out-of-order');
  await upload.close();
  expect((await begin()).offset).toBe(100);
});

test('one upload of a board at a time; others of other boards go on', async () => {
  const first = await begin();
  expect(await codeOf(store.begin({ sha256: hash, bytes: board.length }))).toBe('busy');
  const second = boardBytes(10, 3);
  const other = await begin(10, sha256(second));
  await other.write(0, second);
  await other.finish();
  await first.discard();
  await first.discard(); // twice is harmless
  expect((await begin()).offset).toBe(0);
});

test('a part longer than the board was said to be is begun anew', async () => {
  const upload = await begin();
  await upload.write(0, board.subarray(0, 600));
  await upload.close();
  expect((await begin(500)).offset).toBe(0);
});

test('a part spoilt on the disk is found out, thrown away, and sent again', async () => {
  const upload = await begin();
  await upload.write(0, board.subarray(0, 5_000));
  await upload.close();
  await writeFile(`${store.fileOf(hash)}.part`, Buffer.alloc(5_000));
  const spoilt = await begin();
  expect(spoilt.offset).toBe(5_000);
  await spoilt.write(5_000, board.subarray(5_000));
  expect(await codeOf(spoilt.finish())).toBe('upload-mismatch');
  const again = await begin();
  expect(again.offset).toBe(0);
  await again.write(0, board);
  await again.finish();
});

test('nothing is written through a link', async () => {
  const victim = path.join(folder, 'victim');
  await writeFile(victim, 'precious');
  await symlink(victim, `${store.fileOf(hash)}.part`);
  expect(await codeOf(store.begin({ sha256: hash, bytes: board.length }))).toBe('folder-unwritable');
  expect(await readFile(victim, 'utf8')).toBe('precious');
});

test('what is no SHA-256 never becomes a path', async () => {
  for (const name of ['../x', '', 'A'.repeat(64), `${hash}/..`, `${hash}\0`, hash.slice(1)]) {
    expect(() => store.fileOf(name)).toThrow(RangeError);
    await expect(store.begin({ sha256: name, bytes: 1 })).rejects.toThrow(RangeError);
  }
});

test.each([0, -1, 1.5, Number.NaN, 1_000_001])('a board of %p bytes is refused', async (bytes) => {
  expect(await codeOf(store.begin({ sha256: hash, bytes }))).toBe('board-too-large');
});

test('a disk without room is told of before the first byte, and keeps nothing', async () => {
  store = await BoardStore.open({
    folder: boardsFolder,
    maxBytes: 1_000_000,
    reserveBytes: 500,
    freeBytes: async () => 10_000,
  });
  expect(await codeOf(store.begin({ sha256: hash, bytes: 10_000 }))).toBe('disk-full');
  expect(await readdir(boardsFolder)).toEqual([]);
  const small = await begin(9_500);
  await small.close();
});

test('a disk that fills up while a board arrives is told of in the same words', async () => {
  const full = await open('/dev/full', 'w');
  const thrown = await full.write(Buffer.alloc(1)).catch((error: unknown) => error);
  await full.close();
  expect(toProblem(storageError(thrown))).toMatchObject({ code: 'disk-full', retry: true });
});

/** A file system of 256 KB needs a mount, which only an administrator may make. */
const canMount = process.platform === 'linux' && spawnSync('unshare', ['-m', 'true']).status === 0;
(canMount ? test : test.skip)('a real file system that is full (skipped where mounting is not allowed)', async () => {
  const mount = path.join(folder, 'small');
  await mkdir(mount);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', mount]);
  try {
    store = await BoardStore.open({ folder: path.join(mount, 'b'), maxBytes: 1_000_000, freeBytes: async () => 1e9 });
    const big = boardBytes(500_000);
    const upload = await begin(big.length, sha256(big));
    const write = async (): Promise<void> => {
      for (let at = 0; at < big.length; at += 50_000) await upload.write(at, big.subarray(at, at + 50_000));
    };
    expect(await codeOf(write())).toBe('disk-full');
    await upload.discard();
    const small = boardBytes(100_000);
    const next = await begin(small.length, sha256(small));
    await next.write(0, small);
    await next.finish();
    expect(await readdir(path.join(mount, 'b'))).toEqual([sha256(small)]);
  } finally {
    execFileSync('umount', [mount]);
  }
});

test('a folder that cannot be made or written to', async () => {
  await writeFile(path.join(folder, 'file'), '');
  expect(await codeOf(BoardStore.open({ folder: path.join(folder, 'file', 'boards'), maxBytes: 1 }))).toBe(
    'folder-unwritable',
  );
  await rm(boardsFolder, { recursive: true });
  expect(await codeOf(store.begin({ sha256: hash, bytes: 10 }))).toBe('folder-unwritable');
  for (const code of ['EROFS', 'EACCES', 'EPERM']) {
    expect(toProblem(storageError(Object.assign(new Error(code), { code }))).code).toBe('folder-unwritable');
  }
});

test('sweep removes old parts, and nothing else', async () => {
  const open = await begin();
  const done = boardBytes(5, 9);
  const whole = await begin(5, sha256(done));
  await whole.write(0, done);
  await whole.finish();
  const stale = path.join(boardsFolder, `${sha256('stale')}.part`);
  const fresh = path.join(boardsFolder, `${sha256('fresh')}.part`);
  for (const file of [stale, fresh]) await writeFile(file, 'x');
  await link(stale, path.join(boardsFolder, 'notes.part'));
  await utimes(stale, 1, 1);
  await utimes(`${store.fileOf(hash)}.part`, 1, 1);
  await utimes(store.fileOf(sha256(done)), 1, 1);
  expect(await store.sweep(1_000_000)).toBe(1);
  expect((await readdir(boardsFolder)).sort()).toEqual(
    [`${hash}.part`, path.basename(fresh), sha256(done), 'notes.part'].sort(),
  );
  await open.close();
});
