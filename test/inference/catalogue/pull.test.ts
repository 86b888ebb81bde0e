/** Pulling from servers that fail in every way servers do. */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  pullPack,
  verifyManifest,
  type CatalogueEntry,
  type PullProgress,
} from '../../../companion-app/inference/catalogue';
import { toProblem } from '../../../shared/problem';
import { entryFor, LARGE, noise, packFiles } from './support/packs';
import { startFileServer, type FileServer, type Way } from './support/server';

const SIZE = 300_000;
const files = packFiles(SIZE);

let packs = '';
let server: FileServer;
let entry: CatalogueEntry;
beforeEach(async () => {
  packs = await mkdtemp(join(tmpdir(), 'pull-'));
  server = await startFileServer();
  entry = entryFor(server, files);
});
afterEach(async () => {
  await server.close();
  await rm(packs, { recursive: true, force: true });
});

interface Told {
  readonly retries: string[];
  readonly waits: number[];
  readonly progress: PullProgress[];
}

function pull(
  given: Partial<Parameters<typeof pullPack>[1]> = {},
  what = entry,
): Promise<Awaited<ReturnType<typeof pullPack>>> & Told {
  const told: Told = { retries: [], waits: [], progress: [] };
  const { settings, ...rest } = given;
  const pulled = pullPack(what, {
    packs,
    acceptLicence: true,
    signal: new AbortController().signal,
    onProgress: (progress) => void told.progress.push(progress),
    onRetry: (message) => void told.retries.push(message),
    accept: () => Promise.resolve(),
    settings: {
      stallMs: 20_000,
      sleep: (ms) => {
        told.waits.push(ms);
        return Promise.resolve();
      },
      now: () => new Date('2026-01-02T03:04:05Z'),
      ...settings,
    },
    ...rest,
  });
  return Object.assign(pulled, told);
}

const problemOf = (pulled: Promise<unknown>) =>
  pulled.then(
    () => {
      throw new Error('it should not have worked');
    },
    (error: unknown) => toProblem(error),
  );
const target = (): string => join(packs, 'svd-tiny');
const asked = (path: string) => server.asked.filter((request) => request.path === path);
/** The byte a request asks to go on from. */
const start = (request: { readonly range?: string | undefined } | undefined): number =>
  Number(/^bytes=(\d+)-$/.exec(request?.range ?? '')?.[1]);
function expectUpTo(bytes: number, most: number): void {
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(most);
}
const visible = async (): Promise<string[]> => (await readdir(packs)).filter((name) => !name.startsWith('.'));

async function expectWhole(): Promise<void> {
  for (const [path, bytes] of files) expect((await readFile(join(target(), path))).equals(bytes)).toBe(true);
  expect(await verifyManifest(target())).toBe(files.size);
  expect(await readdir(packs)).toEqual(['svd-tiny']);
}

test('a pack is pulled, with a manifest of its bytes and of the licence accepted; a second pull asks nobody', async () => {
  for (const path of files.keys()) server.script.set(path, ['drip']);
  const pulled = pull();
  expect(await pulled).toMatchObject({ folder: target(), already: false });
  await expectWhole();
  const manifest: unknown = JSON.parse(await readFile(join(target(), 'inbetween-pack.json'), 'utf8'));
  expect(manifest).toMatchObject({
    name: 'svd-tiny',
    family: 'svd',
    licence: { name: 'Licence of the tests', acceptedAt: '2026-01-02T03:04:05.000Z' },
  });
  const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  expect(pulled.progress.at(-1)).toEqual({ bytes: total, of: total, files: files.size, ofFiles: files.size });
  expect(server.most()).toBe(3);
  expect(asked('model_index.json')).toHaveLength(1);
  expect(server.asked.at(-1)?.path).toBe('model_index.json');
  const before = server.asked.length;
  expect(await pull()).toMatchObject({ already: true });
  expect(server.asked).toHaveLength(before);
});

test('without the licence accepted nothing is asked of any server, and its text and the flag are told', async () => {
  const problem = await problemOf(pull({ acceptLicence: false }));
  expect(problem.code).toBe('licence-not-accepted');
  expect(problem.message).toContain('You may test with it.');
  expect(problem.action).toContain('--accept-licence');
  expect(server.asked).toHaveLength(0);
  expect(await readdir(packs)).toEqual([]);
});

const GOES_ON: readonly { way: Way; says: RegExp }[] = [
  { way: 'stall', says: /nothing came for/ },
  { way: 'die', says: /broke off/ },
  { way: 'short', says: /stopped .* before the end/ },
];

test.each(GOES_ON)('a server that does "$way" is asked only for the rest', async ({ way, says }) => {
  server.tags.set(LARGE, '"one"');
  server.script.set(LARGE, [way, way]);
  const pulled = pull(way === 'stall' ? { settings: { stallMs: 1000 } } : {});
  await pulled;
  await expectWhole();
  expect(pulled.retries).toHaveLength(2);
  expect(pulled.retries[0]).toMatch(says);
  const [first, second, third] = asked(LARGE);
  expect(first?.range).toBeUndefined();
  expect([second?.ifRange, third?.ifRange]).toEqual(['"one"', '"one"']);
  const [had, hadThen] = [start(second), start(third)];
  // Each answer sent half of what it was asked for; a connection that breaks may take with it what was not read yet.
  expectUpTo(had, SIZE / 2);
  expectUpTo(hadThen - had, (SIZE - had) / 2);
});

test.each<Way>(['reset', 'busy'])('a server that does "%s" is given time and asked again', async (way) => {
  server.script.set(LARGE, [way, way]);
  const pulled = pull();
  await pulled;
  await expectWhole();
  expect(pulled.waits).toHaveLength(2);
  expect(pulled.waits[1]).toBeGreaterThan(pulled.waits[0]!);
  if (way === 'busy') expect(pulled.waits.every((ms) => ms >= 1000)).toBe(true);
});

test('a file that changed between two answers is begun again, by its tag', async () => {
  server.tags.set(LARGE, '"old"');
  server.script.set(LARGE, ['die']);
  const wait = async (): Promise<void> => void server.tags.set(LARGE, '"new"');
  await pull({ settings: { sleep: wait } });
  await expectWhole();
  expect(asked(LARGE)[1]?.ifRange).toBe('"old"');
  expectUpTo(start(asked(LARGE)[1]), SIZE / 2);
});

test('pieces of different files, without a tag to tell, are found by the hash and begun again', async () => {
  server.files.set(LARGE, noise(SIZE, 99));
  server.script.set(LARGE, ['die']);
  const pulled = pull({
    settings: { sleep: async () => void server.files.set(LARGE, files.get(LARGE)!) },
  });
  await pulled;
  await expectWhole();
  expect(pulled.retries.at(-1)).toContain('SHA-256');
  const [first, second, third] = asked(LARGE);
  expect([first?.range, third?.range]).toEqual([undefined, undefined]);
  expectUpTo(start(second), SIZE / 2);
});

test('a server that ignores ranges sends all of it again', async () => {
  server.script.set(LARGE, ['die', 'ignore-range']);
  await pull();
  await expectWhole();
});

test('a server that sends another range than was asked for is not believed', async () => {
  server.script.set(LARGE, ['die', 'wrong-range']);
  const pulled = pull();
  await pulled;
  await expectWhole();
  expect(pulled.retries[1]).toContain('another range');
});

const REFUSED: readonly { way: Way; says: RegExp }[] = [
  { way: 'html', says: /web page instead of the file/ },
  { way: 'lie', says: /has a file of 301000 bytes; the catalogue says 300000/ },
  { way: 'more', says: /sends more than/ },
  { way: 'other-bytes', says: /SHA-256/ },
  { way: 'gone', says: /has no such file \(404\)/ },
  { way: 'forbidden', says: /wants a login.*\(403\)/ },
  { way: 'redirect-away', says: /not allowed/ },
];

test.each(REFUSED)('an answer of the kind "$way" is no file, and is told in words', async ({ way, says }) => {
  server.script.set(LARGE, [way]);
  const problem = await problemOf(pull());
  expect(problem).toMatchObject({ code: 'download-failed', retry: true });
  expect(problem.message).toMatch(says);
  expect(problem.message).toContain(LARGE);
  expect(problem.action).not.toBe('');
  expect(await visible()).toEqual([]);
  expect(asked(LARGE)).toHaveLength(1);
});

test('a server that sends round in circles is left', async () => {
  server.script.set(LARGE, new Array<Way>(9).fill('redirect-loop'));
  expect((await problemOf(pull())).message).toContain('more than 5 times');
  expect(asked(LARGE)).toHaveLength(6);
});

test('after so many failures in a row a file is given up; the rest is kept and not asked for again', async () => {
  server.script.set(LARGE, new Array<Way>(4).fill('reset'));
  const problem = await problemOf(pull({ settings: { attempts: 4, parallel: 1 } }));
  expect(problem).toMatchObject({ code: 'download-failed' });
  expect(asked(LARGE)).toHaveLength(4);
  expect(await visible()).toEqual([]);
  const before = server.asked.length;
  await pull();
  await expectWhole();
  expect(server.asked.slice(before).map(({ path }) => path)).toEqual([LARGE, 'model_index.json']);
});

test('the second address serves where the first does not', async () => {
  server.files.set('mirror', files.get(LARGE)!);
  server.script.set(LARGE, ['die', 'gone']);
  const mirrored = {
    ...entry,
    files: entry.files!.map((file) =>
      file.path === LARGE ? { ...file, urls: [...file.urls, `${server.address}/mirror`] } : file,
    ),
  };
  await pull({}, mirrored);
  await expectWhole();
  expect(asked('mirror')).toMatchObject([{ ifRange: undefined }]);
  expectUpTo(start(asked('mirror')[0]), SIZE / 2);
});

test('too little room is told before anything is asked for, with what is missing', async () => {
  const problem = await problemOf(pull({ settings: { freeBytes: () => Promise.resolve(100_000) } }));
  expect(problem.code).toBe('disk-full');
  expect(problem.message).toMatch(/3\d\d kB are needed .*, and 100 kB are free: 2\d\d kB are missing/);
  expect(server.asked).toHaveLength(0);
});

test('a disk that fills up while it is written to ends the pull; the next goes on', async () => {
  const free = [10_000_000, 1000];
  const settings = { freeBytes: () => Promise.resolve(free.shift() ?? 0), lookEvery: 50_000, parallel: 1 };
  server.script.set(LARGE, ['drip']);
  const problem = await problemOf(pull({ settings }));
  expect(problem.code).toBe('disk-full');
  expect(await visible()).toEqual([]);
  await pull();
  await expectWhole();
  expect(asked(LARGE).at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/);
});

test('what an abort leaves is hidden, goes on later, and a part with wrong bytes in it is found out', async () => {
  const stop = new AbortController();
  server.script.set(LARGE, ['stall']);
  const pulled = pull({
    signal: stop.signal,
    settings: { stallMs: 60_000 },
    onProgress: ({ files: whole }) => {
      if (whole === files.size - 2) setTimeout(() => stop.abort(new Error('stopped')), 50);
    },
  });
  expect((await problemOf(pulled)).message).toBe('stopped');
  expect(await visible()).toEqual([]);
  const part = join(packs, '.pull-svd-tiny', 'pack', `${LARGE}.part`);
  expect((await stat(part)).size).toBe(SIZE / 2);
  await writeFile(part, noise(SIZE / 2, 1));
  await pull();
  await expectWhole();
});

test('files of an older catalogue go, and a whole file with other bytes is pulled again', async () => {
  server.script.set(LARGE, ['gone']);
  await problemOf(pull({ settings: { parallel: 1 } }));
  const site = join(packs, '.pull-svd-tiny', 'pack');
  await writeFile(join(site, 'unet', 'model.onnx'), noise(files.get('unet/model.onnx')!.length, 3));
  await writeFile(join(site, 'older.bin'), 'x');
  await pull();
  await expectWhole();
  expect(existsSync(join(target(), 'older.bin'))).toBe(false);
});

test('a pack of the same name with other files is not touched', async () => {
  await pull();
  const other = { ...entry, files: entry.files!.slice(1) };
  expect((await problemOf(pull({}, other))).message).toContain('another pack called svd-tiny');
  await expectWhole();
});

test('a pack that is whole but no model is refused and never seen', async () => {
  const broken = new Map(files).set('unet/model.onnx', Buffer.from('not a graph at all'));
  const problem = await problemOf(pull({}, entryFor(server, broken)));
  expect(problem).toMatchObject({ code: 'pack-invalid' });
  expect(problem.message).toContain('unet');
  expect(await visible()).toEqual([]);
});

test('an entry that is only a description says how else to get the pack', async () => {
  const { files: _files, ...described } = entry;
  const problem = await problemOf(pull({}, described));
  expect(problem.code).toBe('not-found');
  expect(problem.action).toContain('tools/export/export_pack.py');
});
