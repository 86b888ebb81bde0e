/** What a catalogue may say, and what must never leave the folder of packs. */
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, win32 } from 'node:path';
import { formatBytes, mergedCatalogue, Pace, readCatalogue } from '../../../companion-app/inference/catalogue';
import { allowedAddress } from '../../../companion-app/inference/catalogue/address';
import { parseCatalogue } from '../../../companion-app/inference/catalogue/load';
import { clash, isPackName, isPackPath } from '../../../companion-app/inference/catalogue/paths';
import { startFileServer } from './support/server';

const SHA = 'a'.repeat(64);
const entry = (change: object = {}, file: object = {}) => ({
  name: 'one',
  title: 'One',
  family: 'svd',
  about: 'A pack.',
  licence: { name: 'L', url: 'https://example.com/l', text: 'Be kind.' },
  size: 'small',
  vram: 'little',
  source: 'https://example.com',
  files: [{ path: 'unet/model.onnx', bytes: 3, sha256: SHA, urls: ['https://example.com/m'], ...file }],
  ...change,
});
const parse = (...packs: object[]) => parseCatalogue(JSON.stringify({ version: 1, packs }), 'mine.json');

test('the catalogue that comes with Inbetween is one, and claims no bytes that nobody has checked', () => {
  const { packs } = mergedCatalogue();
  expect(packs.map(({ family }) => family)).toEqual(
    expect.arrayContaining(['svd', 'ltx', 'wan-ti2v', 'wan-i2v', 'i2vgen', 'rife']),
  );
  for (const pack of packs) {
    expect(pack.files).toBeUndefined();
    expect(pack.otherwise).toContain('inbetween models import');
  }
});

test("a person's own entries take the place of those that came with it, and stand beside them", () => {
  const shipped = mergedCatalogue().packs.length;
  const own = parse(entry({ name: 'svd-xt-1.1', title: 'Mine' }), entry());
  const { packs } = mergedCatalogue(own);
  expect(packs).toHaveLength(shipped + 1);
  expect(packs.find(({ name }) => name === 'svd-xt-1.1')?.title).toBe('Mine');
});

test.each([
  '../out.bin',
  'unet/../../out.bin',
  '/etc/passwd',
  'C:/Windows/x',
  'C:x',
  'unet\\model.onnx',
  '\\\\server\\share',
  'con',
  'unet/NUL.onnx',
  'com1.bin',
  'unet/',
  'unet//model.onnx',
  './model.onnx',
  '.hidden',
  'model.onnx.',
  'model.onnx ',
  'a:stream',
  'model\u0000.onnx',
  'inbetween-pack.json',
  'unet/Inbetween-Pack.JSON',
  'model.onnx.part',
  'a/b/c/d/e/f/g',
  '',
])('a catalogue that names a file %j is refused', (path) => {
  expect(() => parse(entry({}, { path }))).toThrow(/packs\.0\.files\.0\.path: is no name/);
});

test('whatever a path that is taken looks like, it stays below the pack on every system', () => {
  const piece = fc.oneof(
    fc.constantFrom('..', '.', '', 'con', 'a', 'B.onnx', 'x_y', '~', ' ', 'nul.txt', 'c:', '-', 'model.onnx_data'),
    fc.string({ maxLength: 6 }),
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), fc.constantFrom('/', '\\'), (pieces, between) => {
      const path = pieces.join(between);
      if (!isPackPath(path)) return;
      taken += 1;
      for (const [system, root] of [
        [{ join, relative, isAbsolute }, '/packs/one'],
        [win32, 'D:\\packs\\one'],
      ] as const) {
        const inside = system.relative(root, system.join(root, path));
        expect(inside.replaceAll('\\', '/')).toBe(path);
        expect(system.isAbsolute(inside)).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(50);
});

test('names that one disk tells apart and another does not cannot stand together', () => {
  expect(clash(['a/b', 'a/c', 'd'])).toBeUndefined();
  expect(clash(['Model.onnx', 'model.ONNX'])).toBe('model.ONNX');
  expect(clash(['unet', 'unet/model.onnx'])).toBe('unet');
  expect(['svd', 'wan2.2-ti2v-5b'].every(isPackName)).toBe(true);
  expect(['', '.', '..', '.pull-x', 'a/b', 'a\\b', 'aux', 'x.part', 'a'.repeat(65)].some(isPackName)).toBe(false);
});

test('files come by https, or from this machine', () => {
  const allowed = (text: string, base?: string) => allowedAddress(text, base === undefined ? undefined : new URL(base));
  for (const good of ['https://example.com/a', 'http://127.0.0.1:8/a', 'http://localhost/a', 'http://[::1]:9/a'])
    expect(allowed(good)?.href).toBe(good);
  for (const bad of [
    'http://example.com/a',
    'ftp://example.com',
    'file:///etc/passwd',
    'https://me:secret@example.com',
  ])
    expect(allowed(bad)).toBeUndefined();
  expect(allowed('http://127.0.0.1/admin', 'https://example.com')).toBeUndefined();
  expect(allowed('/b', 'https://example.com/a')?.href).toBe('https://example.com/b');
});

test.each([
  ['not JSON', '{"version": 1', /not JSON/],
  ['of another version', '{"version": 2, "packs": []}', /version/],
  ['with a key it does not know', JSON.stringify({ version: 1, packs: [entry({ sha: 1 })] }), /packs\.0: .*sha/],
  ['with two packs of one name', JSON.stringify({ version: 1, packs: [entry(), entry({ name: 'ONE' })] }), /two packs/],
  [
    'with a plain http address',
    JSON.stringify({ version: 1, packs: [entry({}, { urls: ['http://a.b/c'] })] }),
    /https/,
  ],
  ['with a short hash', JSON.stringify({ version: 1, packs: [entry({}, { sha256: 'abc' })] }), /64/],
])('a catalogue %s is refused with where and why', (_what, text, says) => {
  expect(() => parseCatalogue(text, 'mine.json')).toThrow(says);
  expect(() => parseCatalogue(text, 'mine.json')).toThrow(/^The catalogue mine\.json cannot be used/);
});

describe('from elsewhere', () => {
  const never = new AbortController().signal;

  test('a file, or a server on this machine', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
    const server = await startFileServer();
    try {
      const text = JSON.stringify({ version: 1, packs: [entry()] });
      await writeFile(join(folder, 'c.json'), text);
      server.files.set('c.json', Buffer.from(text));
      expect((await readCatalogue(join(folder, 'c.json'), never)).packs[0]?.name).toBe('one');
      expect((await readCatalogue(`${server.address}/c.json`, never)).packs[0]?.name).toBe('one');
      await expect(readCatalogue(`${server.address}/gone.json`, never)).rejects.toThrow(/could not be fetched.*404/);
      await expect(readCatalogue(join(folder, 'gone.json'), never)).rejects.toThrow(/ENOENT/);
      await expect(readCatalogue('http://example.com/c.json', never)).rejects.toThrow(/only https/);
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

test('time left is told only when something was measured, and the wider the less steady the network is', () => {
  const steady = new Pace();
  expect(steady.left(1000)).toBeUndefined();
  steady.mark(0, 0);
  steady.mark(1000, 100);
  expect(steady.left(1000)).toBeUndefined();
  for (let s = 2; s <= 20; s++) steady.mark(s * 1000, s * 100);
  const left = steady.left(1000)!;
  expect(left.likely).toBeCloseTo(10);
  expect([left.low, left.high].every((x) => Math.abs(x - 10) < 1e-9)).toBe(true);

  const uneven = new Pace();
  for (let s = 0; s <= 10; s++) uneven.mark(s * 1000, s * 300);
  for (let s = 11; s <= 20; s++) uneven.mark(s * 1000, 3000 + (s - 10) * 100);
  const wide = uneven.left(4000)!;
  expect(wide.likely).toBeCloseTo(20);
  expect(wide.low).toBeLessThan(14);
  expect(wide.high).toBeGreaterThan(39);
  uneven.mark(21_000, 50);
  expect(uneven.left(4000)).toBeUndefined();
});

test('sizes are told in the units of disks', () => {
  expect([0, 999, 1000, 1_449_000, 12_345_678_901].map(formatBytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.0 kB',
    '1.4 MB',
    '12 GB',
  ]);
});
